"""Months of the books: opened as they come, closed by the accountant, reopened by somebody else with a reason."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from hamafza.core.errors import Refusal
from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.ledger.choices import PeriodState
from hamafza.ledger.models import FiscalPeriod

_MONTHS = 12


def period_of(county: str, *, on: date) -> FiscalPeriod:
    """The month of the books that a day lies in; made when it is first needed."""
    found = FiscalPeriod.objects.filter(county_id=county, starts_on__lte=on, ends_on__gte=on).first()
    if found:
        return found
    day = to_jalali(on)
    starts_on = from_jalali(day.year, day.month, 1)
    year, month = (day.year, day.month + 1) if day.month < _MONTHS else (day.year + 1, 1)
    return FiscalPeriod.objects.create(
        county_id=county,
        jalali_year=day.year,
        jalali_month=day.month,
        starts_on=starts_on,
        ends_on=from_jalali(year, month, 1) - timedelta(days=1),
    )


def open_period(county: str, *, on: date) -> FiscalPeriod:
    """The month, or a `Refusal` when it is closed (F10)."""
    period = period_of(county, on=on)
    if period.state == PeriodState.CLOSED:
        raise Refusal(
            _("The books of this month are closed. Choose a later date, or have the month reopened."),
            code="period_closed",
            field="on",
        )
    return period
