"""Goods of a gift that is reversed go back to who gave them, as long as all of them lie free in a store."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core.errors import Refusal
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.commands.movements import lock_balances, move
from hamafza.distribution.models import Lot, LotBalance, Movement
from hamafza.distribution.queries.stock import received_of
from hamafza.giving.models import DonationLine


def give_back(lines: Sequence[DonationLine], *, reason: str, by: Actor) -> list[Movement]:
    """Take what has come of these lines out of the stores, within the reversal of their gift, which books it.

    Refuses (``goods_used``) when some of it is packed, set aside, handed out or lost. What has not come yet is not
    waited for any more: its gift stands no longer.
    """
    # Whoever takes goods in holds the line: none come while these go.
    held = list(DonationLine.objects.select_for_update(of=("self",)).filter(pk__in=[line.pk for line in lines]))
    gone: list[Movement] = []
    for line in held:
        balances = lock_balances(
            line.county_id, lots=Lot.objects.filter(donation_line=line).values_list("pk", flat=True)
        )
        _require_whole(line, balances)
        gone += [
            move(
                one.lot,
                one.warehouse,
                MovementKind.GIVEN_BACK,
                source=("donationline", line.pk),
                by=by,
                quantity=-one.on_hand,
                reason=reason.strip(),
            )
            for one in balances
            if one.on_hand
        ]
    return gone


def _require_whole(line: DonationLine, balances: Sequence[LotBalance]) -> None:
    free = sum(one.on_hand - one.reserved for one in balances)
    if free != received_of(line.pk):
        raise Refusal(
            _(
                "Not all of these goods lie free in the store any more: some are packed, set aside for a round, handed out,"
                " or the count found another number. Such a gift stands; what still lies there can be freed first."
            ),
            code="goods_used",
        )
