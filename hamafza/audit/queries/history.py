"""What happened to a record, in sentences, newest first.

Sentences are made when they are shown, in the language of the page, from the names the models give their fields;
fields without such a name are the program's own and are not told. Sealed fields and those of the special class are
said to have changed, never to what.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from hamafza.audit.choices import Operation
from hamafza.audit.models import Change, ReadEntry
from hamafza.audit.nouns import noun_of
from hamafza.audit.queries.actors import names_of
from hamafza.audit.queries.sentences import Names, change_sentence, names_needed, read_sentence, resolve
from hamafza.audit.queries.subjects import children_of, county_column, stored_id

ICONS = {Operation.INSERT: "plus", Operation.UPDATE: "edit", Operation.DELETE: "trash"}
Related = Sequence[tuple[type[models.Model], Iterable[Any]]]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One sentence; ``cursor`` continues the history after it (``before=``)."""

    at: datetime
    actor_name: str
    sentence: str
    icon: str
    cursor: str

    @property
    def text(self) -> str:
        """As `patterns/_timeline.html` names it."""
        return self.sentence

    @property
    def actor(self) -> str:
        """As `patterns/_timeline.html` names it."""
        return self.actor_name


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry of either table that has something to say."""

    entry: Change | ReadEntry
    model: type[models.Model]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def history_of(
    instance: models.Model, *, limit: int = 50, before: str = "", related: Related = (), with_reads: bool = True
) -> list[HistoryLine]:
    """At most ``limit`` lines about ``instance``, the rows that hang on it and ``related`` ones.

    What hangs on a record is what is removed with it (a person's groups, disabilities, causes), also what was removed
    before. ``before`` is the cursor of the last line shown. The number of queries does not depend on that of lines.
    """
    subjects = _subjects(instance, related)
    last_change, last_read = _numbers(before)
    told = _changes(instance, subjects, below=last_change, limit=limit)
    if with_reads:
        told += _reads(instance, subjects, below=last_read, limit=limit)
    told = sorted(told, key=lambda line: (line.entry.at, line.entry.pk), reverse=True)[:limit]
    return list(_lines(instance, told, last_change, last_read))


def _subjects(instance: models.Model, related: Related) -> dict[type[models.Model], list[str]]:
    """Stored keys by model: the record, what hangs on it, what hung on it, what was asked for."""
    key = stored_id(type(instance), instance.pk)
    subjects: dict[type[models.Model], list[str]] = {type(instance): [key]}
    children = children_of(instance)
    for model, ids in [*children, *related]:
        subjects.setdefault(model, []).extend(stored_id(model, pk) for pk in ids)
    tables = {model._meta.db_table: model for model, _ids in children}
    removed = _changes_of(instance).filter(table__in=tables, op=Operation.DELETE, before__contains=f'"{key}"')
    for table, row_id in removed.values_list("table", "row_id") if tables else ():
        subjects[tables[table]].append(row_id)
    return subjects


def _changes_of(instance: models.Model) -> models.QuerySet[Change]:
    return Change.objects.all() if county_column(type(instance)) else Change.national.all()


def _numbers(cursor: str) -> tuple[int, int]:
    """The lowest numbers shown so far; a cursor that is none begins anew."""
    change, _dot, read = cursor.partition(".")
    if change.isdecimal() and read.isdecimal():
        return int(change), int(read)
    return 0, 0


def _changes(
    instance: models.Model, subjects: Mapping[type[models.Model], list[str]], *, below: int, limit: int
) -> list[_Told]:
    about = Q()
    for model, ids in subjects.items():
        about |= Q(table=model._meta.db_table, row_id__in=ids)
    tables = {model._meta.db_table: model for model in subjects}
    found: list[_Told] = []
    while len(found) < limit:
        entries = list(
            _changes_of(instance).filter(about, **({"id__lt": below} if below else {})).order_by("-id")[:limit]
        )
        told = (_told(entry, tables[entry.table]) for entry in entries)
        found += [line for line in told if names_needed(line.model, line.before, line.after) is not None]
        if len(entries) < limit:
            break
        below = entries[-1].pk
    return found[:limit]


def _told(entry: Change, model: type[models.Model]) -> _Told:
    return _Told(entry, model, json.loads(entry.before or "{}"), json.loads(entry.after or "{}"))


def _reads(
    instance: models.Model, subjects: Mapping[type[models.Model], list[str]], *, below: int, limit: int
) -> list[_Told]:
    manager = ReadEntry.objects if county_column(type(instance)) else ReadEntry.national
    about = Q()
    for model, ids in subjects.items():
        about |= Q(subject_type=model._meta.label_lower, subject_id__in=ids)
    entries = manager.filter(about, **({"id__lt": below} if below else {})).order_by("-id")[:limit]
    return [_Told(entry, apps.get_model(entry.subject_type), {}, {}) for entry in entries]


def _lines(instance: models.Model, told: Sequence[_Told], last_change: int, last_read: int) -> Iterator[HistoryLine]:
    actors = names_of(line.entry.actor for line in told)
    names = resolve(needed for line in told for needed in names_needed(line.model, line.before, line.after) or ())
    for line in told:
        if isinstance(line.entry, Change):
            last_change = line.entry.pk
        else:
            last_read = line.entry.pk
        yield HistoryLine(
            at=line.entry.at,
            actor_name=actors[line.entry.actor],
            sentence=_sentence(line, names, own=line.model is type(instance)),
            icon=ICONS[Operation(line.entry.op)] if isinstance(line.entry, Change) else "eye",
            # An unseen stream starts above everything.
            cursor=f"{last_change or _ABOVE}.{last_read or _ABOVE}",
        )


_ABOVE = 2**62


def _sentence(line: _Told, names: Names, *, own: bool) -> str:
    if isinstance(line.entry, ReadEntry):
        return read_sentence(line.entry, line.model)
    noun = noun_of(line.model)
    if line.entry.op == Operation.INSERT:
        return _("%(record)s was put on file.") % {"record": noun}
    if line.entry.op == Operation.DELETE:
        return _("%(record)s was taken off the file.") % {"record": noun}
    said = change_sentence(line.model, line.before, line.after, names)
    return said if own else _("%(record)s: %(changes)s") % {"record": noun, "changes": said}
