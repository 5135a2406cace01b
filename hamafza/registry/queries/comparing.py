"""People as duplicate search reads them: names of everybody, sealed fields only of those worth comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from hamafza.core.crypto import unseal
from hamafza.core.fields import SealedBytes
from hamafza.registry.models import Household, Person
from hamafza.registry.similarity import Contacts, Frequencies, Identified
from hamafza.registry.similarity.blocking import Blocks, block_keys
from hamafza.registry.similarity.score import jalali_digits

AT_A_TIME = 2_000
#: People whose names are kept while their blocks are compared; more are read again.
KEPT = 20_000
_NAMES = ("id", "first_name", "last_name", "father_name", "born_on", "sex", "household_id")


class PackedIds:
    """The ids of a county's people, sixteen bytes each: a million UUID objects take seven times that."""

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


@dataclass
class CountyFiles:
    """Everybody on file in one county: ids by place, blocking keys, how usual names are."""

    county: str
    ids: PackedIds = field(default_factory=PackedIds)
    blocks: Blocks = field(default_factory=Blocks)
    frequencies: Frequencies = field(default_factory=Frequencies)
    _kept: dict[int, Identified] = field(default_factory=dict)

    def people(self, places: Iterable[int]) -> dict[int, Identified]:
        """People by place; one query for each two thousand not kept from before."""
        if len(self._kept) > KEPT:
            self._kept.clear()
        wanted = list(places)
        missing = {self.ids.at(place): place for place in wanted if place not in self._kept}
        for some in _portions(list(missing)):
            for row in Person.objects.filter(county_id=self.county, pk__in=some).values_list(*_NAMES):
                self._kept[missing[row[0]]] = _identified(row)
        return {place: self._kept[place] for place in wanted if place in self._kept}


def files_of(county: str) -> CountyFiles:
    """Read everybody once, merged files aside."""
    files = CountyFiles(county)
    # In no order: a million rows would be sorted in memory.
    rows = Person.objects.filter(county_id=county, merged_into__isnull=True).order_by()
    for *names, mobile in rows.values_list(*_NAMES, "mobile_index").iterator(chunk_size=AT_A_TIME):
        person = _identified(tuple(names))
        files.ids.append(person.id)
        files.blocks.add(block_keys(person, mobile=mobile))
        files.frequencies.count(
            first_name=person.first_name,
            last_name=person.last_name,
            father_name=person.father_name,
            born_on=person.born_on,
        )
    return files


def contacts_of(county: str, ids: Sequence[UUID]) -> dict[UUID, Contacts]:
    """The sealed fields of these people, opened; nothing of them is kept."""
    found = {}
    for some in _portions(ids):
        rows = Person.objects.filter(county_id=county, pk__in=some).values_list(
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


def _identified(row: Sequence[object]) -> Identified:
    pk, first_name, last_name, father_name, born_on, sex, household = row
    digits = jalali_digits(born_on) if born_on else ""
    return Identified(pk, first_name, last_name, father_name, born_on, sex, household, digits)  # type: ignore[arg-type]


def _portions(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + AT_A_TIME] for start in range(0, len(ids), AT_A_TIME))
