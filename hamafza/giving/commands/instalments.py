"""Instalments: made a little ahead, each once (P4), cleared away when the promise changes, waived with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.giving.choices import Frequency, InstalmentState, PledgeState
from hamafza.giving.models import Instalment, Pledge, PledgeVersion
from hamafza.giving.pledge_flow import FURTHEST, INSTALMENTS_AHEAD, PLAN_STEP, PLANNED_AHEAD
from hamafza.giving.queries.instalments import OPEN_STATES, instalments_of, touched, with_states
from hamafza.giving.queries.pledges import days_of, days_planned, pledges_to_plan, schedule_of, versions_of

#: Two dates this near are one time of an occasion, whose official date became known.
_SAME_TIME = timedelta(days=20)
#: Something may still come of these, while their days of grace last.
_UNSETTLED = frozenset({InstalmentState.DUE, InstalmentState.LATE, InstalmentState.PARTLY})


def plan_pledges(county: str, *, on: date) -> int:
    """Carry on the plans of a county's pledges; gives how many instalments were made. Done again, it makes none."""
    with counties([county]):
        waiting = list(pledges_to_plan(county, before=on + PLANNED_AHEAD - PLAN_STEP).values_list("pk", flat=True))
    made = 0
    for pk in waiting:
        with transaction.atomic(), counties([county]):
            pledge = Pledge.objects.select_for_update(of=("self",)).get(pk=pk)
            made += plan_instalments(pledge, on=on)
            _settle(pledge, on=on)
    return made


def plan_instalments(pledge: Pledge, *, on: date) -> int:
    """Make the instalments of an active pledge that are due within `PLANNED_AHEAD`, or else the next one; gives how many.

    Within a transaction that holds the pledge's lock: of two at once the second finds nothing left to do.
    """
    if pledge.state != PledgeState.ACTIVE:
        return 0
    versions = list(versions_of(pledge))
    _follow_occasion(pledge, versions, on=on)
    has_next = pledge.instalments.filter(due_on__gt=on).exists()
    days, planned_until = _days_to_plan(versions, after=pledge.planned_until, on=on, has_next=has_next)
    taken = set(pledge.instalments.filter(due_on__in=days).values_list("due_on", flat=True))
    last = pledge.instalments.aggregate(last=Max("sequence"))["last"] or 0
    wanted = [(day, version) for day, version in days.items() if day not in taken]
    Instalment.objects.bulk_create(
        Instalment(
            county_id=pledge.county_id,
            pledge=pledge,
            version=version,
            sequence=last + number,
            due_on=day,
            grace_until=day + timedelta(days=pledge.grace_days),
            expected=version.quantity,
        )
        for number, (day, version) in enumerate(wanted, start=1)
    )
    _keep_planned(pledge, until=planned_until)
    return len(wanted)


def clear_plan(pledge: Pledge, *, since: date) -> int:
    """Remove the instalments from a day on, but those that a gift was entered for or that were waived; gives how many."""
    ahead = Instalment.objects.select_for_update().filter(pledge=pledge, due_on__gte=since)
    found = list(ahead.values_list("pk", flat=True))
    kept = touched(pledge.instalments.filter(pk__in=found))
    removed = pledge.instalments.filter(pk__in=[pk for pk in found if pk not in kept], waived_at=None)
    count = removed.count()
    removed.delete()
    if pledge.planned_until is not None and pledge.planned_until >= since:
        _keep_planned(pledge, until=since - timedelta(days=1))
    return count


def lock_instalments(instalments: Iterable[Instalment]) -> dict[UUID, Instalment]:
    """They as they stand now, by key, locked with their pledges until the transaction ends: no amendment passes meanwhile.

    Pledges first, as amendments do. Refuses (``instalment_gone``) one that an amendment has cleared away.
    """
    keys = {one.pk: one.pledge_id for one in instalments}
    if not keys:
        return {}
    list(Pledge.objects.select_for_update(of=("self",)).filter(pk__in=keys.values()).order_by("pk"))
    held = Instalment.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {one.pk: one for one in held.select_related("pledge__benefactor", "pledge__item")}
    if len(found) != len(keys):
        raise Refusal(
            _("The promise was changed meanwhile, and this instalment is no more. Reload the page and choose another."),
            code="instalment_gone",
            field="instalment",
        )
    return found


@transaction.atomic
def waive_instalment(instalment: Instalment, *, reason: str, by: Actor) -> Instalment:
    """The giver need not keep this one any more, and why."""
    require(by, Permission.KEEP_BENEFACTORS, place=instalment.county_id)
    if not reason.strip():
        raise Refusal(_("Say why the instalment is waived."), code="no_reason", field="reason")
    found = Instalment.objects.select_for_update().get(pk=instalment.pk)
    state = with_states(Instalment.objects.filter(pk=found.pk), on=clock.today()).values_list("state", flat=True).get()
    if state not in OPEN_STATES:
        raise Refusal(_("This instalment is kept or waived already."), code="settled")
    found.waived_at, found.waived_by_id, found.waived_reason = clock.now(), by.user_id, reason.strip()[:200]
    found.save(update_fields=["waived_at", "waived_by", "waived_reason"])
    return found


def _days_to_plan(
    versions: list[PledgeVersion], *, after: date | None, on: date, has_next: bool
) -> tuple[dict[date, PledgeVersion], date]:
    """The days to make instalments for, each with its version, and the day up to which the plan then reaches."""
    horizon = on + PLANNED_AHEAD
    if after is not None and after >= horizon:
        return {}, after
    near = days_planned(versions, after=after, until=horizon)
    ahead = [day for day in near if day > on]
    if ahead:
        near = {day: version for day, version in near.items() if day <= ahead[:INSTALMENTS_AHEAD][-1]}
        return near, horizon if len(ahead) <= INSTALMENTS_AHEAD else ahead[INSTALMENTS_AHEAD - 1]
    if has_next:
        return near, horizon
    far = days_planned(versions, after=horizon, until=on + FURTHEST)
    following = min(far, default=None)
    if following is None:
        return near, horizon
    return {**near, following: far[following]}, following


def _follow_occasion(pledge: Pledge, versions: list[PledgeVersion], *, on: date) -> None:
    """Move instalments to come to the official date of their occasion, once that is known."""
    moved = {version.pk: version for version in versions if version.frequency == Frequency.OCCASION}
    if not moved:
        return
    ahead = pledge.instalments.filter(due_on__gte=on, version__in=moved, waived_at=None)
    kept = touched(ahead)
    for instalment in [one for one in ahead if one.pk not in kept]:
        days = days_of(schedule_of(moved[instalment.version_id]), until=instalment.due_on + _SAME_TIME)
        near = [day for day in days if abs(day - instalment.due_on) <= _SAME_TIME and day >= on]
        if near and instalment.due_on not in near:
            instalment.due_on = near[0]
            instalment.grace_until = near[0] + timedelta(days=pledge.grace_days)
            instalment.save(update_fields=["due_on", "grace_until"])


def _settle(pledge: Pledge, *, on: date) -> None:
    """A promise whose last instalment is behind it is completed, or has lapsed when none was ever kept."""
    instalments = list(instalments_of(pledge, on=on))
    if pledge.state != PledgeState.ACTIVE or not instalments or instalments[-1].due_on > on:
        return
    if any(one.state in _UNSETTLED and one.grace_until >= on for one in instalments):
        return
    states = {one.state for one in instalments}
    is_kept = bool(states & {InstalmentState.KEPT, InstalmentState.PARTLY, InstalmentState.WAIVED})
    pledge.state = PledgeState.COMPLETED if is_kept else PledgeState.LAPSED
    pledge.save()


def _keep_planned(pledge: Pledge, *, until: date) -> None:
    # Not a change that somebody who has the form open should be told of.
    Pledge.objects.filter(pk=pledge.pk).update(planned_until=until)
    pledge.planned_until = until
