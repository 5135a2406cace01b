"""What a promise and its schedule must be before they are written down."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.giving.choices import DedicationKind, Frequency, GiftKind, ScheduleCalendar
from hamafza.giving.models import Item
from hamafza.giving.pledge_flow import EARLIEST, LATEST, MOST_GRACE_DAYS, MOST_REMIND_DAYS
from hamafza.giving.promise import Promise
from hamafza.giving.queries.pledges import days_of
from hamafza.giving.schedule import Schedule

#: Rial of one instalment, and units of it: more is a slip of the finger.
LARGEST = {GiftKind.MONEY: 2 * 10**16, GiftKind.GOODS: 1_000_000, GiftKind.SERVICE: 100_000}
LONGEST_INTERVAL = 366
#: A first day is looked for this far from the beginning.
_FIRST_WITHIN = timedelta(days=60 * 366)


def check_promise(county: str, promise: Promise) -> None:
    """Refuses what cannot be promised; names the form's field."""
    if promise.kind not in GiftKind.values:
        raise Refusal(_("Choose money, goods or a service."), code="no_kind", field="kind")
    check_quantity(promise.kind, promise.quantity)
    _check_thing(county, promise)
    if (promise.dedication != DedicationKind.NONE) != bool(promise.dedicated_to.strip()):
        raise Refusal(_("A dedication needs its kind and a name."), code="dedication", field="dedicated_to")
    if promise.deadline and not promise.condition.strip():
        raise Refusal(
            _("Write the condition that is waited for, or leave the day empty."), code="no_condition", field="condition"
        )
    if promise.deadline and promise.deadline < clock.today():
        raise Refusal(_("This day has passed."), code="past", field="deadline")
    if not (0 <= promise.remind_days_before <= MOST_REMIND_DAYS and 0 <= promise.grace_days <= MOST_GRACE_DAYS):
        raise Refusal(_("So many days make no sense here."), code="days", field="grace_days")


def check_quantity(kind: str, quantity: int) -> None:
    """Each time something, and not more than anybody gives."""
    field = "amount" if kind == GiftKind.MONEY else "quantity"
    if quantity <= 0:
        raise Refusal(_("Write how much it is each time."), code="no_quantity", field=field)
    if quantity > LARGEST[GiftKind(kind)]:
        raise Refusal(
            _("This is more than anybody promises: %(most)s at most. Look at it again.")
            % {"most": wording.number(LARGEST[GiftKind(kind)])},
            code="too_much",
            field=field,
        )


def check_schedule(schedule: Schedule) -> None:
    """Refuses a rule that makes no sense or on whose days nothing ever falls due."""
    if schedule.frequency not in Frequency.values or schedule.calendar not in ScheduleCalendar.values:
        raise Refusal(_("Choose how often."), code="no_frequency", field="frequency")
    if not 1 <= schedule.interval <= LONGEST_INTERVAL:
        raise Refusal(_("Write a number of one or more."), code="bad_interval", field="interval")
    if schedule.count is not None and not schedule.count >= 1:
        raise Refusal(_("Write a number of one or more."), code="bad_count", field="count")
    if not all(0 <= day <= 6 for day in schedule.weekdays):
        raise Refusal(_("Choose days of the week."), code="bad_weekday", field="weekdays")
    if schedule.frequency == Frequency.OCCASION and not schedule.occasion:
        raise Refusal(_("Choose the occasion."), code="no_occasion", field="occasion")
    _check_days(schedule)


def _check_days(schedule: Schedule) -> None:
    today = clock.today()
    if not today - EARLIEST <= schedule.starts_on <= today + LATEST:
        raise Refusal(
            _("A promise begins within the last year or the next five. Look at the day again."),
            code="bad_start",
            field="starts_on",
        )
    if schedule.ends_on is not None and schedule.ends_on < schedule.starts_on:
        raise Refusal(_("The last day lies before the first one."), code="order", field="ends_on")
    if not days_of(schedule, until=schedule.ends_on or schedule.starts_on + _FIRST_WITHIN):
        raise Refusal(_("By this rule nothing would ever fall due."), code="no_day", field="frequency")


def _check_thing(county: str, promise: Promise) -> None:
    if (promise.kind == GiftKind.GOODS) != (promise.item is not None):
        raise Refusal(_("Goods need an item of the catalogue."), code="no_item", field="item")
    if promise.item and not Item.objects.filter(county_id=county, pk=promise.item).exists():
        raise Refusal(_("This item is in another county's catalogue."), code="foreign", field="item")
    if promise.kind == GiftKind.SERVICE and not promise.service.strip():
        raise Refusal(_("Write which service is promised."), code="no_service", field="service")
