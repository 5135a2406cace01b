"""Decides what becomes of rows: pure of writing, so preview and import cannot differ.

`plan_rows` gets rows that must be decided together (whole households, see `commands.stage`) and what is on file, and
gives back unsaved instances, changed instances, and an outcome with warnings for each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from hamafza.intake import keys
from hamafza.intake.choices import Outcome
from hamafza.intake.planning.agreement import Settled, settle, settle_new, settle_set
from hamafza.intake.planning.clusters import Cluster, Home, cluster, homes_of
from hamafza.intake.planning.headers import Headers
from hamafza.intake.planning.on_file import OnFile
from hamafza.intake.sheets.phrases import Meaning
from hamafza.intake.sheets.faults import Fault
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.needs.choices import HOUSEHOLD_DOMAINS
from hamafza.needs.models import Need
from hamafza.registry.choices import Relation
from hamafza.registry.models import Disability, HardshipCause, Household, Person, TargetGroupMembership

#: Field of the person -> meaning of its column.
PERSON_FIELDS = {
    "first_name": Meaning.FIRST_NAME,
    "last_name": Meaning.LAST_NAME,
    "father_name": Meaning.FATHER_NAME,
    "born_on": Meaning.BORN_ON,
    "sex": Meaning.SEX,
    "mobile": Meaning.MOBILE,
    "iban": Meaning.IBAN,
    "education": Meaning.EDUCATION,
    "job_status": Meaning.JOB_STATUS,
}
#: Field of the household -> meaning of its column.
HOUSEHOLD_FIELDS = {
    "address": Meaning.ADDRESS,
    "postal_code": Meaning.POSTAL_CODE,
    "tenure": Meaning.TENURE,
    "decile": Meaning.DECILE,
    "income_rial": Meaning.INCOME,
    "district_id": Meaning.DISTRICT,
}


@dataclass(slots=True)
class Decided:
    """What becomes of one row."""

    outcome: Outcome
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """Everything a chunk of rows asks for. ``changed`` maps instances on file to the names of their new fields."""

    households: list[Household] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    memberships: list[TargetGroupMembership] = field(default_factory=list)
    disabilities: list[Disability] = field(default_factory=list)
    causes: list[HardshipCause] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    changed: dict[Household | Person | Disability, list[str]] = field(default_factory=dict)
    rows: dict[int, Decided] = field(default_factory=dict)
    touched: set[UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all rows of an import."""

    county: str
    batch: UUID
    headers: Headers
    districts: dict[str, str]
    today: date
    created_by: UUID | None = None


def plan_rows(rows: Sequence[ClientRow], on_file: OnFile, setting: Setting) -> Plan:
    """Decide about whole households at once; ``rows`` in the order of the sheet."""
    plan = Plan()
    taken = [row for row in rows if not _elsewhere(row, on_file, setting, plan)]
    clusters = cluster(taken, on_file)
    homes = homes_of(clusters, on_file, county=setting.county)
    for one in clusters:
        _decide_outcomes(one, plan)
    for home in homes:
        _plan_home(home, on_file, setting, plan)
    return plan


def _elsewhere(row: ClientRow, on_file: OnFile, setting: Setting, plan: Plan) -> bool:
    if not row.identity_number or keys.identity_key(row) not in on_file.elsewhere:
        return False
    fault = Fault(setting.headers.of(Meaning.IDENTITY_NUMBER), "on_file_elsewhere", "")
    plan.rows[row.row] = Decided(Outcome.REFUSED, [fault])
    return True


def _decide_outcomes(one: Cluster, plan: Plan) -> None:
    for row in one.rows:
        new = one.person is None and row is one.first
        plan.rows[row.row] = Decided(Outcome.CREATED if new else Outcome.MATCHED, list(row.warnings))


def _warn(plan: Plan, row: ClientRow, fault: Fault) -> None:
    faults = plan.rows[row.row].faults
    if fault not in faults:
        faults.append(fault)


def _warn_dissent(plan: Plan, rows: Sequence[ClientRow], settled: Settled, column: str) -> None:
    for place in settled.dissenters:
        _warn(plan, rows[place], Fault(column, "conflict", ""))


def _mark_changed(plan: Plan, rows: Sequence[ClientRow], instance: Household | Person | Disability, name: str) -> None:
    plan.changed.setdefault(instance, []).append(name)
    _mark_row(plan, rows)


def _mark_row(plan: Plan, rows: Sequence[ClientRow]) -> None:
    """The first of the rows is the one that changed the file."""
    decided = plan.rows[rows[0].row]
    if decided.outcome == Outcome.MATCHED:
        decided.outcome = Outcome.CHANGED


def _plan_home(home: Home, on_file: OnFile, setting: Setting, plan: Plan) -> None:
    if home.new:
        plan.households.append(home.household)
    head = on_file.heads.get(home.household.pk)
    for one in home.clusters:
        if one.person is None:
            head = _make_person(one, head, setting, plan)
        else:
            head = _match_person(one, head, setting, plan)
        _plan_circumstances(one, on_file, setting, plan)
        _plan_needs(one, setting, plan)
        _warn_other_file(one, home, setting, plan)
    if head is None and home.clusters:
        _warn(plan, home.clusters[0].first, Fault(setting.headers.of(Meaning.RELATION, Meaning.FILE_NUMBER), "no_head", ""))
    elif home.household.head_id != head:
        home.household.head_id = head
        if not home.new:
            plan.changed.setdefault(home.household, []).append("head")
    _settle_household(home, head, setting, plan)
    plan.touched.add(home.household.pk)


def _make_person(one: Cluster, head: UUID | None, setting: Setting, plan: Plan) -> UUID | None:
    """The person of the first row; gives the head of the household as it is then."""
    row = one.first
    person = Person(
        county_id=setting.county,
        household=one.household,
        identity_number=row.identity_number,
        relation=row.relation or Relation.OTHER,
        origin_batch=setting.batch,
        origin_row=row.row,
        created_by_id=setting.created_by,
    )
    for name, meaning in PERSON_FIELDS.items():
        settled = settle_new([getattr(other, name) for other in one.rows])
        setattr(person, name, settled.value)
        _warn_dissent(plan, one.rows, settled, setting.headers.of(meaning))
    if person.relation == Relation.HEAD and head is not None:
        person.relation = Relation.OTHER
        _warn(plan, row, Fault(setting.headers.of(Meaning.RELATION), "conflict", ""))
    one.person = person
    plan.persons.append(person)
    return person.pk if person.relation == Relation.HEAD else head


def _match_person(one: Cluster, head: UUID | None, setting: Setting, plan: Plan) -> UUID | None:
    """Bring a person on file up to date; gives the head of the household as it is then."""
    person = one.person
    if person is None:  # pragma: no cover - only clusters on file come here
        return head
    for name, meaning in PERSON_FIELDS.items():
        settled = settle(getattr(person, name), [getattr(row, name) for row in one.rows])
        _warn_dissent(plan, one.rows, settled, setting.headers.of(meaning))
        if settled.changed:
            setattr(person, name, settled.value)
            _mark_changed(plan, one.rows, person, name)
    stated = [row.relation for row in one.rows]
    if head is not None and head != person.pk:
        stated = ["" if relation == Relation.HEAD else relation for relation in stated]
    known = "" if person.relation == Relation.OTHER else person.relation
    settled = settle(known, stated)
    if settled.changed:
        person.relation = settled.value
        _mark_changed(plan, one.rows, person, "relation")
    return person.pk if person.relation == Relation.HEAD else head


def _warn_other_file(one: Cluster, home: Home, setting: Setting, plan: Plan) -> None:
    for row in one.rows:
        if row.file_number and keys.file_key(row) != (home.household.file_key or keys.file_key(one.first)):
            _warn(plan, row, Fault(setting.headers.of(Meaning.FILE_NUMBER), "other_file", home.household.file_number))


def _settle_household(home: Home, head: UUID | None, setting: Setting, plan: Plan) -> None:
    """The head's row speaks first for the household, then the others in the order of the sheet."""
    if not home.rows:
        return
    of_head = {row.row for one in home.clusters if one.person and one.person.pk == head for row in one.rows}
    rows = sorted(home.rows, key=lambda row: (row.row not in of_head, row.row))
    for name, meaning in HOUSEHOLD_FIELDS.items():
        stated = [_household_value(row, name, setting) for row in rows]
        settled = settle_new(stated) if home.new else settle(getattr(home.household, name), stated)
        _warn_dissent(plan, rows, settled, setting.headers.of(meaning))
        if home.new:
            setattr(home.household, name, settled.value)
        elif settled.changed:
            setattr(home.household, name, settled.value)
            _mark_changed(plan, rows, home.household, name)
        if name == "decile" and settled.value and (home.new or settled.changed):
            _date_decile(home, setting, plan)


def _household_value(row: ClientRow, name: str, setting: Setting) -> object:
    if name == "district_id":
        return setting.districts.get(row.district) if row.district else None
    return getattr(row, name)


def _date_decile(home: Home, setting: Setting, plan: Plan) -> None:
    home.household.decile_on = setting.today
    with translation.override(settings.LANGUAGE_CODE):
        home.household.decile_source = _("Spreadsheet of the office")
    if not home.new:
        plan.changed[home.household] += ["decile_on", "decile_source"]


def _plan_circumstances(one: Cluster, on_file: OnFile, setting: Setting, plan: Plan) -> None:
    person = one.person
    if person is None:  # pragma: no cover - made or matched just before
        return
    new = person._state.adding
    for group in sorted(_several(one, "groups", on_file.groups[person.pk], new, Meaning.GROUPS, setting, plan)):
        plan.memberships.append(TargetGroupMembership(county_id=setting.county, person=person, group=group, valid_from=setting.today))
    for cause in sorted(_several(one, "causes", on_file.causes[person.pk], new, Meaning.CAUSES, setting, plan)):
        plan.causes.append(HardshipCause(county_id=setting.county, household=one.household, person=person, cause=cause))
    _plan_disability(one, on_file.disabilities[person.pk], new, setting, plan)


def _several(one: Cluster, name: str, known: set[str], new: bool, meaning: str, setting: Setting, plan: Plan) -> frozenset[str]:  # noqa: FBT001, PLR0913 - one caller, above
    stated = [frozenset(getattr(row, name)) for row in one.rows]
    settled = settle_set(frozenset(known), stated[:1] if new else stated)
    if new:
        dissenters = tuple(place for place, values in enumerate(stated) if values - settled.value)
        settled = Settled(settled.value, changed=False, dissenters=dissenters)
    _warn_dissent(plan, one.rows, settled, setting.headers.of(meaning))
    if settled.changed:
        _mark_row(plan, one.rows)
    added: frozenset[str] = settled.value
    return added


def _plan_disability(one: Cluster, known: dict[str, Disability], new: bool, setting: Setting, plan: Plan) -> None:  # noqa: FBT001 - one caller, above
    stated = [(row, row.disability_type, row.disability_severity) for row in one.rows if row.disability_type]
    stands = {(kind, disability.severity) for kind, disability in known.items()} | {(kind, "") for kind in known}
    if new and one.first.disability_type:
        chosen = stated[0][1:]
    elif not new and stated and not any(statement[1:] in stands for statement in stated):
        chosen = stated[0][1:]
        _mark_row(plan, one.rows)
    else:
        chosen = None
    for row, *statement in stated:
        if tuple(statement) not in {*stands, chosen}:
            _warn(plan, row, Fault(setting.headers.of(Meaning.DISABILITY_TYPE), "conflict", ""))
    if chosen is None:
        return
    kind, severity = chosen
    if kind in known:
        known[kind].severity = severity
        plan.changed.setdefault(known[kind], []).append("severity")
    else:
        plan.disabilities.append(Disability(county_id=setting.county, person=one.person, type=kind, severity=severity))


def _plan_needs(one: Cluster, setting: Setting, plan: Plan) -> None:
    """Needs of every row count, also of a later one: they add, they contradict nothing."""
    person, household = one.person, one.household
    for domain in dict.fromkeys(domain for row in one.rows for domain in row.needs):
        owner = None if domain in HOUSEHOLD_DOMAINS else person
        plan.needs.append(Need(county_id=setting.county, household=household, person=owner, domain=domain, severity=0, since=setting.today, created_by_id=setting.created_by))
