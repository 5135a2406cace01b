"""Sentences about changed fields and shown fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hamafza.audit.models import ReadEntry
from hamafza.audit.nouns import noun_of
from hamafza.audit.rules import SPECIAL_CLASS
from hamafza.core import wording
from hamafza.core.fields import SealedTextField

#: Names of other records, by model and key.
Names = Mapping[tuple[type[models.Model], Any], str]
Field = models.Field[Any, Any]


def told_fields(model: type[models.Model], columns: Iterable[str]) -> Iterator[Field]:
    """The fields among ``columns`` that have a name in words, in the model's order."""
    wanted = set(columns)
    for field in model._meta.concrete_fields:
        if field.column in wanted and isinstance(field.verbose_name, Promise):
            yield field


def is_hidden(model: type[models.Model], field: Field) -> bool:
    """Whether only the fact of a change may be told."""
    special = field.name in SPECIAL_CLASS.get(model._meta.label_lower, frozenset())
    return special or isinstance(field, SealedTextField | models.JSONField)


def names_needed(
    model: type[models.Model], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[type[models.Model], Any]] | None:
    """Other records a sentence would name; None when a change has nothing to tell."""
    if not (before and after):
        return []
    fields = list(told_fields(model, before))
    if not fields:
        return None
    return [
        (field.related_model, _parsed(field, row[field.column]))
        for field in fields
        if isinstance(field, models.ForeignKey) and not is_hidden(model, field)
        for row in (before, after)
        if row[field.column] is not None
    ]


def resolve(needed: Iterable[tuple[type[models.Model], Any]]) -> Names:
    """The names, one query a model."""
    keys: dict[type[models.Model], set[Any]] = {}
    for model, key in needed:
        keys.setdefault(model, set()).add(key)
    return {
        (model, key): str(row)
        for model, wanted in keys.items()
        for key, row in model._default_manager.in_bulk(list(wanted)).items()
    }


def change_sentence(
    model: type[models.Model], before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> str:
    """What changed, field by field: "Income decile: 3 became 4; Address was changed"."""
    said = [_said(model, field, before, after, names) for field in told_fields(model, before)]
    return _("; ").join(said)


def _said(
    model: type[models.Model], field: Field, before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> str:
    label = str(field.verbose_name)
    if is_hidden(model, field):
        return _("%(field)s was changed") % {"field": label}
    was, now_is = (_worded(field, row[str(field.column)], names) for row in (before, after))
    if not was:
        return _("%(field)s: “%(after)s” was entered") % {"field": label, "after": now_is}
    if not now_is:
        return _("%(field)s: “%(before)s” was removed") % {"field": label, "before": was}
    return _("%(field)s: “%(before)s” became “%(after)s”") % {"field": label, "before": was, "after": now_is}


def _worded(field: Field, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    parsed = _parsed(field, value)
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, parsed), "") or _("another record")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(parsed, parsed))
    if isinstance(parsed, str):
        return wording.digits(parsed)
    if isinstance(field, models.BooleanField):
        return wording.yes() if parsed else _("no")
    if isinstance(field, models.DateField):
        return wording.short_date(parsed)
    return wording.number(parsed) if isinstance(field, models.IntegerField) else wording.digits(str(parsed))


def _parsed(field: Field, value: Any) -> Any:
    """The value as the model has it; as it lies in the trail when the field has changed its kind since."""
    try:
        return field.target_field.to_python(value) if isinstance(field, models.ForeignKey) else field.to_python(value)
    except ValidationError:
        return value


def read_sentence(entry: ReadEntry, model: type[models.Model]) -> str:
    """Which fields were shown, and why."""
    known = {field.name: str(field.verbose_name) for field in model._meta.concrete_fields}
    fields = _(", ").join(known.get(name, name) for name in entry.fields) or noun_of(model)
    said = _("Shown: %(fields)s") % {"fields": fields}
    if not entry.reason:
        return said
    return _("%(said)s. Reason: %(reason)s") % {"said": said, "reason": entry.reason}
