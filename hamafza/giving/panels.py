"""Parts that each noun of giving adds to a benefactor's page: promises, gifts, what became of them.

In `menu.py`:

    register_benefactor_panel(_("Promises"), "giving/_pledges_panel.html", context=pledges_panel, key="promises", order=20)

``context`` is called with the request and the benefactor, after the page has been authorised and its county is open;
what it returns is ``panel`` inside the template. ``count`` says how many there are, for the tab. Neither may read row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from hamafza.giving.models import Benefactor

PanelContext = Callable[[HttpRequest, Benefactor], Mapping[str, Any]]
PanelCount = Callable[[Benefactor], int]


@dataclass(frozen=True)
class Panel:
    """A tab of a benefactor's page; ``key`` is its word in the address."""

    key: str
    title: str | Promise
    template: str
    context: PanelContext
    count: PanelCount | None
    order: int


_panels: list[Panel] = []


def register_benefactor_panel(
    title: str | Promise,
    template: str,
    *,
    context: PanelContext,
    key: str,
    count: PanelCount | None = None,
    order: int = 100,
) -> None:
    """A tab on every benefactor's page; lower ``order`` stands nearer to the first."""
    _panels.append(Panel(key, title, template, context, count, order))


def benefactor_panels() -> list[Panel]:
    """All tabs in order."""
    return sorted(_panels, key=lambda panel: panel.order)
