"""Record that sensitive fields were shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, models

from hamafza.audit.models import ReadEntry
from hamafza.audit.queries.subjects import stored_id
from hamafza.core.session import Scope, current_actor, scope_of

_standing: set[str] = set()


def record_read(subject: models.Model, *, fields: Sequence[str], reason: str = "") -> None:
    """``fields`` of one record were shown to the present actor."""
    _entry(subject, fields, reason).save(force_insert=True)


def record_reads(subjects: Iterable[models.Model], *, fields: Sequence[str], reason: str = "") -> None:
    """The same for a list: one entry a record shown, written at once."""
    ReadEntry.objects.bulk_create([_entry(subject, fields, reason) for subject in subjects])


def record_opening(reason: str) -> None:
    """All counties were opened; before the first migration there is nothing to write to."""
    if _trail_stands():
        with scope_of(Scope(frozenset(), everywhere=True)):
            ReadEntry(actor=current_actor(), fields=[], reason=reason).save(force_insert=True)


def _trail_stands() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _standing and ReadEntry._meta.db_table in connection.introspection.table_names():
        _standing.add(name)
    return name in _standing


def _entry(subject: models.Model, fields: Sequence[str], reason: str) -> ReadEntry:
    return ReadEntry(
        actor=current_actor(),
        county_id=getattr(subject, "county_id", None),
        subject_type=subject._meta.label_lower,
        subject_id=stored_id(type(subject), subject.pk),
        fields=sorted(fields),
        reason=reason,
    )
