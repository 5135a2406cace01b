"""What a form was opened with, so that a later conflict can tell whose change is whose.

The page carries the record's version and a short keyed digest of each field: no value, sealed or plain, is sent twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db import models

from hamafza.core.crypto import blind_index

DIGITS = 12


def digest_of(name: str, value: object) -> str:
    """The same for the same value, and nothing can be read from it."""
    text = str(value.pk) if isinstance(value, models.Model) else "" if value is None else str(value)
    return blind_index(text, purpose=f"form:{name}")[:DIGITS]


def opened_state(record: models.Model, names: Iterable[str]) -> str:
    """The digests of the record's fields, as JSON."""
    return json.dumps({name: digest_of(name, getattr(record, name)) for name in names})


class OpenedFields(forms.Form):
    """The hidden fields of every form that changes a versioned record."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def opened_digests(self) -> Mapping[str, str]:
        """The digests the page was opened with; empty when they are missing or altered."""
        try:
            digests: Any = json.loads(self.cleaned_data.get("opened") or "{}")
        except ValueError:
            return {}
        return digests if isinstance(digests, dict) else {}
