"""Official dates of occasions, where they differ from the computed ones. Pages and rights: `accounts`, which lies above."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.core.errors import Refusal
from hamafza.places.models.occasion import Occasion, OccasionDate
from hamafza.places.queries.occasions import SAME_WITHIN, jalali_year_of

LONGEST = timedelta(days=60)


def enter_date(occasion: Occasion, *, starts_on: date, ends_on: date) -> OccasionDate:
    """Enter the official days of one time of an occasion; those entered before for the same time are replaced."""
    with transaction.atomic():
        occasion = Occasion.objects.select_for_update().get(pk=occasion.pk)
        if not starts_on <= ends_on:
            raise Refusal(_("The last day lies before the first one."), code="order", field="ends_on")
        if ends_on - starts_on > LONGEST:
            raise Refusal(_("An occasion lasts two months at most."), code="too_long", field="ends_on")
        near = occasion.dates.filter(starts_on__range=(starts_on - SAME_WITHIN, starts_on + SAME_WITHIN))
        near.delete()
        return OccasionDate.objects.create(
            occasion=occasion, jalali_year=jalali_year_of(starts_on), starts_on=starts_on, ends_on=ends_on
        )


def take_date_back(occasion: Occasion, *, starts_on: date | None) -> bool:
    """Take an official date back: the computed one holds again. Whether there was one."""
    if starts_on is None:
        return False
    removed, _rows = occasion.dates.filter(starts_on=starts_on).delete()
    return bool(removed)
