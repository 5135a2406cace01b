"""Letters of a county."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hamafza.trace.models import Letter


def letters_of(county: str, *, kind: str = "") -> QuerySet[Letter]:
    """The newest first; the county must be open."""
    found = Letter.objects.filter(county_id=county).select_related("signed_by").order_by("-id")
    return found.filter(kind=kind) if kind else found


def after(letters: QuerySet[Letter], place: str) -> QuerySet[Letter]:
    """Those behind a letter; a place nobody made gives the whole list."""
    try:
        return letters.filter(pk__lt=UUID(place))
    except ValueError:
        return letters
