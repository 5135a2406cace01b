"""Givers are reminded of their instalments: some days before, on the day, and when one is late; each once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import duties_in_force
from hamafza.core import clock, jalali
from hamafza.core.scope import counties
from hamafza.giving.choices import ReminderStage
from hamafza.giving.models import Instalment, InstalmentReminder
from hamafza.giving.pledge_flow import MOST_REMIND_DAYS, REMIND_WITHIN
from hamafza.giving.queries.instalments import open_instalments
from hamafza.notices.commands.message import Recipient, send_message
from hamafza.notices.commands.notify import notify

CODES = {
    ReminderStage.BEFORE: "giving.instalment.before",
    ReminderStage.ON_DAY: "giving.instalment.on_day",
    ReminderStage.LATE: "giving.instalment.late",
}


@transaction.atomic
def remind_givers(county: str, *, on: date) -> int:
    """Remind of every instalment whose stage was not told yet; gives how many. After days without it, each is told once."""
    with counties([county]):
        waiting = [(one, stage) for one in _in_reach(county, on=on) if (stage := stage_of(one, on=on))]
        told = set(
            InstalmentReminder.objects.filter(instalment__in=[one.pk for one, _ in waiting]).values_list(
                "instalment_id", "stage"
            )
        )
        new = [(one, stage) for one, stage in waiting if (one.pk, stage.value) not in told]
        InstalmentReminder.objects.bulk_create(
            InstalmentReminder(county_id=county, instalment=one, stage=stage, at=clock.now()) for one, stage in new
        )
        for one, stage in new:
            _tell_giver(one, stage)
        _tell_officers(county, [stage for _, stage in new], on=on)
    return len(new)


def stage_of(instalment: Instalment, *, on: date) -> ReminderStage | None:
    """What its giver is to be told on a day; the latest stage alone when earlier ones were missed."""
    if instalment.due_on < on:
        return ReminderStage.LATE
    if instalment.due_on == on:
        return ReminderStage.ON_DAY
    first = instalment.due_on - timedelta(days=instalment.pledge.remind_days_before)
    return ReminderStage.BEFORE if first <= on else None


def _in_reach(county: str, *, on: date) -> list[Instalment]:
    """Locked, so that of two rounds at once the second sees what the first has told."""
    found = open_instalments(county, on=on).filter(
        due_on__range=(on - REMIND_WITHIN, on + timedelta(days=MOST_REMIND_DAYS)),
        # What was late already when it was written down is no news to its giver.
        grace_until__gte=F("pledge__created_at__date"),
    )
    return list(found.select_for_update(of=("self",)))


def _tell_giver(instalment: Instalment, stage: ReminderStage) -> None:
    """In the program when she signs in there, and by message when she agreed to it."""
    benefactor = instalment.pledge.benefactor
    params = {"number": _number(instalment), "day": jalali.format_date(instalment.due_on)}
    if benefactor.user_id:
        notify(User(pk=benefactor.user_id), code=CODES[stage], params=params)
    if benefactor.may_message:
        to = Recipient(mobile=benefactor.mobile, email=benefactor.email)
        send_message(to, CODES[stage], params, county=instalment.county_id)


def _tell_officers(county: str, stages: Iterable[ReminderStage], *, on: date) -> None:
    """One notice for all that fell due or became late, not one for each."""
    told = list(stages)
    due, late = told.count(ReminderStage.ON_DAY), told.count(ReminderStage.LATE)
    if not due and not late:
        return
    officers = duties_in_force(on).filter(role=Role.GIVING_OFFICER, place_id=county, user__is_active=True)
    for user in User.objects.filter(pk__in=officers.values("user_id")):
        notify(
            user,
            code="giving.instalments.to_follow",
            params={"due": due, "late": late},
            url=f"{reverse('giving:instalment-list')}?county={county}",
        )


def _number(instalment: Instalment) -> str:
    return f"{instalment.pledge.jalali_year}/{instalment.pledge.number}"
