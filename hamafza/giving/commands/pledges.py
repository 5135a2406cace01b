"""Promises: made, and amended from a day on. Past instalments, and those a gift was entered for, stay as they are (P1)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.persian import normalize
from hamafza.core.versioned import refuse_stale
from hamafza.documents.commands.number import next_number
from hamafza.giving.choices import GiftKind, PledgeState
from hamafza.giving.commands.instalments import clear_plan, plan_instalments
from hamafza.giving.commands.pledge_checks import check_promise, check_quantity, check_schedule
from hamafza.giving.models import Benefactor, Pledge, PledgeVersion
from hamafza.giving.promise import Promise
from hamafza.giving.schedule import Schedule
from hamafza.ledger.commands.once import once

#: What a promise and a pledge call alike.
_SAID = (
    "intention", "purpose", "target_group", "use_by", "surplus_rule", "dedication", "deadline", "remind_days_before",
    "grace_days",
)  # fmt: skip
_TEXTS = ("dedicated_to", "own_words", "condition")


@transaction.atomic
def make_pledge(
    benefactor: Benefactor, *, promise: Promise, schedule: Schedule, by: Actor, key: UUID | None = None
) -> Pledge:
    """Write a promise down, with its first instalments. A vow with a condition waits for it and has none yet.

    By the office, or by the benefactor herself. ``key`` goes with a form: sent again, it makes no second promise.
    """
    county = benefactor.county_id
    require(by, _right_to_promise(benefactor, by), place=county)
    if key is None:
        return _write(benefactor, promise, schedule, by=by)
    asked = {"benefactor": benefactor.pk, "promise": asdict(promise), "schedule": asdict(schedule)}
    return once(county, key=key, asked=asked, by=by, act=lambda: _write(benefactor, promise, schedule, by=by))


def _write(benefactor: Benefactor, promise: Promise, schedule: Schedule, *, by: Actor) -> Pledge:
    county = benefactor.county_id
    check_promise(county, promise)
    check_schedule(schedule)
    if not benefactor.active:
        raise Refusal(_("This benefactor's record is closed. Open it again first."), code="not_active")
    today = clock.today()
    pledge = Pledge(
        county_id=county,
        benefactor=benefactor,
        kind=promise.kind,
        item_id=promise.item,
        service=normalize(promise.service) if promise.kind == GiftKind.SERVICE else "",
        state=PledgeState.DRAFT if promise.condition.strip() else PledgeState.ACTIVE,
        created_at=clock.now(),
        created_by_id=by.user_id,
        **{name: getattr(promise, name) for name in _SAID},
        **{name: getattr(promise, name).strip() for name in _TEXTS},
    )
    pledge.jalali_year, pledge.number = next_number(county, "pledge", on=today)
    pledge.save(force_insert=True)
    add_version(pledge, schedule, quantity=promise.quantity, effective_from=schedule.starts_on, by=by)
    plan_instalments(pledge, on=today)
    return pledge


@transaction.atomic
def amend_pledge(
    pledge: Pledge, *, quantity: int, schedule: Schedule, effective_from: date, reason: str, by: Actor, version: int
) -> Pledge:
    """From ``effective_from`` on the promise is another one. ``version`` is the one the form was opened with."""
    require(by, Permission.KEEP_BENEFACTORS, place=pledge.county_id)
    pledge = locked(pledge)
    refuse_stale(pledge, version=version)
    if pledge.state != PledgeState.ACTIVE:
        raise Refusal(_("Only an active pledge is amended. Resume it first."), code="not_active")
    if effective_from < clock.today():
        raise Refusal(
            _("What is past stays as it was. An amendment holds from today or later."),
            code="past",
            field="effective_from",
        )
    if not reason.strip():
        raise Refusal(_("Say why the promise changes."), code="no_reason", field="reason")
    check_quantity(pledge.kind, quantity)
    check_schedule(schedule)
    if schedule.starts_on < effective_from:
        raise Refusal(
            _("The new rule begins on the day from which it holds, or later."), code="order", field="starts_on"
        )
    clear_plan(pledge, since=effective_from)
    add_version(pledge, schedule, quantity=quantity, effective_from=effective_from, by=by, reason=reason)
    pledge.save()
    plan_instalments(pledge, on=clock.today())
    return pledge


def locked(pledge: Pledge) -> Pledge:
    """The pledge as it is now, locked until the transaction ends."""
    return Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)


def add_version(
    pledge: Pledge, schedule: Schedule, *, quantity: int, effective_from: date, by: Actor, reason: str = ""
) -> PledgeVersion:
    """The next version. Those before it stay."""
    return PledgeVersion.objects.create(
        county_id=pledge.county_id,
        pledge=pledge,
        number=pledge.versions.count() + 1,
        effective_from=effective_from,
        quantity=quantity,
        frequency=schedule.frequency,
        interval=schedule.interval,
        calendar=schedule.calendar,
        weekdays=sorted(schedule.weekdays),
        month_day=schedule.month_day,
        month=schedule.month,
        occasion_id=schedule.occasion or None,
        starts_on=schedule.starts_on,
        ends_on=schedule.ends_on,
        count=schedule.count,
        reason=reason.strip()[:200],
        created_by_id=by.user_id,
    )


def _right_to_promise(benefactor: Benefactor, by: Actor) -> Permission:
    is_herself = by.user_id is not None and by.user_id == benefactor.user_id
    return Permission.GIVE if is_herself else Permission.KEEP_BENEFACTORS
