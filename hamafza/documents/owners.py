"""Whose papers: each kind of record that may have attachments is registered by its own app, with its rules of access.

`documents` lies below the apps that own the records, so it asks them here:

    # registry/apps.py, ready()
    owners.register(owners.Owner("person", see=may_see_papers, edit=may_edit_papers))

    def may_see_papers(request: HttpRequest, source_id: UUID) -> owners.Record:
        person = load(request, Person, source_id, may=Permission.SEE_CLIENTS)
        return owners.Record(county=person.county_id, title=str(person), url=reverse("registry:person-record", args=[person.pk]))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from hamafza.core.session import current_scope, scope_of


@dataclass(frozen=True, slots=True)
class Record:
    """A record that has papers: its county (a code), what it is called on the page, and its own page."""

    county: str
    title: str
    url: str


#: Answers the record and opens its county (`accounts.guard.load`), or raises `Http404`.
Rule = Callable[[HttpRequest, UUID], Record]


@dataclass(frozen=True, slots=True)
class Owner:
    """One kind of record: ``see`` guards reading its papers, ``edit`` adding and removing them."""

    source_type: str
    see: Rule
    edit: Rule


_owners: dict[str, Owner] = {}


def register(owner: Owner) -> None:
    """Name the rules of one kind of record; called in ``AppConfig.ready()``."""
    _owners[owner.source_type] = owner


def may_see(request: HttpRequest, *, source_type: str, source_id: UUID) -> Record:
    """The record, when the asker may read its papers; else 404."""
    return _owner(source_type).see(request, source_id)


def may_edit(request: HttpRequest, *, source_type: str, source_id: UUID) -> Record:
    """The record, when the asker may add and remove its papers; else 404."""
    return _owner(source_type).edit(request, source_id)


def could_edit(request: HttpRequest, *, source_type: str, source_id: UUID) -> bool:
    """Whether the page offers adding and removing; leaves open the counties that are open now."""
    with scope_of(current_scope()):
        try:
            may_edit(request, source_type=source_type, source_id=source_id)
        except Http404:
            return False
    return True


def _owner(source_type: str) -> Owner:
    owner = _owners.get(source_type)
    if owner is None:
        raise Http404
    return owner
