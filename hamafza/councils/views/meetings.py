"""A meeting before its day: plan it, lay its agenda, invite, move it, call it off; and the paper and calendar file of the invitation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import wording
from hamafza.core.parts import Fact, Tab
from hamafza.core.steps import WRONG, pk_of, pressed, sent
from hamafza.councils.admission import load_meeting
from hamafza.councils.choices import ItemKind, MeetingState as M, Visibility
from hamafza.councils.commands.agenda import add_item, put_back, take_up
from hamafza.councils.commands.meetings import cancel_meeting, invite, move_meeting, plan_series
from hamafza.councils.flow import BEFORE_SESSION, OVER
from hamafza.councils.forms.council import ItemForm
from hamafza.councils.forms.meeting import AppointmentForm, MeetingForm, ReasonForm
from hamafza.councils.models import AgendaItem, Council, Meeting
from hamafza.councils.papers import quorum_sentence
from hamafza.councils.queries.councils import backlog_of
from hamafza.councils.queries.meetings import agenda_of, attendances_of, has_seat
from hamafza.councils.queries.resolutions import followed_up
from hamafza.councils.rules import may_keep, may_see
from hamafza.councils.views.rows import resolution_rows
from hamafza.councils.words import MEETING_TONES, PRESENCE_TONES, meeting_hours, meeting_title, next_step, number_of

BACKLOG_SHOWN = 30
FOLLOWED_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    council = load(request, Council, pk, may=Permission.KEEP_COUNCILS)
    form = MeetingForm(request.POST or None, initial=_last_time(council))

    def page() -> HttpResponse:
        cancel = reverse("councils:council-record", args=[council.pk])
        context = {"form": form, "council": council, "cancel_url": cancel}
        return render(request, "councils/meeting_form.html", context, status=WRONG if form.errors else None)

    if request.method != "POST":
        return page()

    def plan() -> None:
        said = form.cleaned_data
        plan_series(
            council, form.appointment(), every_weeks=said["every_weeks"], times=said["times"], by=actor_of(request),
            key=said["key"],
        )  # fmt: skip

    done = _("It is planned. Lay its agenda, then invite.")
    return sent(request, form, plan, done, back=reverse("councils:meeting-list", args=[council.pk]), again=page)


@require_safe
def meeting_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    return meeting_page(request, load_meeting(request, pk))


@require_POST
def agenda_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    form = ItemForm(request.POST, place=meeting.place_id, auto_id="item_%s")
    return sent(
        request,
        form,
        lambda: add_item(meeting.council, meeting=meeting, **form.item(), by=actor_of(request)),
        _("It is on the agenda."),
        back=_back(request, meeting),
        again=lambda: meeting_page(request, meeting, item_form=form),
    )


@require_POST
def agenda_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = load(request, AgendaItem, pk, may=Permission.KEEP_COUNCILS)
    asked = pk_of(request.POST.get("meeting"))
    meeting = item.council.meetings.filter(pk=asked).first() if asked else None
    if meeting is None:
        return redirect("councils:council-record", pk=item.council_id)
    taken = _("It is on the agenda.")
    return pressed(request, lambda: take_up(item, meeting, by=actor_of(request)), taken, back=_back(request, meeting))


@require_POST
def agenda_put_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = load(request, AgendaItem, pk, may=Permission.KEEP_COUNCILS)
    back = _back(request, item.meeting) if item.meeting else reverse("councils:council-record", args=[item.council_id])
    return pressed(request, lambda: put_back(item, by=actor_of(request)), _("It waits in the backlog."), back=back)


@require_POST
def meeting_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    said = _("They are invited. Send the paper and the calendar file to those who do not sign in.")
    return pressed(request, lambda: invite(meeting, by=actor_of(request)), said, back=_back(request, meeting))


@require_POST
def meeting_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    form = AppointmentForm(request.POST, auto_id="move_%s")
    return sent(
        request,
        form,
        lambda: move_meeting(meeting, form.appointment(), by=actor_of(request)),
        _("It is moved. Those who were invited and can be reached are told."),
        back=_back(request, meeting),
        again=lambda: meeting_page(request, meeting, move_form=form),
    )


@require_POST
def meeting_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    form = ReasonForm(request.POST, auto_id="cancel_%s")
    return sent(
        request,
        form,
        lambda: cancel_meeting(meeting, **form.cleaned_data, by=actor_of(request)),
        _("It is called off. Its matters wait in the backlog."),
        back=_back(request, meeting),
        again=lambda: meeting_page(request, meeting, cancel_form=form),
    )


def meeting_page(request: HttpRequest, meeting: Meeting, **bound: forms.Form) -> HttpResponse:
    """``bound`` are forms that were sent and are wrong, by their name in the page."""
    actor = actor_of(request)
    keeps = may_keep(actor, meeting.place_id)
    reads_closed = keeps or has_seat(meeting, actor.user_id)
    before = meeting.state in BEFORE_SESSION
    attendances = attendances_of(meeting)
    unclosed = followed_up(meeting)
    if not reads_closed:
        unclosed = unclosed.exclude(visibility=Visibility.CLOSED).exclude(item__visibility=Visibility.CLOSED)
    backlog = backlog_of(meeting.council)
    empty_item = ItemForm(
        place=meeting.place_id, auto_id="item_%s", initial={"visibility": meeting.council.visibility}
    )  # fmt: skip
    context: dict[str, Any] = {
        **head_of(request, meeting, tab="record"),
        "facts": _facts(meeting),
        "items": [_item(item, reads_closed=reads_closed, may_return=keeps and before) for item in agenda_of(meeting)],
        "attendances": [(one, PRESENCE_TONES[one.presence]) for one in attendances],
        "unclosed": resolution_rows(unclosed[:FOLLOWED_SHOWN]) if before else [],
        "unclosed_more": more_than(unclosed, FOLLOWED_SHOWN) if before else 0,
        "resolutions": resolution_rows(
            one
            for one in meeting.resolutions.select_related("meeting").order_by("number", "id")
            if reads_closed or one.visibility != Visibility.CLOSED
        ),
        "may_keep": keeps,
        "may_invite": keeps and meeting.state == M.PLANNED,
        "is_invited": meeting.number is not None,
        "backlog": list(backlog[:BACKLOG_SHOWN]) if keeps and before else [],
        "backlog_more": more_than(backlog, BACKLOG_SHOWN) if keeps and before else 0,
        "item_form": empty_item if keeps and before else None,
        "move_form": _move_form(meeting) if keeps and before else None,
        "cancel_form": ReasonForm(auto_id="cancel_%s") if keeps and before else None,
        **bound,
    }
    wrong = any(form.errors for form in bound.values())
    return render(request, "councils/meeting_record.html", context, status=WRONG if wrong else None)


def more_than(found: QuerySet[Any], shown: int) -> int:
    """How many are not on the page."""
    return max(found.count() - shown, 0)


def head_of(request: HttpRequest, meeting: Meeting, *, tab: str) -> dict[str, Any]:
    """What the head of each page of a meeting shows."""
    pages = [("record", "meeting-record", _("Meeting"), "calendar-event")]
    if may_keep(actor_of(request), meeting.place_id) and meeting.state in {M.INVITED, M.IN_SESSION}:
        pages.append(("session", "session", _("Session"), "users-group"))
    if meeting.state in OVER:
        pages.append(("minutes", "minutes", _("Minutes"), "file-text"))
    return {
        "meeting": meeting,
        "council": meeting.council,
        "may_see": may_see(actor_of(request), meeting.place_id),
        "title": meeting_title(meeting),
        "number": number_of(meeting),
        "hours": meeting_hours(meeting),
        "state": str(M(meeting.state).label),
        "tone": MEETING_TONES[meeting.state],
        "next": next_step(meeting),
        "tabs": [
            Tab(label, reverse(f"councils:{url}", args=[meeting.pk]), current=name == tab, icon=icon)
            for name, url, label, icon in pages
        ],
    }


def _item(item: AgendaItem, *, reads_closed: bool, may_return: bool) -> dict[str, Any]:
    """A closed matter is told to its keepers and its council alone."""
    hidden = item.visibility == Visibility.CLOSED and not reads_closed
    return {
        "pk": item.pk,
        "title": _("Closed matter") if hidden else item.title,
        "text": "" if hidden else item.text,
        "outcome": "" if hidden else item.outcome,
        "kind": ItemKind(item.kind).label,
        "submitter": "" if hidden or item.submitter is None else item.submitter.name,
        "minutes": item.minutes,
        "is_closed": item.visibility == Visibility.CLOSED,
        "is_done": item.is_done,
        "is_carried": item.carried_from_id is not None,
        "is_follow_up": item.kind == ItemKind.FOLLOW_UP,
        "may_return": may_return and item.kind != ItemKind.FOLLOW_UP,
    }


def _facts(meeting: Meeting) -> list[Fact]:
    return [
        Fact(_("Day"), wording.weekday_date(meeting.on)),
        Fact(_("Time"), meeting_hours(meeting)),
        Fact(_("Where"), meeting.venue),
        Fact(_("Subject"), meeting.subject),
        *([Fact(_("Quorum"), quorum_sentence(meeting))] if meeting.quorum_needed else []),
    ]


def _move_form(meeting: Meeting) -> AppointmentForm:
    as_it_is = {name: getattr(meeting, name) for name in ("on", "starts_at", "ends_at", "venue", "subject")}
    return AppointmentForm(initial=as_it_is, auto_id="move_%s")


def _last_time(council: Council) -> dict[str, Any]:
    """A council mostly meets where and when it met before."""
    last = council.meetings.order_by("-on").first()
    return {"venue": last.venue, "starts_at": last.starts_at, "ends_at": last.ends_at} if last else {}


def _back(request: HttpRequest, meeting: Meeting) -> str:
    """To the page of the meeting, or to its session when that is where the button stood."""
    page = "session" if meeting.state == M.IN_SESSION else "meeting-record"
    return reverse(f"councils:{page}", args=[meeting.pk])
