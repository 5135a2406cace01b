"""The auditor's page: changes and reads of the open counties, newest first, without a single value.

An auditor sees that a field was filled, changed or emptied, and whose hand it was; never what stands in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hamafza.audit.choices import Operation, Trail
from hamafza.audit.models import Change, ReadEntry
from hamafza.audit.nouns import noun_of
from hamafza.audit.queries.actors import labels_like, names_of
from hamafza.audit.triggers.tables import recorded_models

PAGE = 50
MASK = "•••"
NONE = "—"
R = TypeVar("R", Change, ReadEntry)
ICONS = {Operation.INSERT: "plus", Operation.UPDATE: "edit", Operation.DELETE: "trash"}
TONES = {Operation.INSERT: "green", Operation.UPDATE: "blue", Operation.DELETE: "red"}


@dataclass(frozen=True, slots=True)
class TrailField:
    """A field that changed: masked, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry of the trail as the page shows it."""

    id: int
    at: datetime
    actor: str
    record: str
    row_id: str
    done: str
    tone: str
    icon: str
    fields: tuple[TrailField, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What is asked for; empty texts and no day ask for everything."""

    trail: Trail = Trail.CHANGES
    actor: str = ""
    model: str = ""
    day: date | None = None
    below: int = 0


def trail_lines(asked: TrailFilter, *, with_national: bool) -> list[TrailLine]:
    """A page and one line more, which tells that there are more."""
    if asked.trail == Trail.READS:
        return _read_lines(_asked(ReadEntry, asked, with_national=with_national))
    return _change_lines(_asked(Change, asked, with_national=with_national))


def _asked(model: type[R], asked: TrailFilter, *, with_national: bool) -> Sequence[R]:
    found: models.QuerySet[R] = model.objects.all()
    if with_national:
        found = found | model.national.all()
    if asked.below:
        found = found.filter(id__lt=asked.below)
    if asked.actor:
        found = found.filter(actor__in=labels_like(asked.actor))
    if asked.model:
        found = found.filter(**_of_model(model, asked.model))
    if asked.day:
        start = timezone.make_aware(datetime.combine(asked.day, time.min))
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return list(found.order_by("-id")[: PAGE + 1])


def _of_model(trail: type[models.Model], label: str) -> dict[str, str]:
    return {"table": apps.get_model(label)._meta.db_table} if trail is Change else {"subject_type": label}


def _change_lines(entries: Sequence[Change]) -> list[TrailLine]:
    tables = {model._meta.db_table: model for model in recorded_models()}
    actors = names_of({entry.actor for entry in entries})
    return [
        TrailLine(
            id=entry.pk,
            at=entry.at,
            actor=actors[entry.actor],
            record=noun_of(tables[entry.table]) if entry.table in tables else entry.table,
            row_id=entry.row_id,
            done=str(Operation(entry.op).label),
            tone=TONES[Operation(entry.op)],
            icon=ICONS[Operation(entry.op)],
            fields=tuple(_masked_fields(entry, tables.get(entry.table))),
            reason="",
        )
        for entry in entries
    ]


def _masked_fields(entry: Change, model: type[models.Model] | None) -> list[TrailField]:
    """Of a change, the fields that differ; an addition or removal is told by itself."""
    if entry.op != Operation.UPDATE:
        return []
    before: Mapping[str, Any] = json.loads(entry.before or "{}")
    after: Mapping[str, Any] = json.loads(entry.after or "{}")
    names = _names(model)
    told = [
        TrailField(names[column], _mask(before[column]), _mask(after[column])) for column in before if column in names
    ]
    return told or [TrailField(_("Fields that the program keeps itself"), "", "")]


def _names(model: type[models.Model] | None) -> dict[str, str]:
    """Names in words by column; a field without one is the program's own."""
    fields = model._meta.concrete_fields if model else ()
    return {str(field.column): str(field.verbose_name) for field in fields if isinstance(field.verbose_name, Promise)}


def _mask(value: Any) -> str:
    return NONE if value is None or value == "" else MASK


def _read_lines(entries: Sequence[ReadEntry]) -> list[TrailLine]:
    actors = names_of({entry.actor for entry in entries})
    return [_read_line(entry, actors) for entry in entries]


def _read_line(entry: ReadEntry, actors: Mapping[str, str]) -> TrailLine:
    model = apps.get_model(entry.subject_type) if entry.subject_type else None
    known = {field.name: str(field.verbose_name) for field in model._meta.concrete_fields} if model else {}
    return TrailLine(
        id=entry.pk,
        at=entry.at,
        actor=actors[entry.actor],
        record=noun_of(model) if model else "",
        row_id=entry.subject_id,
        done="",
        tone="grey",
        icon="eye",
        fields=tuple(TrailField(known.get(name, name), "", "") for name in entry.fields),
        reason=entry.reason,
    )
