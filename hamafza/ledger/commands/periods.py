"""Months of the books: opened as they come, closed by the accountant, reopened by somebody else with a reason."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import Flow, require_step
from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.ledger.choices import PeriodState
from hamafza.ledger.models import FiscalPeriod, JournalEntry
from hamafza.ledger.queries.books import lock_books

_MONTHS = 12
S = PeriodState

#: While a month is being closed only reversals are dated in it; the step back needs nobody else, reopening does.
PERIOD_FLOW: Flow = {
    S.OPEN: frozenset({S.CLOSING}),
    S.CLOSING: frozenset({S.OPEN, S.CLOSED}),
    S.CLOSED: frozenset({S.OPEN}),
}


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


def open_period(county: str, *, on: date, reversing: bool = False) -> FiscalPeriod:
    """The month, or a `Refusal` when it is closed (F10) or being closed."""
    period = period_of(county, on=on)
    if period.state == S.CLOSED:
        raise Refusal(
            _("The books of this month are closed. Choose a later date, or have the month reopened."),
            code="period_closed",
            field="on",
        )
    if period.state == S.CLOSING and not reversing:
        raise Refusal(
            _("The books of this month are being closed. Choose a later date, or ask the accountant."),
            code="period_closing",
            field="on",
        )
    return period


@transaction.atomic
def begin_closing(period: FiscalPeriod, *, by: Actor) -> FiscalPeriod:
    """From now on only reversals are dated in this month, so that it can be looked through."""
    held = _held(period, after=S.CLOSING, permission=Permission.KEEP_LEDGER, by=by)
    if held.ends_on >= clock.today():
        raise Refusal(_("This month is not over yet. Close it after its last day."), code="month_not_over")
    held.state = S.CLOSING
    held.save(update_fields=["state"])
    return held


@transaction.atomic
def stop_closing(period: FiscalPeriod, *, by: Actor) -> FiscalPeriod:
    """The month needs more entries after all."""
    if period.state == S.CLOSED:
        raise Refusal(_("This month is closed. Have it reopened by somebody else."), code="period_closed")
    held = _held(period, after=S.OPEN, permission=Permission.KEEP_LEDGER, by=by)
    if held.state != S.CLOSING:
        raise Refusal(_("This month is closed. Have it reopened by somebody else."), code="period_closed")
    held.state = S.OPEN
    held.save(update_fields=["state"])
    return held


@transaction.atomic
def close_month(period: FiscalPeriod, *, by: Actor) -> FiscalPeriod:
    """No entry is dated in it any more (F10). Refused while entries of the month are not sealed."""
    held = _held(period, after=S.CLOSED, permission=Permission.KEEP_LEDGER, by=by)
    if unsealed(held):
        raise Refusal(
            _("Entries of this month are not yet sealed. Seal or remove them first."), code="entries_not_sealed"
        )
    held.state, held.closed_by_id, held.closed_at = S.CLOSED, by.user_id, clock.now()
    held.reopened_by, held.reopen_reason = None, ""
    held.save()
    return held


@transaction.atomic
def reopen_month(period: FiscalPeriod, *, reason: str, by: Actor) -> FiscalPeriod:
    """By another person than who closed it, with a reason."""
    held = _held(period, after=S.OPEN, permission=Permission.REOPEN_LEDGER, by=by)
    if held.state != S.CLOSED:
        raise Refusal(_("This month is not closed."), code="not_closed")
    if by.user_id is None or by.user_id == held.closed_by_id:
        raise Refusal(_("You closed this month yourself. Somebody else must reopen it."), code="same_hands")
    if not reason.strip():
        raise Refusal(_("Say why the month is reopened."), code="reason_missing", field="reason")
    held.state, held.reopened_by_id, held.reopen_reason = S.OPEN, by.user_id, reason.strip()[:200]
    held.save()
    return held


def unsealed(period: FiscalPeriod) -> bool:
    """Whether entries dated in the month wait to be sealed."""
    dated = JournalEntry.objects.filter(county_id=period.county_id, on__range=(period.starts_on, period.ends_on))
    return dated.filter(posted_at__isnull=True).exists()


def _held(period: FiscalPeriod, *, after: PeriodState, permission: Permission, by: Actor) -> FiscalPeriod:
    """The month, locked, when the actor may and the step is possible."""
    require(by, permission, place=period.county_id)
    lock_books(period.county_id)
    held = FiscalPeriod.objects.select_for_update().get(pk=period.pk)
    require_step(PERIOD_FLOW, before=held.state, after=after)
    return held
