"""Programmes of a body, and those of all bodies of a place for a period side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from hamafza.accounts.models import Organization
from hamafza.commitments.choices import Part
from hamafza.commitments.models import FieldPart, Programme, ProgrammeItem, SupportField
from hamafza.commitments.programme_choices import ProgrammeState
from hamafza.commitments.programme_overlaps import Planned, overlaps
from hamafza.commitments.programme_periods import Period
from hamafza.commitments.queries.division import fields_in_use, parts_in


@dataclass(frozen=True, slots=True)
class PlannedField:
    """What is planned in one field, by body, and who owns the field."""

    field: SupportField
    owners: list[Organization]
    items: list[ProgrammeItem]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two items that meet, and whether their bodies said so."""

    one: ProgrammeItem
    other: ProgrammeItem
    is_together: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A period of a place: programmes in force, fields with what is planned, and what is missing."""

    programmes: list[Programme]
    fields: list[PlannedField]
    unplanned: list[PlannedField]
    meetings: list[Meeting]
    silent: list[Organization]


def published_in(place: str, period: Period) -> QuerySet[Programme]:
    """The versions in force at an open place whose days touch those of the period, by body."""
    later = Programme.objects.filter(
        place_id=place,
        state=ProgrammeState.PUBLISHED,
        organization=OuterRef("organization"),
        period=OuterRef("period"),
        number__gt=OuterRef("number"),
    )
    found = Programme.objects.filter(
        place_id=place,
        state=ProgrammeState.PUBLISHED,
        starts_on__lte=period.last_day,
        ends_on__gte=period.first_day,
    )
    return found.exclude(Exists(later)).select_related("organization").order_by("organization__sort_key", "id")


def board_of(place: str, period: Period, *, field: SupportField | None = None) -> Board:
    """Side by side, by field; five queries however much is planned. ``field``: only this one."""
    programmes = list(published_in(place, period))
    items = _items_of(programmes)
    parts = list(parts_in(place))
    fields = [field] if field else list(fields_in_use())
    planned = [_planned(one, items, parts) for one in fields]
    planning = {one.organization_id for one in programmes}
    return Board(
        programmes=programmes,
        fields=[one for one in planned if one.items],
        unplanned=[one for one in planned if not one.items],
        meetings=[one for one in _meetings(items) if field is None or one.one.field_id == field.pk],
        silent=_silent(parts, planning),
    )


def programmes_of(bodies: Iterable[UUID], place: str) -> QuerySet[Programme]:
    """All versions of some bodies at an open place, the latest period first, with ``items_count``."""
    found = Programme.objects.filter(place_id=place, organization__in=list(bodies)).select_related("organization")
    return found.annotate(items_count=Count("items")).order_by("-starts_on", "-ends_on", "organization_id", "-number")


def programme_named(pk: UUID) -> Programme | None:
    """One of an open place, with its body and place."""
    return Programme.objects.select_related("organization", "place", "published_by").filter(pk=pk).first()


def periods_told(place: str) -> list[str]:
    """Codes of the periods for which something is published at an open place."""
    found = Programme.objects.filter(place_id=place, state=ProgrammeState.PUBLISHED)
    return sorted(found.values_list("period", flat=True).distinct())


def versions_of(programme: Programme) -> QuerySet[Programme]:
    """Every version of it, the newest first."""
    same = Programme.objects.filter(
        place_id=programme.place_id, organization=programme.organization_id, period=programme.period
    )
    return same.select_related("published_by").order_by("-number")


def items_of(programme: Programme) -> QuerySet[ProgrammeItem]:
    """By field, in the order in which they were written."""
    found = programme.items.select_related("field", "district", "partner")
    return found.order_by("field__position", "field__code", "id")


def _items_of(programmes: list[Programme]) -> list[ProgrammeItem]:
    """Of the programmes in their order, each with its programme."""
    held = {one.pk: one for one in programmes}
    found = ProgrammeItem.objects.filter(programme__in=list(held)).select_related("district", "partner", "field")
    items: dict[UUID, list[ProgrammeItem]] = defaultdict(list)
    for item in found.order_by("id"):
        item.programme = held[item.programme_id]
        items[item.programme_id].append(item)
    return [item for one in programmes for item in items[one.pk]]


def _planned(field: SupportField, items: list[ProgrammeItem], parts: list[FieldPart]) -> PlannedField:
    owners = [held.organization for held in parts if held.field_id == field.pk and held.part == Part.OWNER]
    return PlannedField(field, owners, [item for item in items if item.field_id == field.pk])


def _meetings(items: list[ProgrammeItem]) -> list[Meeting]:
    """Those that nobody has arranged come first."""
    held = {item.pk: item for item in items}
    found = overlaps(_compared(item) for item in items)
    meetings = [Meeting(held[pair.one.item], held[pair.other.item], pair.is_together) for pair in found]
    return sorted(meetings, key=lambda one: (one.is_together, one.one.field.position))


def _compared(item: ProgrammeItem) -> Planned:
    return Planned(
        item=item.pk,
        body=item.programme.organization_id,
        field=item.field_id,
        starts_on=item.programme.starts_on,
        ends_on=item.programme.ends_on,
        district=item.district_id or "",
        target_group=item.target_group,
        partner=item.partner_id,
    )


def _silent(parts: list[FieldPart], planning: set[UUID]) -> list[Organization]:
    """Bodies that own or help somewhere and have published nothing for the period."""
    doing = {held.organization_id: held.organization for held in parts if held.part != Part.INFORMED}
    quiet = [body for key, body in doing.items() if key not in planning]
    return sorted(quiet, key=lambda body: (body.sort_key, body.pk))
