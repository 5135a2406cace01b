"""Separate hands: nobody does two steps of one movement above a threshold (F8, S-C9)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.ledger.choices import Movement
from hamafza.ledger.models import Threshold
from hamafza.places.models import Place


def thresholds_in_force(county: str) -> dict[Movement, int]:
    """Of each movement the value (rial) up to which one person may do two steps.

    The county's own, else its province's, else the country's; none set is 0.
    """
    place = Place.objects.get(code=county)
    rank = Case(
        When(place_id=county, then=Value(2)),
        When(place_id=place.parent_id, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    near = Q(place_id=county) | Q(place_id=place.parent_id) | Q(place__parent__isnull=True)
    rows = Threshold.objects.filter(near, valid_from__lte=clock.today()).annotate(rank=rank)
    nearest_last = rows.order_by("rank", "valid_from").values_list("movement", "rial")
    return dict.fromkeys(Movement, 0) | {Movement(movement): rial for movement, rial in nearest_last}


def threshold_of(county: str, movement: Movement) -> int:
    """Of one movement, in rial."""
    return thresholds_in_force(county)[movement]


def require_other_hands(
    county: str, *, movement: Movement, rial: int | None, by: Actor, earlier: Iterable[UUID | None]
) -> None:
    """Refuse when ``by`` has done an earlier step of a movement worth more than the threshold.

    ``rial`` None: nobody knows what it is worth, so it is never small.

    The system itself (no user) does steps on behalf of commands and is no second pair of hands.
    """
    if by.user_id is None or by.user_id not in set(earlier):
        return
    if rial is None or rial > threshold_of(county, movement):
        raise Refusal(
            _("You have done an earlier step of this yourself. Somebody else must do this one."), code="same_hands"
        )
