"""The place in a list that is ordered by Persian name: ``?after=<sort key>.<id>``."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from hamafza.accounts.models import Organization, User
from hamafza.accounts.queries.people import After
from hamafza.core import parts

PAGE = 50


def after(request: HttpRequest) -> After | None:
    """Where the last page ended; None for the first page and for nonsense."""
    name, _dot, pk = request.GET.get("after", "").rpartition(".")
    try:
        return After(name, UUID(pk))
    except ValueError:
        return None


def more_url(request: HttpRequest, rows: list[User] | list[Organization]) -> str:
    """The next page, when one row more than a page was read; that row is taken out."""
    if len(rows) <= PAGE:
        return ""
    rows.pop()
    last = rows[-1]
    return parts.more_url(request.GET, f"{last.sort_key}.{last.pk}")
