"""Which rows are one person, and which household each row names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hamafza.intake import keys
from hamafza.intake.planning.on_file import OnFile
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.registry.models import Household, Person


@dataclass(slots=True, eq=False)
class Cluster:
    """Rows that are one person; ``person`` is on file, or is made from the first row."""

    rows: list[ClientRow]
    person: Person | None = None
    household: Household | None = None

    @property
    def first(self) -> ClientRow:
        return self.rows[0]


@dataclass(slots=True, eq=False)
class Home:
    """A household of the plan with the rows of its members that name it."""

    household: Household
    new: bool
    clusters: list[Cluster] = field(default_factory=list)
    rows: list[ClientRow] = field(default_factory=list)


def cluster(rows: Sequence[ClientRow], on_file: OnFile) -> list[Cluster]:
    """Rows by person, in the order of the sheet: by identity number; without one, by file number, names and birth date.

    Those of a person's first row alone: they are what stands on file when the same rows come again in another order.
    """
    found: list[Cluster] = []
    by_person: dict[object, Cluster] = {}
    by_identity: dict[str, Cluster] = {}
    by_names: dict[tuple[str, str, str, str], Cluster] = {}
    for row in rows:
        names = keys.names_of(row)
        person = _person_on_file(row, on_file)
        if person:
            known = by_person.get(person.pk)
        else:
            known = by_identity.get(row.identity_number) if row.identity_number else by_names.get(names)
        if known:
            known.rows.append(row)
        else:
            known = Cluster([row], person=person)
            found.append(known)
            if not person:
                by_names.setdefault(names, known)
        if person:
            by_person[person.pk] = known
        if row.identity_number:
            by_identity[row.identity_number] = known
    return found


def _person_on_file(row: ClientRow, on_file: OnFile) -> Person | None:
    if row.identity_number:
        return on_file.by_identity.get(keys.identity_key(row))
    return on_file.named(row)


def homes_of(clusters: Sequence[Cluster], on_file: OnFile, *, county: str) -> list[Home]:
    """The household of every cluster, made where it is not on file; rows join the home they name."""
    homes: dict[object, Home] = {}
    named: dict[str, Home] = {}

    def home_of(household: Household, *, new: bool) -> Home:
        return homes.setdefault(household.pk, Home(household, new))

    def named_home(row: ClientRow) -> Home:
        name = keys.household_of(row)
        if name and name in named:
            return named[name]
        existing = _household_on_file(name, row, on_file)
        made = existing or Household(county_id=county, file_number=row.file_number)
        home = home_of(made, new=existing is None)
        if name:
            named[name] = home
        return home

    for one in clusters:
        home = home_of(one.person.household, new=False) if one.person else named_home(one.first)
        one.household = home.household
        home.clusters.append(one)
    _join_rows(clusters, homes, named, on_file)
    return list(homes.values())


def _household_on_file(name: str, row: ClientRow, on_file: OnFile) -> Household | None:
    if row.file_number:
        return on_file.by_file.get(name)
    head = on_file.by_identity.get(keys.identity_index(row.head_identity)) if row.head_identity else None
    return head.household if head else None


def _join_rows(clusters: Sequence[Cluster], homes: dict[object, Home], named: dict[str, Home], on_file: OnFile) -> None:
    for one in clusters:
        home = homes[one.household.pk]  # type: ignore[union-attr]  # set just before
        home.rows += [row for row in one.rows if names_home(row, home, named=named, on_file=on_file)]
    for home in homes.values():
        home.rows.sort(key=lambda row: row.row)


def names_home(row: ClientRow, home: Home, *, named: dict[str, Home], on_file: OnFile) -> bool:
    """Whether the row speaks of this household: it names it, or names none."""
    name = keys.household_of(row)
    if not name or (row.file_number and keys.file_key(row) == home.household.file_key):
        return True
    meant = named.get(name)
    if meant is not None:
        return meant is home
    return not row.file_number and _household_on_file(name, row, on_file) in (None, home.household)
