"""What a view hands to the page patterns: small frozen values, each drawn by one include (docs/pages.md)."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from hamafza.core import wording

Text = str | Promise
Tone = Literal["grey", "blue", "green", "orange", "red", "teal"]


@dataclass(frozen=True)
class ActiveFilter:
    """One thing a list is filtered by, in words, and the address of the list without it."""

    label: Text
    value: Text
    remove_url: str


@dataclass(frozen=True)
class SavedView:
    """A list somebody saved under a name."""

    label: Text
    url: str
    current: bool = False


@dataclass(frozen=True)
class Export:
    """One way to take a list out: `icon` such as `file-spreadsheet`."""

    label: Text
    url: str
    icon: str = "file-spreadsheet"


@dataclass(frozen=True)
class Tab:
    """One part of a record, with the number of things in it when that is worth knowing."""

    label: Text
    url: str
    current: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True)
class Fact:
    """A labelled value; with `masked_url` the value is the mask's text and `id` names the place on the page."""

    label: Text
    value: object
    id: str = ""
    masked_url: str = ""


@dataclass(frozen=True)
class Entry:
    """One sentence of a history."""

    text: Text
    at: datetime.datetime
    actor: Text = ""
    icon: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a wizard; only steps that are done lead back."""

    label: Text
    state: Literal["done", "now", "next"]
    url: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a running job is; `url` is the page that is asked again every second while it runs.

    `note` stands under it, such as why nothing moves.
    """

    label: Text
    done: int
    total: int
    url: str
    running: bool
    seconds_left: float | None = None
    note: Text = ""


@dataclass(frozen=True)
class ChartRow:
    """One category of a chart: its name, a number for each series, and the list behind it."""

    label: Text
    values: Sequence[int | float]
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart with the table that says the same. The title is the finding; `source` and `on` say where it comes from."""

    id: str
    title: Text
    category_label: Text
    series: Sequence[Text]
    rows: Sequence[ChartRow]
    source: Text
    on: datetime.date | None = None
    kind: Literal["bars", "columns", "line"] = "bars"

    @property
    def data_id(self) -> str:
        return f"{self.id}-data"

    @property
    def as_data(self) -> Mapping[str, Any]:
        """What the browser draws; texts and digits are ready in the page's language."""
        return {
            "kind": self.kind,
            "rtl": wording.is_persian(),
            "series": [str(name) for name in self.series],
            "labels": [str(row.label) for row in self.rows],
            "values": [[row.values[place] for row in self.rows] for place in range(len(self.series))],
            "texts": [[wording.number(row.values[place]) for row in self.rows] for place in range(len(self.series))],
            "urls": [row.url for row in self.rows],
        }


def active_filters(form: forms.Form, request: HttpRequest) -> list[ActiveFilter]:
    """What a bound and valid filter form filters by, in the words of its fields and choices."""
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name) if form.is_valid() else None
        if value in (None, "", [], False) or (isinstance(value, QuerySet) and not value):
            continue
        found.append(ActiveFilter(field.label or name, _in_words(field, value), without(request.GET, [name])))
    return found


def clear_url(form: forms.Form, request: HttpRequest) -> str:
    """The list with none of the form's filters, still sorted as it is."""
    return without(request.GET, form.fields)


def without(query: QueryDict, names: Collection[str]) -> str:
    """The query with some parameters taken out, and with the place in the list (`after`) always taken out."""
    kept = query.copy()
    for name in [*names, "after"]:
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def more_url(query: QueryDict, place: object) -> str:
    """The same list from a place on: the address of its next page."""
    return f"?{urlencode([*parse_qsl(without(query, [])[1:], keep_blank_values=True), ('after', str(place))])}"


def in_words(filters: Iterable[ActiveFilter]) -> str:
    """What a list is filtered by as one line, for paper and files."""
    separator = "؛ " if wording.is_persian() else "; "
    return separator.join(f"{one.label}: {one.value}" for one in filters)


def _in_words(field: forms.Field, value: Any) -> str:
    if value is True:
        return wording.yes()
    if isinstance(value, datetime.date):
        return wording.long_date(value)
    if isinstance(field, forms.ModelChoiceField):
        return _joined(value if isinstance(value, QuerySet) else [value])
    choices = _flat(getattr(field, "choices", ()))
    values = value if isinstance(value, list | tuple) else [value]
    return _joined(choices.get(str(one), wording.digits(str(one))) for one in values)


def _joined(values: Iterable[object]) -> str:
    return ("، " if wording.is_persian() else ", ").join(str(value) for value in values)


def _flat(choices: Iterable[Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            flat |= _flat(label)
        else:
            flat[str(value)] = str(label)
    return flat
