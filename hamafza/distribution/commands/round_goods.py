"""The goods of a round: held at its approval, handed out, come back, settled. Each moves stock and books together.

Goods are taken first expired first, one lot for a household, so that a delivery names where its goods came from.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.distribution.commands.losses import waste_goods
from hamafza.distribution.commands.movements import write_out
from hamafza.distribution.commands.stock import issue, release_from_round, reserve_for_round, return_goods
from hamafza.distribution.models import Delivery, Lot, Round
from hamafza.distribution.queries.round_figures import delivered_units, lots_left
from hamafza.distribution.queries.stock import DELIVERY, ROUND


def hold_goods(planned: Round, *, by: Actor) -> None:
    """Reserve what the list needs, in lots from which whole packages can be handed out."""
    reserve_for_round(planned, by=by)
    whole = sum(left // planned.per_household for _lot, left in lots_left(planned))
    if whole < planned.planned:
        raise Refusal(
            _("The lots in this store cannot be split into packages of %(each)s. Pack kits first.")
            % {"each": planned.per_household},
            code="lots_do_not_split",
        )


def release_goods(unwanted: Round, *, by: Actor) -> None:
    """Everything that is still held for the round is free again."""
    release_from_round(unwanted, by=by)


def held_units(of: Round) -> int:
    """Units that are set aside for the round and were not handed out."""
    return sum(left for _lot, left in lots_left(of))


def lot_to_hand_out(going: Round) -> Lot:
    """The lot of the next package: of what was packed, first expired first."""
    if delivered_units(going) + going.per_household > going.packed:
        raise Refusal(
            _("All packages that were packed have been handed out. Pack more first, in another round."),
            code="nothing_left",
        )
    fresh = (
        lot
        for lot, left in lots_left(going)
        if left >= going.per_household and (lot.expires_on is None or lot.expires_on >= clock.today())
    )
    found = next(fresh, None)
    if found is None:
        raise Refusal(
            _(
                "Nothing is left of the goods reserved for this round, or what is left has expired. Ask the storekeeper."
            ),
            code="nothing_left",
        )
    return found


def hand_out(delivery: Delivery, going: Round, *, by: Actor) -> None:
    """Out of stock, and out of the books at its value."""
    source = (DELIVERY, delivery.pk)
    issue(delivery.lot, going.warehouse, delivery.quantity, source=source, by=by)
    write_out(delivery.lot, delivery.quantity, source=source, by=by, description=going.title)


def bring_back(delivery: Delivery, going: Round, *, reason: str, by: Actor) -> None:
    """Into stock again, kept for the next family of the same round, and into the books."""
    source = (DELIVERY, delivery.pk)
    return_goods(delivery.lot, going.warehouse, delivery.quantity, source=source, reason=reason, by=by, hold_for=going)
    write_out(delivery.lot, -delivery.quantity, source=source, by=by, description=reason)


def settle_goods(of: Round, *, wasted: int, by: Actor) -> None:
    """What is left is free again; so many units of it are written off."""
    left = lots_left(of)
    release_from_round(of, by=by)
    for lot, units in left:
        lost = min(wasted, units)
        if lost:
            waste_goods(lot, of.warehouse, lost, reason=of.title, source=(ROUND, of.pk), by=by)
            wasted -= lost
    if wasted:
        raise Refusal(_("More was lost than was set aside for this round. Count again."), code="lost_too_many")
