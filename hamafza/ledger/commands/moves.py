"""From one fund to another of the same county, as far as the givers' bounds allow: by two above the threshold (F5, F8)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.ledger import postings
from hamafza.ledger.choices import EntryKind, FundState, Movement, MoveState
from hamafza.ledger.commands.funds import lock_fund
from hamafza.ledger.commands.hands import require_other_hands, threshold_of
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.earmarks import earmark_of, may_move
from hamafza.ledger.events import money_moved
from hamafza.ledger.models import Fund, FundMove
from hamafza.ledger.queries.books import lock_books
from hamafza.ledger.queries.funds import refuse_beyond
from hamafza.ledger.rules import MOVE_FLOW

SOURCE = "ledger.fund"


@transaction.atomic
def move_between_funds(source: Fund, target: Fund, *, amount: int, reason: str, by: Actor, key: UUID) -> FundMove:
    """Ask that ``amount`` (rial) go from one fund to another; up to the threshold it is booked at once.

    Refused where the bounds of the first fund do not allow it.
    """
    county = source.county_id
    require(by, Permission.KEEP_LEDGER, place=county)
    asked = {"from": source.pk, "to": target.pk, "amount": amount, "reason": reason}

    def ask() -> FundMove:
        move = FundMove(
            county_id=county, source=source, target=target, amount=amount, reason=reason.strip()[:200],
            requested_by_id=by.user_id, at=clock.now(),
        )  # fmt: skip
        _check(move)
        move.save(force_insert=True)
        if by.user_id is None or amount <= threshold_of(county, Movement.MOVE):
            _book(move, by=by)
        return move

    return once(county, key=key, asked=asked, by=by, act=ask)


@transaction.atomic
def approve_move(move: FundMove, *, by: Actor) -> FundMove:
    """The second pair of hands: checked anew, then booked."""
    require(by, Permission.APPROVE_SPENDING, place=move.county_id)
    held = FundMove.objects.select_for_update().get(pk=move.pk)
    require_step(MOVE_FLOW, before=held.state, after=MoveState.DONE)
    require_other_hands(held.county_id, movement=Movement.MOVE, rial=held.amount, by=by, earlier=[held.requested_by_id])
    _check(held)
    _book(held, by=by)
    return held


@transaction.atomic
def refuse_move(move: FundMove, *, reason: str, by: Actor) -> FundMove:
    """It stays where it is."""
    require(by, Permission.APPROVE_SPENDING, place=move.county_id)
    held = FundMove.objects.select_for_update().get(pk=move.pk)
    require_step(MOVE_FLOW, before=held.state, after=MoveState.REFUSED)
    if not reason.strip():
        raise Refusal(_("Say why."), code="reason_missing", field="reason")
    held.state, held.decided_by_id, held.refusal = MoveState.REFUSED, by.user_id, reason.strip()[:200]
    held.save()
    return held


def _check(move: FundMove) -> None:
    if move.source_id == move.target_id:
        raise Refusal(_("Choose two different funds."), code="same_fund", field="target")
    if move.source.county_id != move.target.county_id:
        raise Refusal(_("These funds are of two counties. Ask for a transfer."), code="other_county", field="target")
    # Funds before books, as everywhere: allocations lock in this order too.
    locked = {fund.pk: lock_fund(fund) for fund in sorted((move.source, move.target), key=lambda one: one.pk)}
    source, target = locked[move.source_id], locked[move.target_id]
    lock_books(move.county_id)
    if target.state != FundState.OPEN:
        raise Refusal(_("This fund is closed. Choose another one."), code="fund_closed", field="target")
    if move.amount <= 0:
        raise Refusal(_("Write an amount above zero."), code="nothing_moved", field="amount")
    if not may_move(earmark_of(source), earmark_of(target), on=clock.today()):
        raise Refusal(
            _("What the givers wanted does not allow this. Choose a fund with the same purpose, or ask the givers."),
            code="bounds",
            field="target",
        )
    refuse_beyond(source, move.amount)


def _book(move: FundMove, *, by: Actor) -> None:
    entry = post_entry(
        move.county_id,
        kind=EntryKind.TRANSFER,
        on=clock.today(),
        lines=postings.between_funds(move.source_id, move.target_id, move.amount),
        source=(SOURCE, move.source_id),
        by=by,
        description=move.reason,
    )
    money_moved.send(sender=FundMove, source=move.source, target=move.target, amount=move.amount, entry=entry.pk)
    move.state, move.entry = MoveState.DONE, entry.pk
    move.decided_by_id = by.user_id if by.user_id != move.requested_by_id else None
    move.save()
