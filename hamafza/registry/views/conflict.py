"""Two people have changed one record: field by field, whose value stays. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hamafza.audit.queries.history import history_of
from hamafza.core.identity import mask
from hamafza.core.parts import Text
from hamafza.core.wording import digits, number, short_date
from hamafza.registry.commands.fields import HouseholdFields, PersonFields
from hamafza.registry.forms.household import HouseholdEditForm
from hamafza.registry.forms.opened import digest_of, opened_state
from hamafza.registry.forms.parts import WHOLE_MASK
from hamafza.registry.forms.person import PersonEditForm
from hamafza.registry.models import Household, Person

CONFLICT = 409
MINE, SAVED = "mine", "saved"
Fields = TypeVar("Fields", HouseholdFields, PersonFields)
EditForm = HouseholdEditForm | PersonEditForm


@dataclass(frozen=True)
class ConflictRow:
    """One field in which the two differ. ``choice`` is what is preset; empty when both have changed it."""

    name: str
    label: Text
    mine: str
    saved: str
    choice: str


def conflict_page(
    request: HttpRequest, form: EditForm, record: Household | Person, *, names: Sequence[str], back_url: str
) -> HttpResponse:
    """The choice, with everything typed kept in the page."""
    context = {
        "rows": _rows(form, record, names),
        "hidden": _typed(request, form),
        "version": record.version,
        "opened": opened_state(record, names),
        "last_change": next(iter(history_of(record, limit=1, with_reads=False)), None),
        "record": record,
        "cancel_url": back_url,
    }
    return render(request, "registry/conflict.html", context, status=CONFLICT)


def chosen(request: HttpRequest, changes: Fields) -> Fields:
    """The changes without those for which the saved value was chosen."""
    kept = {name: value for name, value in changes.items() if request.POST.get(f"keep-{name}") != SAVED}
    return cast("Fields", kept)


def is_undecided(request: HttpRequest, changes: Mapping[str, Any]) -> bool:
    """Whether a conflict page came back with a field for which nothing was chosen."""
    return "resolving" in request.POST and any(not request.POST.get(f"keep-{name}") for name in changes)


def _rows(form: EditForm, record: Household | Person, names: Sequence[str]) -> list[ConflictRow]:
    changes: Mapping[str, Any] = form.changes()
    opened = form.opened_digests()
    return [_row(form, record, name, changes[name], opened.get(name, "")) for name in names if name in changes]


def _row(form: EditForm, record: Household | Person, name: str, mine: Any, opened: str) -> ConflictRow:
    saved = getattr(record, name)
    sealed = name in form.sealed.names
    touched_by_me = sealed or digest_of(name, mine) != opened
    touched_by_other = digest_of(name, saved) != opened
    choice = SAVED if not touched_by_me else "" if touched_by_other else MINE
    return ConflictRow(
        name=name,
        label=form.fields[name].label or name,
        mine=_said(form.fields[name], mine),
        saved=_masked(name, saved) if sealed else _said(form.fields[name], saved),
        choice=choice,
    )


def _said(field: forms.Field, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, models.Model):
        return str(value)
    if hasattr(value, "isoformat"):
        return short_date(value)
    labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    return labels.get(str(value)) or (number(value) if isinstance(value, int) else digits(str(value)))


def _masked(name: str, value: str) -> str:
    return WHOLE_MASK if name == "address" and value else digits(mask(value, shown=3))


def _typed(request: HttpRequest, form: EditForm) -> list[tuple[str, str]]:
    """Every value as it was typed, to be sent again; version and digests are new."""
    names = [name for name in form.fields if name not in {"version", "opened"}]
    return [(name, value) for name in names for value in request.POST.getlist(name)]
