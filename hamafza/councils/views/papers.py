"""What councils hand out: the invitation as PDF, Word and calendar file, the minutes as PDF and Word. In Persian always."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.guard import actor_of
from hamafza.councils.admission import load_meeting
from hamafza.councils.calendar import MIME as CALENDAR, Event, calendar_file
from hamafza.councils.choices import MeetingState, MinutesPhase, Visibility
from hamafza.councils.models import Meeting, Minutes
from hamafza.councils.papers import invitation_paper, minutes_paper, quorum_sentence, written_on
from hamafza.councils.queries.meetings import agenda_of, attendances_of
from hamafza.councils.queries.minutes import corrigenda_told, minutes_shown, told_outside
from hamafza.councils.queries.resolutions import followed_up
from hamafza.councils.words import meeting_title
from hamafza.documents.paper import Paper
from hamafza.documents.pdf import make_pdf, pdf_download
from hamafza.documents.word import MIME as WORD, make_word


@require_safe
def invitation(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    meeting = load_meeting(request, pk)
    if meeting.number is None:
        raise Http404
    name = f"invitation-{meeting.jalali_year}-{meeting.number}"
    with translation.override("fa"):
        if kind == "ics":
            return _download(calendar_file(_event(meeting)), kind=CALENDAR, name=f"{name}.ics")
        paper = invitation_paper(
            meeting, items=agenda_of(meeting), attendances=attendances_of(meeting), unclosed=followed_up(meeting)
        )
        return _paper(paper, kind, name=name)


@require_safe
def minutes_file(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    meeting = load_meeting(request, pk)
    shown = minutes_shown(meeting, actor_of(request))
    if shown is None:
        raise Http404
    with translation.override("fa"):
        return _paper(_minutes(meeting, shown), kind, name=f"minutes-{meeting.jalali_year}-{meeting.number}")


def _minutes(meeting: Meeting, shown: Minutes) -> Paper:
    return minutes_paper(
        told_outside(json.loads(shown.text)),
        title=meeting_title(meeting),
        phase=shown.phase,
        written_on=written_on(shown),
        hash_=shown.hash if shown.phase == MinutesPhase.FINAL else "",
        corrigenda=list(corrigenda_told(shown, closed=False)),
    )


def _event(meeting: Meeting) -> Event:
    """Closed matters are not in it."""
    titles = [item.title for item in agenda_of(meeting) if item.visibility != Visibility.CLOSED]
    agenda = [f"{place}. {title}" for place, title in enumerate(titles, start=1)]
    quorum = _("Quorum: %(quorum)s") % {"quorum": quorum_sentence(meeting)}
    is_cancelled = meeting.state == MeetingState.CANCELLED
    return Event(
        uid=meeting.pk,
        summary=meeting_title(meeting),
        location=meeting.venue,
        description="\n".join([*([meeting.subject] if meeting.subject else []), *agenda, quorum]),
        on=meeting.on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        stamp=meeting.invited_at or meeting.created_at,
        sequence=meeting.version,
        is_cancelled=is_cancelled,
    )


def _paper(paper: Paper, kind: str, *, name: str) -> HttpResponse:
    if kind == "pdf":
        return pdf_download(make_pdf("documents/paper", paper.as_data()), name=name)
    return _download(make_word(paper), kind=WORD, name=f"{name}.docx")


def _download(content: bytes, *, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
