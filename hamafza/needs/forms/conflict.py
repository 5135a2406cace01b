"""Two people changed one record: what stands there now, beside what was typed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from hamafza.core import wording


@dataclass(frozen=True)
class Difference:
    label: str
    now: str
    typed: str


def differences(form: forms.Form, now: Mapping[str, Any]) -> list[Difference]:
    """The fields of a bound form that differ from the values on file, in words."""
    return [
        Difference(
            str(form.fields[name].label),
            _in_words(form.fields[name], value),
            _in_words(form.fields[name], form.cleaned_data.get(name)),
        )
        for name, value in now.items()
        if name in form.fields and name != "version" and form.cleaned_data.get(name) != value
    ]


def _in_words(field: forms.Field, value: Any) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, datetime.date):
        return wording.long_date(value)
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return choices.get(str(value)) or (wording.number(value) if isinstance(value, int) else str(value))
