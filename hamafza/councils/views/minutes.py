"""Minutes of a meeting in their phases: draft, remarks, final, signatures, corrections, published."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock
from hamafza.core.parts import Export
from hamafza.core.steps import WRONG, pk_of, pressed, sent
from hamafza.councils.admission import load_meeting
from hamafza.councils.choices import ItemKind, MeetingState as M, MinutesPhase, Presence, ResolutionState
from hamafza.councils.commands.minutes import (
    correct,
    draft_minutes,
    finish_minutes,
    publish,
    remark,
    send_for_review,
    sign,
)
from hamafza.councils.flow import HERE, OVER
from hamafza.councils.forms.meeting import CorrectionForm, OutcomeForm, RemarkForm, ReviewForm
from hamafza.councils.models import Attendance, Meeting, Minutes
from hamafza.councils.queries.meetings import agenda_of, attendances_of, has_seat, rows_of
from hamafza.councils.queries.minutes import corrigenda_told, minutes_shown, told_outside
from hamafza.councils.rules import may_keep
from hamafza.councils.views.meetings import head_of
from hamafza.councils.words import said_votes


@require_safe
def minutes(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load_meeting(request, pk)
    if meeting.state not in OVER:
        raise Http404
    return _page(request, meeting)


@require_POST
def minutes_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    return pressed(
        request, lambda: draft_minutes(meeting, by=actor_of(request)),
        _("The draft is written from what was recorded. Read it, then send it to those who were there."),
        back=_back(meeting),
    )  # fmt: skip


@require_POST
def minutes_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    form = ReviewForm(request.POST, auto_id="review_%s")
    return sent(
        request, form, lambda: send_for_review(meeting, **form.cleaned_data, by=actor_of(request)),
        _("Those who were there can read it and write their remarks."),
        back=_back(meeting), again=lambda: _page(request, meeting, review_form=form),
    )  # fmt: skip


@require_POST
def minutes_remark(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load_meeting(request, pk)
    actor = actor_of(request)
    shown = minutes_shown(meeting, actor)
    if shown is None or not _reads(meeting, actor):
        raise Http404
    form = RemarkForm(request.POST, auto_id="remark_%s")
    return sent(
        request, form, lambda: remark(shown, **form.cleaned_data, by=actor), _("Thank you. Your remark is written down."),
        back=_back(meeting), again=lambda: _page(request, meeting, remark_form=form),
    )  # fmt: skip


@require_POST
def minutes_final(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    return pressed(
        request, lambda: finish_minutes(meeting, by=actor_of(request)),
        _("The minutes are final. Have them signed."), back=_back(meeting),
    )  # fmt: skip


@require_POST
def minutes_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    said = _("Whoever sees councils here can read the minutes now, without what is closed.")
    return pressed(request, lambda: publish(meeting, by=actor_of(request)), said, back=_back(meeting))


@require_POST
def minutes_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Her own name, or by the keeper for whoever signed on paper."""
    meeting = load_meeting(request, pk)
    actor = actor_of(request)
    final = meeting.minutes_written.filter(phase=MinutesPhase.FINAL).first()
    row = attendances(meeting).filter(pk=pk_of(request.POST.get("seat"))).first()
    keeps = may_keep(actor, meeting.place_id)
    if final is None or not (keeps or (row is not None and _is_own(row, actor))):
        raise Http404
    if row is None:
        return redirect(_back(meeting))
    return pressed(request, lambda: sign(final, row, by=actor), _("It is signed."), back=_back(meeting))


@require_POST
def minutes_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = load(request, Meeting, pk, may=Permission.KEEP_COUNCILS)
    final = meeting.minutes_written.filter(phase=MinutesPhase.FINAL).first()
    if final is None:
        raise Http404
    form = CorrectionForm(request.POST, auto_id="correct_%s", council=meeting.council)
    return sent(
        request, form, lambda: correct(final, **form.cleaned_data, by=actor_of(request)),
        _("The correction stands beside the minutes."),
        back=_back(meeting), again=lambda: _page(request, meeting, correct_form=form),
    )  # fmt: skip


def attendances(meeting: Meeting) -> Any:
    return meeting.attendances.select_related("seat", "holding", "deputy_holding")


def _page(request: HttpRequest, meeting: Meeting, **bound: forms.Form) -> HttpResponse:
    actor = actor_of(request)
    keeps = may_keep(actor, meeting.place_id)
    shown = minutes_shown(meeting, actor)
    if shown is None and not keeps:
        raise Http404
    is_open = meeting.review_until is None or meeting.review_until >= clock.today()
    is_draft = meeting.state == M.MINUTES_DRAFT
    is_final = shown is not None and shown.phase == MinutesPhase.FINAL
    context: dict[str, Any] = {
        **head_of(request, meeting, tab="minutes"),
        "minutes": shown,
        "said": _said(meeting, shown, actor) if shown else None,
        "remarks": shown.remarks.select_related("by").order_by("at") if shown else [],
        "earlier_remarks": _earlier_remarks(meeting, shown) if keeps else [],
        "corrigenda": corrigenda_told(shown, closed=_reads_closed(meeting, actor)) if shown else [],
        "signing": _signing(meeting, shown, actor, keeps=keeps) if shown and is_final else [],
        "outcomes": _outcomes(meeting) if keeps and (is_draft or meeting.state == M.ADJOURNED) else [],
        "may_keep": keeps,
        "may_draft": keeps and meeting.state in {M.ADJOURNED, M.MINUTES_DRAFT, M.MINUTES_REVIEW},
        "may_finish": keeps and meeting.state == M.MINUTES_REVIEW,
        "may_publish": keeps and meeting.state == M.MINUTES_FINAL,
        "review_form": ReviewForm(auto_id="review_%s") if keeps and is_draft else None,
        "remark_form": RemarkForm(auto_id="remark_%s") if _reads(meeting, actor) and is_open else None,
        "correct_form": CorrectionForm(auto_id="correct_%s", council=meeting.council) if keeps and is_final else None,
        "exports": _exports(meeting) if shown else [],
        **bound,
    }
    wrong = any(form.errors for form in bound.values())
    return render(request, "councils/minutes.html", context, status=WRONG if wrong else None)


def _said(meeting: Meeting, shown: Minutes, actor: Actor) -> dict[str, Any]:
    """The text with its codes in words; without what is closed, for whoever has no seat and does not keep it."""
    said = json.loads(shown.text)
    if not _reads_closed(meeting, actor):
        said = told_outside(said)
    for one in said["attendance"]:
        one["presence_label"] = Presence(one["presence"]).label
        one["is_here"] = one["presence"] in HERE
    for item in said["items"]:
        item["kind_label"] = ItemKind(item["kind"]).label
        for one in item["resolutions"]:
            one["state_label"] = ResolutionState(one["state"]).label
            one["votes"] = said_votes(
                one["in_favour"], one["against"], one["abstained"], by_consensus=one["by_consensus"]
            )  # fmt: skip
            for owed in one["commitments"]:
                owed["due"] = date.fromisoformat(owed["due_on"])
    return {**said, "day": date.fromisoformat(said["on"])}


def _reads_closed(meeting: Meeting, actor: Actor) -> bool:
    return may_keep(actor, meeting.place_id) or has_seat(meeting, actor.user_id)


def _earlier_remarks(meeting: Meeting, shown: Minutes | None) -> Any:
    """On the versions before: what the new draft answers."""
    found = [one for one in meeting.minutes_written.prefetch_related("remarks__by") if shown and one.pk != shown.pk]
    return [one for version in found for one in version.remarks.all()]


def _signing(meeting: Meeting, shown: Minutes, actor: Actor, *, keeps: bool) -> list[dict[str, Any]]:
    signed = {one.attendance_id: one for one in shown.signatures.all()}
    return [
        {
            "row": one,
            "signature": signed.get(one.pk),
            "may_sign": one.pk not in signed and (keeps or _is_own(one, actor)),
        }
        for one in attendances_of(meeting)
        if one.presence in HERE
    ]


def _outcomes(meeting: Meeting) -> list[tuple[Any, OutcomeForm]]:
    return [
        (
            item,
            OutcomeForm(initial={"outcome": item.outcome, "is_done": item.is_done}, auto_id=f"outcome_{item.pk}_%s"),
        )
        for item in agenda_of(meeting)
    ]


def _reads(meeting: Meeting, actor: Actor) -> bool:
    """Whoever was there, while it lies open."""
    if meeting.state != M.MINUTES_REVIEW or actor.user_id is None:
        return False
    was_there = rows_of(actor.user_id).filter(meeting=meeting, presence__in=sorted(HERE)).exists()
    return was_there or may_keep(actor, meeting.place_id)


def _is_own(row: Attendance, actor: Actor) -> bool:
    sat = row.attendee
    return sat is not None and sat.user_id is not None and sat.user_id == actor.user_id


def _exports(meeting: Meeting) -> list[Export]:
    return [
        Export(_("PDF"), reverse("councils:minutes-file", args=[meeting.pk, "pdf"]), "file-text"),
        Export(_("Word"), reverse("councils:minutes-file", args=[meeting.pk, "docx"]), "file"),
    ]


def _back(meeting: Meeting) -> str:
    return reverse("councils:minutes", args=[meeting.pk])
