"""Gifts go with the money they are: from fund to fund, and to another county with their givers' consent (T1, T2, F3)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.core.privacy import personal_data_in
from hamafza.giving.fifo import take
from hamafza.giving.models import Benefactor, DonationLine, GiftMove
from hamafza.giving.queries.remaining import asked_back_of, remaining_in
from hamafza.giving.queries.uses import in_order, money_lines, plan_move
from hamafza.ledger.models import CountyTransfer, Fund
from hamafza.ledger.queries.funds import free_of


def let_gifts_follow(source: Fund, target: Fund, *, amount: int, entry: UUID) -> None:
    """Within the move, after it is booked and with both funds locked; refuses to move what is promised to somebody."""
    refuse_promised(source)
    insert_all([
        GiftMove(county_id=source.county_id, line=line, source=source, target=target, amount=part, entry=entry)
        for line, part in plan_move(source.pk, amount)
    ])  # fmt: skip


def let_gifts_return(entry: UUID, *, reversal: UUID) -> None:
    """The move is taken back: its gifts go back, as long as none of them is used where it lies now."""
    rows = list(GiftMove.objects.filter(entry=entry).select_related("line", "source", "target"))
    if not rows:
        return
    source, target = rows[0].target, rows[0].source
    if source is None:
        raise ValueError("a move within a county names where it went")
    remaining = remaining_in(source.pk, [row.line for row in rows])
    if any(remaining[row.line_id] < row.amount for row in rows):
        raise Refusal(
            _("Part of the gifts that were moved is used or asked back where they lie now. It stays there."),
            code="used",
        )
    refuse_promised(source)
    insert_all([
        GiftMove(
            county_id=row.county_id, line=row.line, source=source, target=target, amount=row.amount, entry=reversal
        )
        for row in rows
    ])  # fmt: skip


def bind_gifts(transfer: CountyTransfer, *, gifts: Sequence[tuple[int, int]]) -> None:
    """Hold the gifts whose givers agree for this transfer, in the order of use; the fund must be locked.

    Refuses a gift that does not lie in the fund, and more than remains of those that do.
    """
    lines = list(in_order(money_lines([transfer.from_fund_id]).filter(_named(gifts))).select_related("donation"))
    found = {(line.donation.jalali_year, line.donation.number) for line in lines}
    if not gifts or found != set(gifts):
        raise Refusal(
            _("Name the gifts whose givers agree, by their numbers. Each must be in the books and lie in this fund."),
            code="gift_not_here",
            field="gifts",
        )
    _refuse_givers_named(transfer, lines)
    remaining = remaining_in(transfer.from_fund_id, lines)
    left = sum(max(0, remaining[line.pk]) for line in lines)
    if transfer.amount > left:
        raise Refusal(
            _("Of these gifts only %(left)s rials are neither used nor asked back. Nothing else may leave the county.")
            % {"left": wording.number(left)},
            code="beyond_consent",
            field="amount",
        )
    refuse_promised(transfer.from_fund, less=transfer.amount)
    insert_all([
        GiftMove(county_id=transfer.county_id, line=line, source=transfer.from_fund, amount=part, transfer=transfer)
        for line, part in take(transfer.amount, [(line, remaining[line.pk]) for line in lines])
    ])  # fmt: skip


def _refuse_givers_named(transfer: CountyTransfer, lines: Sequence[DonationLine]) -> None:
    """The reason is published; who gave is not."""
    givers = Benefactor.objects.filter(donations__lines__in=lines)
    if "name" in personal_data_in(transfer.reason, names=[giver.name for giver in givers]):
        raise Refusal(
            _("The reason is published and names a giver. Take the name out."), code="tells_who", field="reason"
        )


def refuse_promised(fund: Fund, *, less: int = 0) -> None:
    """Refuse when less is free in a fund (after ``less`` is taken out) than is promised to givers or another county."""
    promised = asked_back_of(fund.pk)
    if free_of(fund) - less < promised:
        raise Refusal(
            _("In the fund “%(fund)s” %(promised)s rials are asked back or held for another county. Take less.")
            % {"fund": fund.name, "promised": wording.number(promised)},
            code="promised",
            field="amount",
        )


def _named(gifts: Sequence[tuple[int, int]]) -> Q:
    named = Q(pk__in=[])
    for year, number in gifts:
        named |= Q(donation__jalali_year=year, donation__number=number)
    return named
