"""Parts that upper apps add to a household's or a person's page, so that the registry need not know them.

In an app's ``ready()``:

    register_panel("household", _("Needs"), "needs/_household.html", context=needs_of_household, order=10)

``context`` is called with the request and the record, after the page has been authorised and its county is open;
what it returns is ``panel`` inside the template. It must not read row by row: the page has a budget of queries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.functional import Promise

RecordKind = Literal["household", "person"]
PanelContext = Callable[[HttpRequest, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Panel:
    """A part of a page: its title, its template and what fills it."""

    record_kind: RecordKind
    title: str | Promise
    template: str
    context: PanelContext
    order: int


@dataclass(frozen=True)
class FilledPanel:
    """A panel for one record."""

    title: str | Promise
    template: str
    content: Mapping[str, Any]


_panels: list[Panel] = []


def register_panel(
    record_kind: RecordKind, title: str | Promise, template: str, *, context: PanelContext, order: int = 100
) -> None:
    """Show ``template`` on every page of that kind; lower ``order`` stands higher."""
    _panels.append(Panel(record_kind, title, template, context, order))


def panels_of(record_kind: RecordKind, request: HttpRequest, record: object) -> list[FilledPanel]:
    """The panels of one record, filled, in order."""
    wanted = sorted((panel for panel in _panels if panel.record_kind == record_kind), key=lambda panel: panel.order)
    return [FilledPanel(panel.title, panel.template, panel.context(request, record)) for panel in wanted]
