"""A way on from a row of the list without names, which an upper app offers, so that needs need not know it.

In an app's ``ready()``: ``register_row_link(RowLink(_("Ask about it"), "desk:question-create", permission=..., written=...))``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.needs.queries.anonymous import Cell


@dataclass(frozen=True)
class RowLink:
    """``written`` says in a short text which row it is; whoever has not ``permission`` is not offered it."""

    label: str | Promise
    url_name: str
    permission: Permission
    written: Callable[[Cell], str]

    def url(self, county: str, cell: Cell) -> str:
        return f"{reverse(self.url_name)}?{urlencode({'county': county, 'row': self.written(cell)})}"


_links: list[RowLink] = []


def register_row_link(link: RowLink) -> None:
    """Show it beside every row."""
    _links.append(link)


def row_link_for(actor: Actor, county: str) -> RowLink | None:
    """The one this asker may follow, if there is any."""
    return next((link for link in _links if actor.may(link.permission, county)), None)
