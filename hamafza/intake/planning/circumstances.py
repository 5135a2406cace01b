"""Target groups, causes, disability and needs of one person: added, never taken away."""

from __future__ import annotations

from collections.abc import Collection

from hamafza.intake.planning.agreement import Settled, settle_set
from hamafza.intake.planning.clusters import Cluster
from hamafza.intake.planning.plan import Desk
from hamafza.intake.sheets.phrases import Meaning
from hamafza.needs.choices import HOUSEHOLD_DOMAINS
from hamafza.needs.models import Need
from hamafza.needs.severity import UNSTATED
from hamafza.registry.models import Disability, HardshipCause, Person, TargetGroupMembership


def plan_circumstances(one: Cluster, desk: Desk) -> None:
    """After the person is made or matched."""
    person = one.person
    if person is None:
        raise ValueError("the person of these rows is not decided yet")
    county, on_file = desk.setting.county, desk.on_file
    for group in _added(one, person, on_file.groups[person.pk], Meaning.GROUPS, desk):
        desk.plan.memberships.append(
            TargetGroupMembership(county_id=county, person=person, group=group, valid_from=desk.setting.today)
        )
    for cause in _added(one, person, on_file.causes[person.pk], Meaning.CAUSES, desk):
        desk.plan.causes.append(HardshipCause(county_id=county, household=one.household, person=person, cause=cause))
    _plan_disability(one, person, desk)


def _added(one: Cluster, person: Person, known: Collection[str], meaning: Meaning, desk: Desk) -> list[str]:
    """What the rows add to what is known; the first row alone speaks for a new person."""
    stated = [frozenset(getattr(row, meaning.value)) for row in one.rows]
    if person._state.adding:
        settled = Settled(stated[0], changed=False, dissenters=_beyond(stated, stated[0]))
    else:
        settled = settle_set(frozenset(known), stated)
    desk.warn_dissent(one.rows, settled, meaning)
    if settled.changed:
        desk.mark_changed(one.rows)
    return sorted(settled.value)


def _beyond(stated: list[frozenset[str]], known: frozenset[str]) -> tuple[int, ...]:
    return tuple(place for place, values in enumerate(stated) if values - known)


def _plan_disability(one: Cluster, person: Person, desk: Desk) -> None:
    """A type the person is known to have stays as it is while any row agrees, else the first row's severity counts."""
    known = desk.on_file.disabilities[person.pk]
    stated = [(row, (row.disability_type, row.disability_severity)) for row in one.rows if row.disability_type]
    stands = {(kind, disability.severity) for kind, disability in known.items()} | {(kind, "") for kind in known}
    agreed = any(said in stands for _row, said in stated) or (not known and len(stated) < len(one.rows))
    speaks = bool(one.first.disability_type) if person._state.adding else not agreed
    chosen = stated[0][1] if stated and speaks else ("", "")
    for row, said in stated:
        if said not in {*stands, chosen}:
            desk.warn(row, "conflict", Meaning.DISABILITY_TYPE)
    kind, severity = chosen
    if not kind:
        return
    if not person._state.adding:
        desk.mark_changed(one.rows)
    if kind in known:
        known[kind].severity = severity
        desk.change(known[kind], "severity")
    else:
        disability = Disability(county_id=desk.setting.county, person=person, type=kind, severity=severity)
        desk.plan.disabilities.append(disability)


def plan_needs(one: Cluster, desk: Desk) -> None:
    """Needs of every row count, also of a later one: they add, they contradict nothing."""
    setting = desk.setting
    for domain in dict.fromkeys(domain for row in one.rows for domain in row.needs):
        need = Need(
            county_id=setting.county,
            household=one.household,
            person=None if domain in HOUSEHOLD_DOMAINS else one.person,
            domain=domain,
            severity=UNSTATED,
            since=setting.today,
            created_by_id=setting.created_by,
        )
        desk.plan.needs.append(need)
