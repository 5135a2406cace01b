"""Who owns, helps and is informed in each field of support of a place; and what is missing in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field as member
from uuid import UUID

from django.db.models import QuerySet

from hamafza.accounts.models import Organization
from hamafza.commitments.choices import Part
from hamafza.commitments.models import FieldPart, SupportField
from hamafza.places.models import Place


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row of the matrix: a field, and the bodies with each part in it, by name."""

    field: SupportField
    parts: dict[UUID, FieldPart] = member(default_factory=dict)

    def bodies(self, part: Part) -> list[Organization]:
        return [held.organization for held in self.parts.values() if held.part == part]

    @property
    def owners(self) -> list[Organization]:
        return self.bodies(Part.OWNER)

    @property
    def helpers(self) -> list[Organization]:
        return self.bodies(Part.HELPS)

    @property
    def informed(self) -> list[Organization]:
        return self.bodies(Part.INFORMED)

    @property
    def is_gap(self) -> bool:
        return not self.owners

    @property
    def is_double(self) -> bool:
        return len(self.owners) > 1


@dataclass(frozen=True, slots=True)
class Matrix:
    """All fields in use, in their order, and the bodies that have a part in any of them, by name."""

    rows: list[FieldRow]
    bodies: list[Organization]

    @property
    def gaps(self) -> list[FieldRow]:
        return [row for row in self.rows if row.is_gap]

    @property
    def doubles(self) -> list[FieldRow]:
        return [row for row in self.rows if row.is_double]


def support_fields() -> QuerySet[SupportField]:
    """All fields, in their order."""
    return SupportField.objects.order_by("position", "code")


def fields_in_use() -> QuerySet[SupportField]:
    return support_fields().filter(active=True)


def field_named(code: str) -> SupportField | None:
    return SupportField.objects.filter(code=code).first()


def matrix_of(place: str) -> Matrix:
    """The division of labour at an open place; two queries."""
    parts = _by_field(parts_in(place))
    rows = [FieldRow(one, {held.organization_id: held for held in parts[one.pk]}) for one in fields_in_use()]
    bodies = {held.organization_id: held.organization for row in rows for held in row.parts.values()}
    return Matrix(rows, sorted(bodies.values(), key=lambda body: (body.sort_key, body.pk)))


def parts_in(place: str, *, field: SupportField | None = None) -> QuerySet[FieldPart]:
    """Parts at an open place, by the name of the body."""
    found = FieldPart.objects.filter(place_id=place).select_related("organization")
    return (found.filter(field=field) if field else found).order_by("organization__sort_key", "organization_id")


def owners_in(place: str) -> dict[UUID, list[Organization]]:
    """Owners of each field of an open place; one query."""
    found: dict[UUID, list[Organization]] = defaultdict(list)
    for held in parts_in(place).filter(part=Part.OWNER):
        found[held.field_id].append(held.organization)
    return found


def places_titled(codes: Iterable[str]) -> QuerySet[Place]:
    """These places, wider ones first."""
    return Place.objects.filter(code__in=list(codes)).order_by("code")


def _by_field(parts: Iterable[FieldPart]) -> dict[UUID, list[FieldPart]]:
    found: dict[UUID, list[FieldPart]] = defaultdict(list)
    for held in parts:
        found[held.field_id].append(held)
    return found
