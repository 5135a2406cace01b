"""A round from its plan to the day it goes out. What comes back is settled in `commands.reconcile`.

The list is drawn by the program alone (`queries.eligible`), approved by somebody else, and frozen by the approval:
goods and units of needs are reserved then, and what changes afterwards is one family taking another's place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.commands import round_goods
from hamafza.distribution.commands.places_on_list import (
    hold_need,
    let_go,
    list_next,
    lock_rounds,
    may_stay,
    served_meanwhile,
)
from hamafza.distribution.models import Round, RoundEntry, Warehouse
from hamafza.distribution.periods import span_of
from hamafza.distribution.queries.eligible import Eligible, eligible_households, is_served
from hamafza.distribution.queries.round_hands import value_of
from hamafza.distribution.round_flow import LEAST_AUDIT_PERCENT, ROUND_FLOW
from hamafza.distribution.tokens import new_tokens
from hamafza.documents.commands.number import next_number
from hamafza.giving.models import Item
from hamafza.ledger.choices import Movement
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.needs.choices import Domain
from hamafza.needs.priority import RULE_VERSION
from hamafza.needs.queries.filters import NeedFilters

MOST_HOUSEHOLDS = 5_000
#: For so many of a list one more stands by, and never fewer than a handful.
STANDBY_EACH, STANDBY_AT_LEAST = 5, 5


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What is to be handed out to whom. ``planned`` households at most; ``filters`` is the rule, kept as it was."""

    title: str
    item: Item
    planned: int
    period: str
    warehouse: Warehouse
    per_household: int = 1
    starts_on: date | None = None
    filters: NeedFilters = field(default_factory=NeedFilters)
    audit_percent: int = 5


@transaction.atomic
def plan_round(county: str, *, plan: RoundPlan, by: Actor, key: UUID) -> Round:
    """Draw up the list: the households whose need ranks first, and the next ones behind them, each with its reason."""
    require(by, Permission.PLAN_ROUNDS, place=county)
    asked = {
        "round": plan.title,
        "item": plan.item.pk,
        "planned": plan.planned,
        "each": plan.per_household,
        "period": plan.period,
        "from": plan.warehouse.pk,
        "starts_on": plan.starts_on,
        "filters": plan.filters.as_json(),
        "audit_percent": plan.audit_percent,
    }
    return once(county, key=key, asked=asked, by=by, act=lambda: _draw_up(county, plan, by=by))


def _draw_up(county: str, plan: RoundPlan, *, by: Actor) -> Round:
    on = plan.starts_on or clock.today()
    _refuse_impossible(county, plan, on=on)
    # One planner at a time in a county: two lists cannot name the same household.
    number = next_number(county, "round", on=clock.today())
    found = list(
        islice(
            eligible_households(county, plan.filters, item=plan.item, period=plan.period, starts_on=on),
            plan.planned + standby_for(plan.planned),
        )
    )
    if not found:
        raise Refusal(
            _("No household fits this rule that has not been served in the period already. Choose a wider rule."),
            code="nobody_eligible",
        )
    planned = Round.objects.create(
        county_id=county,
        number=number.number,
        jalali_year=number.jalali_year,
        title=plan.title,
        item=plan.item,
        per_household=plan.per_household,
        planned=min(plan.planned, len(found)),
        period=plan.period,
        starts_on=on,
        warehouse=plan.warehouse,
        rule={"filters": plan.filters.as_json(), "version": RULE_VERSION, "drawn_on": clock.today().isoformat()},
        audit_percent=plan.audit_percent,
        planned_by_id=by.user_id,
    )
    try:
        insert_all(_entries(planned, found))
    except IntegrityError as fault:
        raise served_meanwhile() from fault
    return planned


@transaction.atomic
def approve_round(planned: Round, *, by: Actor, again_reason: str = "") -> Round:
    """Freeze the list by other hands than those that drew it up; goods and units of needs are reserved.

    A household that has been served or has left since the list was drawn gives its place to the next one. So does one
    that another source has given the same, unless ``again_reason`` says why it gets it again (N7).
    """
    require(by, Permission.APPROVE_ROUNDS, place=planned.county_id)
    locked = lock_round(planned, after=RoundState.APPROVED)
    if by.user_id is not None and by.user_id == locked.planned_by_id:
        raise Refusal(_("Whoever drew up the list does not approve it. Somebody else must."), code="same_hands")
    lock_rounds(locked.county_id)
    dropped = [entry for entry in _listed(locked) if not _kept(entry, locked, again_reason=again_reason)]
    for entry in dropped:
        let_go(entry, reason=_("served or left since the list was drawn up"))
    for entry in dropped:
        list_next(locked, instead_of=entry, again_reason=again_reason)
    round_goods.hold_goods(locked, by=by)
    locked.approved_by_id, locked.approved_at = by.user_id, clock.now()
    return _save(locked, RoundState.APPROVED)


@transaction.atomic
def pack_round(approved: Round, *, packages: int, by: Actor) -> Round:
    """So many packages stand ready, one for each household; may be said again until the round goes out."""
    require(by, Permission.KEEP_STOCK, place=approved.county_id)
    locked = lock_round(approved, after=RoundState.PACKING)
    units = packages * locked.per_household
    if not 0 < units <= round_goods.held_units(locked):
        raise Refusal(
            _("Goods are reserved for %(most)s packages. Count again.")
            % {"most": wording.number(round_goods.held_units(locked) // locked.per_household)},
            code="packed_too_many",
            field="packages",
        )
    require_other_hands(
        locked.county_id,
        movement=Movement.ROUND,
        rial=value_of(locked),
        by=by,
        earlier=[locked.planned_by_id, locked.approved_by_id],
    )
    locked.packed, locked.packed_by_id, locked.packed_at = units, by.user_id, clock.now()
    return _save(locked, RoundState.PACKING)


@transaction.atomic
def send_out(packed: Round, *, by: Actor) -> Round:
    """The packages leave the store; from now on deliverers see the list."""
    require(by, Permission.KEEP_STOCK, place=packed.county_id)
    locked = lock_round(packed, after=RoundState.OUT)
    earlier = [locked.planned_by_id, locked.approved_by_id]  # whoever packed may send it out
    require_other_hands(locked.county_id, movement=Movement.ROUND, rial=value_of(locked), by=by, earlier=earlier)
    locked.out_by_id, locked.out_at = by.user_id, clock.now()
    return _save(locked, RoundState.OUT)


@transaction.atomic
def cancel_round(unwanted: Round, *, reason: str, by: Actor) -> Round:
    """Give the round up before it goes out: places, units of needs and goods are free again.

    Whoever draws up rounds may give up a plan; one that is approved only whoever approves.
    """
    locked = lock_round(unwanted, after=RoundState.CANCELLED)
    held = locked.state != RoundState.PLANNED
    if held or not by.may(Permission.PLAN_ROUNDS, locked.county_id):
        require(by, Permission.APPROVE_ROUNDS, place=locked.county_id)
    if not reason.strip():
        raise Refusal(_("Say why the round is given up."), code="no_reason", field="reason")
    for entry in locked.entries.select_for_update().filter(state__in=[EntryState.LISTED, EntryState.STANDBY]):
        let_go(entry, reason=_("the round was given up"))
    if held:
        round_goods.release_goods(locked, by=by)
    locked.reason = reason.strip()[:200]
    return _save(locked, RoundState.CANCELLED)


def lock_round(given: Round, *, after: str) -> Round:
    """The round, locked until the transaction ends; refused when it may not go on to ``after``."""
    locked = Round.objects.select_for_update().get(pk=given.pk)
    require_step(ROUND_FLOW, before=locked.state, after=after)
    return locked


def standby_for(planned: int) -> int:
    """How many stand by behind a list of so many."""
    return max(STANDBY_AT_LEAST, planned // STANDBY_EACH)


def _save(locked: Round, state: RoundState) -> Round:
    locked.state = state
    locked.save()
    return locked


def _listed(locked: Round) -> list[RoundEntry]:
    """In the order of their needs' ids, so that two approvals wait for each other and do not block each other."""
    listed = locked.entries.select_for_update(of=("self",)).filter(state=EntryState.LISTED)
    return list(listed.select_related("need", "household").order_by("need_id"))


def _kept(entry: RoundEntry, locked: Round, *, again_reason: str) -> bool:
    """Whether the household keeps its place; its need's units are promised then."""
    free = not is_served(
        entry.household_id, county=locked.county_id, item=locked.item, period=locked.period, but=locked.pk
    )
    return free and may_stay(entry, locked, again_reason=again_reason) and hold_need(entry, locked)


def _entries(planned: Round, found: Iterable[Eligible]) -> list[RoundEntry]:
    rows = list(found)
    return [
        RoundEntry(
            county_id=planned.county_id,
            round=planned,
            household_id=one.household,
            need_id=one.need,
            item_id=planned.item_id,
            period=planned.period,
            rank=rank,
            why=dict(one.why),
            state=EntryState.LISTED if rank <= planned.planned else EntryState.STANDBY,
            token=token,
        )
        for rank, (one, token) in enumerate(zip(rows, new_tokens(len(rows)), strict=True), start=1)
    ]


def _refuse_impossible(county: str, plan: RoundPlan, *, on: date) -> None:
    if not 0 < plan.planned <= MOST_HOUSEHOLDS:
        raise Refusal(
            _("A round is for 1 to %(most)s households.") % {"most": wording.number(MOST_HOUSEHOLDS)},
            code="planned_out_of_range",
            field="planned",
        )
    if not LEAST_AUDIT_PERCENT <= plan.audit_percent <= 100:
        raise Refusal(
            _("At least %(least)s percent of the deliveries are called back.")
            % {"least": wording.number(LEAST_AUDIT_PERCENT)},
            code="audit_too_small",
            field="audit_percent",
        )
    if plan.item.county_id != county or plan.warehouse.county_id != county:
        raise Refusal(_("Choose an item and a store of this county."), code="other_county", field="item")
    _refuse_other_domain(plan)
    first, last = span_of(plan.period)
    if not first <= on <= last:
        raise Refusal(
            _("The round begins outside its period. Choose a day from %(first)s to %(last)s.")
            % {"first": wording.long_date(first), "last": wording.long_date(last)},
            code="outside_period",
            field="starts_on",
        )


def _refuse_other_domain(plan: RoundPlan) -> None:
    """A package closes needs of its own kind and no others."""
    wanted = plan.filters.domain
    if not wanted:
        raise Refusal(_("Choose which need the goods meet."), code="no_domain", field="domain")
    if plan.item.domain and plan.item.domain != wanted:
        raise Refusal(
            _("%(item)s meets needs of another kind: %(domain)s. Choose that one, or other goods.")
            % {"item": plan.item.name, "domain": Domain(plan.item.domain).label},
            code="other_domain",
            field="domain",
        )
