"""From which amount the steps of a movement need separate hands: set by the director of the province, as data."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.ledger.choices import Movement
from hamafza.ledger.models import Threshold
from hamafza.ledger.rules import may_decide_for_province
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place


@transaction.atomic
def set_threshold(
    place: Place, *, movement: Movement, rial: int, decided_by: str, valid_from: date, by: Actor
) -> Threshold:
    """For a province or one of its counties, from a day that is not past; ``decided_by`` names the decision."""
    province = place.code if place.kind == PlaceKind.PROVINCE else str(place.parent_id)
    if place.kind not in {PlaceKind.PROVINCE, PlaceKind.COUNTY} or not may_decide_for_province(by, province):
        raise PermissionDenied
    if valid_from < clock.today():
        raise Refusal(_("A threshold is not set back in time. Choose today or later."), code="past", field="valid_from")
    if rial < 0:
        raise Refusal(_("Write zero or more."), code="negative", field="rial")
    if Threshold.objects.filter(place=place, movement=movement, valid_from=valid_from).exists():
        raise Refusal(
            _("A threshold from this day stands already. Choose another day."),
            code="threshold_stands",
            field="valid_from",
        )
    return Threshold.objects.create(
        place=place, movement=movement, rial=rial, decided_by=decided_by.strip()[:160], valid_from=valid_from
    )
