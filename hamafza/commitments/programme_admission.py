"""Who is let in to one programme: its body at any time, the others when it is published."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from hamafza.accounts.guard import actor_of
from hamafza.commitments.division_admission import places_together
from hamafza.commitments.models import Programme, ProgrammeItem
from hamafza.commitments.programme_rules import may_write
from hamafza.commitments.queries.owners import officers_at
from hamafza.commitments.queries.programme import items_of, programme_named
from hamafza.core.session import Scope, narrow_to


def load_programme(request: HttpRequest, pk: UUID) -> tuple[Programme, bool]:
    """The programme and whether the asker writes it; 404 elsewhere, and for another body's draft."""
    actor = actor_of(request)
    allowed = places_together(actor)
    if not allowed:
        raise Http404
    narrow_to(Scope(frozenset(allowed)))
    held = programme_named(pk)
    if held is None:
        raise Http404
    has_users = officers_at(held.organization_id, held.place_id).exists()
    writes = may_write(actor, held.organization_id, held.place_id, has_users=has_users)
    if held.is_draft and not writes:
        raise Http404
    return held, writes


def load_for_writing(request: HttpRequest, pk: UUID) -> Programme:
    """The programme, for whoever writes it; else 404."""
    held, writes = load_programme(request, pk)
    if not writes:
        raise Http404
    return held


def load_item(request: HttpRequest, pk: UUID, item: UUID) -> ProgrammeItem:
    """One item of a programme, for whoever writes it; else 404."""
    held = load_for_writing(request, pk)
    found = items_of(held).filter(pk=item).first()
    if found is None:
        raise Http404
    found.programme = held
    return found
