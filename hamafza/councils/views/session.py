"""The table of the secretary while the council sits: who is there, what is said, what is resolved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.steps import WRONG, pk_of, pressed, sent
from hamafza.councils.choices import MeetingState as M, Presence, ResolutionState as R
from hamafza.councils.commands.session import (
    adjourn,
    defer,
    note,
    open_session,
    propose,
    record_presence,
    vote,
    write_outcome,
)
from hamafza.councils.flow import HERE
from hamafza.councils.forms.council import ItemForm
from hamafza.councils.forms.meeting import (
    DeputyForm,
    EndSessionForm,
    NoteForm,
    OutcomeForm,
    ProposeForm,
    ReasonForm,
    VoteForm,
)
from hamafza.councils.models import AgendaItem, Attendance, Meeting, Resolution, SeatHolding
from hamafza.councils.queries.councils import backlog_of
from hamafza.councils.queries.meetings import agenda_of, attendances_of, meeting_of
from hamafza.councils.queries.resolutions import followed_up
from hamafza.councils.queries.seats import deputies_of
from hamafza.councils.views.meetings import BACKLOG_SHOWN, FOLLOWED_SHOWN, head_of, more_than
from hamafza.councils.views.rows import resolution_rows
from hamafza.councils.words import PRESENCE_TONES, quorum_of

#: One tap each; a deputy needs a name besides.
TAPS = (Presence.PRESENT, Presence.LATE, Presence.EXCUSED, Presence.ABSENT)


@require_safe
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    if meeting.state not in {M.INVITED, M.IN_SESSION}:
        return redirect("councils:meeting-record", pk=meeting.pk)
    return session_page(request, meeting)


@require_POST
def session_presence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One tap: ``presence`` says which; with a deputy comes ``deputy_holding``, or a name."""
    row = load(request, Attendance, pk, may=Permission.KEEP_COUNCILS)
    asked = request.POST.get("presence", "")
    back = f"{_session(row.meeting)}#seat-{row.pk}"
    if asked == Presence.DEPUTY and (chosen := request.POST.get("deputy_holding")):
        deputy = deputies_of(row.meeting).get(row.seat_id)
        if deputy is None or deputy.pk != pk_of(chosen):
            return redirect(back)
        return pressed(
            request,
            lambda: record_presence(row, Presence.DEPUTY, deputy_holding=deputy, by=actor_of(request)),
            "",
            back=back,
        )
    if asked == Presence.DEPUTY:
        form = DeputyForm(request.POST, auto_id=f"deputy_{row.pk}_%s")
        return sent(
            request,
            form,
            lambda: record_presence(row, Presence.DEPUTY, **form.cleaned_data, by=actor_of(request)),
            "",
            back=back,
            again=lambda: session_page(request, row.meeting, {f"deputy-{row.pk}": form}),
        )
    if asked not in TAPS:
        return redirect(back)
    return pressed(request, lambda: record_presence(row, Presence(asked), by=actor_of(request)), "", back=back)


@require_POST
def session_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    return pressed(request, lambda: open_session(meeting, by=actor_of(request)), "", back=_session(meeting))


@require_POST
def session_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    form = EndSessionForm(request.POST, auto_id="end_%s")
    return sent(
        request,
        form,
        lambda: adjourn(meeting, **form.cleaned_data, by=actor_of(request)),
        _("The session is over. What was not dealt with comes back at the next one."),
        back=reverse("councils:minutes", args=[meeting.pk]),
        again=lambda: session_page(request, meeting, {"end": form}),
    )


@require_POST
def session_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    form = NoteForm(request.POST, auto_id="note_%s", meeting=meeting)
    return sent(
        request, form, lambda: note(meeting, **form.note(), by=actor_of(request)), _("It is noted."), back=f"{_session(meeting)}#notes",
        again=lambda: session_page(request, meeting, {"note": form}),
    )  # fmt: skip


@require_POST
def item_outcome(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = load(request, AgendaItem, pk, may=Permission.KEEP_COUNCILS)
    meeting = meeting_of(item)
    if meeting is None:
        raise Http404
    form = OutcomeForm(request.POST, auto_id=f"outcome_{item.pk}_%s")
    in_session = meeting.state == M.IN_SESSION
    back = f"{_session(meeting)}#item-{item.pk}" if in_session else reverse("councils:minutes", args=[meeting.pk])
    return sent(
        request,
        form,
        lambda: write_outcome(item, **form.cleaned_data, by=actor_of(request)),
        _("It is written down."),
        back=back,
        again=lambda: session_page(request, meeting, {f"outcome-{item.pk}": form}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = load(request, AgendaItem, pk, may=Permission.KEEP_COUNCILS)
    meeting = meeting_of(item)
    if meeting is None:
        raise Http404
    form = ProposeForm(request.POST or None, council=item.council, initial={"title": item.title})

    def page() -> HttpResponse:
        context = {"form": form, "item": item, "meeting": meeting, "cancel_url": _session(meeting)}
        return render(request, "councils/resolution_propose.html", context, status=WRONG if form.errors else None)

    if request.method != "POST":
        return page()
    return sent(
        request,
        form,
        lambda: propose(item, **form.resolution(), by=actor_of(request), key=form.cleaned_data["key"]),
        _("It is proposed. Now the vote."),
        back=f"{_session(meeting)}#item-{item.pk}",
        again=page,
    )


@require_POST
def resolution_vote(request: HttpRequest, pk: UUID) -> HttpResponse:
    resolution = load(request, Resolution, pk, may=Permission.KEEP_COUNCILS)
    form = VoteForm(request.POST, auto_id=f"vote_{resolution.pk}_%s")
    return sent(
        request,
        form,
        lambda: vote(resolution, form.votes(), by=actor_of(request)),
        _("The vote is written down."),
        back=f"{_session(resolution.meeting)}#item-{resolution.item_id}",
        again=lambda: session_page(request, resolution.meeting, {f"vote-{resolution.pk}": form}),
    )


@require_POST
def resolution_defer(request: HttpRequest, pk: UUID) -> HttpResponse:
    resolution = load(request, Resolution, pk, may=Permission.KEEP_COUNCILS)
    form = ReasonForm(request.POST, auto_id=f"defer_{resolution.pk}_%s")
    return sent(
        request,
        form,
        lambda: defer(resolution, **form.cleaned_data, by=actor_of(request)),
        _("It is deferred."),
        back=f"{_session(resolution.meeting)}#item-{resolution.item_id}",
        again=lambda: session_page(request, resolution.meeting, {f"defer-{resolution.pk}": form}),
    )


def session_page(request: HttpRequest, meeting: Meeting, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    """``bound`` are forms that were sent and are wrong, by their name and the row they belong to."""
    bound = bound or {}
    attendances, deputies = attendances_of(meeting), deputies_of(meeting)
    in_session = meeting.state == M.IN_SESSION
    backlog = backlog_of(meeting.council)
    context: dict[str, Any] = {
        **head_of(request, meeting, tab="session"),
        "in_session": in_session,
        "quorum": quorum_of(meeting, attendances),
        "seats": [_seat(one, deputies.get(one.seat_id), bound) for one in attendances],
        "items": _items(meeting, bound) if in_session else [],
        "notes": meeting.notes.order_by("at", "id"),
        "note_form": bound.get("note", NoteForm(auto_id="note_%s", meeting=meeting)),
        "end_form": bound.get("end", EndSessionForm(auto_id="end_%s")),
        "item_form": ItemForm(
            place=meeting.place_id, auto_id="item_%s", initial={"visibility": meeting.council.visibility}
        ),
        "backlog": list(backlog[:BACKLOG_SHOWN]) if in_session else [],
        "backlog_more": more_than(backlog, BACKLOG_SHOWN) if in_session else 0,
        "unclosed_more": more_than(followed_up(meeting), FOLLOWED_SHOWN) if in_session else 0,
        "wrong": next((form for form in bound.values() if form.errors), None),
    }
    return render(request, "councils/session.html", context, status=WRONG if bound else None)


def _seat(one: Attendance, deputy: SeatHolding | None, bound: dict[str, forms.Form]) -> dict[str, Any]:
    return {
        "row": one,
        "taps": [(tap.value, tap.label) for tap in TAPS if one.holding_id or tap not in HERE],
        "deputy": deputy,
        "tone": PRESENCE_TONES[one.presence],
        "deputy_form": bound.get(f"deputy-{one.pk}", DeputyForm(auto_id=f"deputy_{one.pk}_%s")),
        "is_wrong": f"deputy-{one.pk}" in bound,
    }


def _items(meeting: Meeting, bound: dict[str, forms.Form]) -> list[dict[str, Any]]:
    """Each matter with what was said and resolved on it."""
    rows = resolution_rows(meeting.resolutions.select_related("meeting").order_by("number", "id"))
    followed = resolution_rows(followed_up(meeting)[:FOLLOWED_SHOWN])
    found = []
    for item in agenda_of(meeting):
        said = {"outcome": item.outcome, "is_done": item.is_done}
        empty = OutcomeForm(initial=said, auto_id=f"outcome_{item.pk}_%s")
        found.append(
            {
                "item": item,
                "form": bound.get(f"outcome-{item.pk}", empty),
                "resolutions": [_resolution(row, bound) for row in rows if row.resolution.item_id == item.pk],
                "follow_up": followed if item.kind == "follow_up" else [],
            }
        )
    return found


def _resolution(row: Any, bound: dict[str, forms.Form]) -> dict[str, Any]:
    waits = row.resolution.state == R.PROPOSED
    return {
        "row": row,
        "vote_form": bound.get(f"vote-{row.pk}", VoteForm(auto_id=f"vote_{row.pk}_%s")) if waits else None,
        "defer_form": bound.get(f"defer-{row.pk}", ReasonForm(auto_id=f"defer_{row.pk}_%s")) if waits else None,
        "defer_is_wrong": f"defer-{row.pk}" in bound,
    }


def _session(meeting: Meeting) -> str:
    return reverse("councils:session", args=[meeting.pk])
