"""People as duplicate search reads them: names of everybody, sealed fields only of those worth comparing."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from hamafza.core.crypto import unseal
from hamafza.core.fields import SealedBytes
from hamafza.registry.models import Household, Person
from hamafza.registry.similarity import Contacts, Frequencies, Identified
from hamafza.registry.similarity.blocking import Blocks, block_keys

AT_A_TIME = 2_000
_NAMES = ("id", "first_name", "last_name", "father_name", "born_on", "sex", "household_id")
_NOBODY = UUID(int=0)

T = TypeVar("T")


class PackedIds:
    """Ids by place, sixteen bytes each: a million UUID objects take seven times that."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def append(self, pk: UUID) -> None:
        self._bytes += pk.bytes

    def __len__(self) -> int:
        return len(self._bytes) // 16

    def at(self, place: int) -> UUID:
        return UUID(bytes=bytes(self._bytes[16 * place : 16 * place + 16]))

    def places_of(self, wanted: Iterable[UUID]) -> frozenset[int]:
        """The places of those that are here."""
        asked = frozenset(wanted)
        return frozenset(place for place in range(len(self)) if self.at(place) in asked)


class SharedValues(Generic[T]):
    """Values by place, four bytes each: what many people share, such as a name or a day, is kept once."""

    def __init__(self) -> None:
        self._values: list[T] = []
        self._numbers: dict[T, int] = {}
        self._by_place = array("I")

    def append(self, value: T) -> None:
        number = self._numbers.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
        self._by_place.append(number)

    def at(self, place: int) -> T:
        return self._values[self._by_place[place]]


@dataclass
class CountyFiles:
    """Everybody on file in one county, by place: some fifty bytes a person, the blocking keys as much again."""

    county: str
    ids: PackedIds = field(default_factory=PackedIds)
    blocks: Blocks = field(default_factory=Blocks)
    frequencies: Frequencies = field(default_factory=Frequencies)
    _first_names: SharedValues[str] = field(default_factory=SharedValues)
    _last_names: SharedValues[str] = field(default_factory=SharedValues)
    _father_names: SharedValues[str] = field(default_factory=SharedValues)
    _born: SharedValues[datetime.date | None] = field(default_factory=SharedValues)
    _sexes: SharedValues[str] = field(default_factory=SharedValues)
    _households: PackedIds = field(default_factory=PackedIds)

    def add(self, person: Identified, *, mobile: str) -> None:
        """The next person; ``mobile`` is the blind index."""
        self.ids.append(person.id)
        self._first_names.append(person.first_name)
        self._last_names.append(person.last_name)
        self._father_names.append(person.father_name)
        self._born.append(person.born_on)
        self._sexes.append(person.sex)
        self._households.append(person.household or _NOBODY)
        self.blocks.add(block_keys(person, mobile=mobile))
        self.frequencies.count(person)

    def person(self, place: int) -> Identified:
        household = self._households.at(place)
        return Identified(
            self.ids.at(place),
            self._first_names.at(place),
            self._last_names.at(place),
            self._father_names.at(place),
            self._born.at(place),
            self._sexes.at(place),
            None if household == _NOBODY else household,
        )


def files_of(county: str) -> CountyFiles:
    """Read everybody once, merged files aside."""
    files = CountyFiles(county)
    # In no order: a million rows would be sorted in memory.
    rows = Person.objects.filter(county_id=county, merged_into__isnull=True).order_by()
    for *names, mobile in rows.values_list(*_NAMES, "mobile_index").iterator(chunk_size=AT_A_TIME):
        files.add(Identified(*names), mobile=mobile)
    return files


def contacts_of(county: str, ids: Sequence[UUID]) -> dict[UUID, Contacts]:
    """The sealed fields of those who are still on file by themselves, opened; nothing of them is kept."""
    found = {}
    for some in _portions(ids):
        rows = Person.objects.filter(county_id=county, pk__in=some, merged_into__isnull=True).values_list(
            "id", "identity_number", "mobile", "household_id", "household__address", "household__postal_code"
        )
        for pk, identity, mobile, household, address, postal_code in rows:
            found[pk] = Contacts(
                identity=_opened(identity, Person, "identity_number", pk),
                mobile=_opened(mobile, Person, "mobile", pk),
                address=_opened(address, Household, "address", household),
                postal_code=_opened(postal_code, Household, "postal_code", household),
            )
    return found


def _opened(value: object, model: type[Person | Household], column: str, pk: UUID) -> str:
    if not isinstance(value, SealedBytes):
        return str(value or "")
    return unseal(value, binding=f"{model._meta.db_table}:{column}:{pk}").decode()


def _portions(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + AT_A_TIME] for start in range(0, len(ids), AT_A_TIME))
