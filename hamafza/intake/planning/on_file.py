"""What is on file already for a handful of rows, read in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from hamafza.intake import keys
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.registry.choices import Relation
from hamafza.registry.models import Disability, HardshipCause, Household, IdentityClaim, Person, TargetGroupMembership

Names = tuple[str, str, str, str]


@dataclass(slots=True)
class OnFile:
    """Files of one county that the rows may mean; ``elsewhere`` holds identity indexes claimed in other counties."""

    by_identity: dict[str, Person] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    by_names: dict[Names, Person] = field(default_factory=dict)
    by_file: dict[str, Household] = field(default_factory=dict)
    heads: dict[UUID, UUID] = field(default_factory=dict)
    groups: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    disabilities: dict[UUID, dict[str, Disability]] = field(default_factory=lambda: defaultdict(dict))
    causes: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))

    def named(self, row: ClientRow) -> Person | None:
        """Who a row without identity number means: by its file number, or by that of the head it names."""
        return self.by_names.get(keys.names_of(row)) or self.by_names.get(names_under_head(row, self))


def names_under_head(row: ClientRow, found: OnFile) -> Names:
    """The row's names under the file number of its head's household; under none when it says or needs no such."""
    file, name, born, father = keys.names_of(row)
    head = found.by_identity.get(keys.identity_index(row.head_identity)) if row.head_identity and not file else None
    if head is None or not head.household.file_key:
        return file, name, born, father
    return head.household.file_key, name, born, ""


def read_on_file(county: str, rows: Sequence[ClientRow]) -> OnFile:
    """Read once for all ``rows``; the county must be open."""
    found = OnFile()
    _read_claims(found, county, rows)
    _read_names(found, rows)
    _read_households(found, rows)
    persons = {person.pk for person in (*found.by_identity.values(), *found.by_names.values())}
    _read_circumstances(found, persons)
    return found


def _read_claims(found: OnFile, county: str, rows: Sequence[ClientRow]) -> None:
    numbers = {row.identity_number for row in rows if row.identity_number} | {
        row.head_identity for row in rows if row.head_identity
    }
    indexes = {keys.identity_index(number) for number in numbers}
    claims = list(
        IdentityClaim.objects.filter(identity_index__in=indexes).values_list("identity_index", "person_id", "county_id")
    )
    found.elsewhere = frozenset(index for index, _person, place in claims if place != county)
    persons = Person.objects.select_related("household").in_bulk(
        [person for _index, person, place in claims if place == county]
    )
    found.by_identity = {index: persons[person] for index, person, _place in claims if person in persons}


def _read_names(found: OnFile, rows: Sequence[ClientRow]) -> None:
    """Persons that rows without identity number may mean; one without number goes before one with."""
    unnumbered = [row for row in rows if not row.identity_number]
    wanted = {keys.names_of(row) for row in unnumbered} | {names_under_head(row, found) for row in unnumbered}
    if not wanted:
        return
    files = {names[0] for names in wanted if names[0]}
    loose = {names[1] for names in wanted if not names[0]}
    for persons in (_persons(household__file_key__in=files), _persons(household__file_key="", name_key__in=loose)):
        for person in persons:
            file = person.household.file_key
            names = (file, person.name_key, str(person.born_on or ""), "" if file else person.father_key)
            if names not in found.by_names or not person.identity_index:
                found.by_names[names] = person


def _persons(**condition: object) -> QuerySet[Person]:
    return Person.objects.filter(merged_into__isnull=True, **condition).select_related("household").order_by("-id")


def _read_households(found: OnFile, rows: Sequence[ClientRow]) -> None:
    files = {keys.file_key(row) for row in rows if row.file_number}
    households = list(Household.objects.filter(file_key__in=files))
    found.by_file = {household.file_key: household for household in households}
    members = {person.household_id for person in (*found.by_identity.values(), *found.by_names.values())}
    ids = {household.pk for household in households} | members
    heads = Person.objects.filter(
        household_id__in=ids, relation=Relation.HEAD, left_on__isnull=True, merged_into__isnull=True
    )
    found.heads = dict(heads.values_list("household_id", "id"))


def _read_circumstances(found: OnFile, persons: Iterable[UUID]) -> None:
    ids = list(persons)
    if not ids:
        return
    for person, group in TargetGroupMembership.objects.filter(person_id__in=ids, valid_to__isnull=True).values_list(
        "person_id", "group"
    ):
        found.groups[person].add(group)
    for disability in Disability.objects.filter(person_id__in=ids):
        found.disabilities[disability.person_id][disability.type] = disability
    for person, cause in HardshipCause.objects.filter(person_id__in=ids).values_list("person_id", "cause"):
        found.causes[person].add(cause)
