"""A resolution after its vote: who owes what under it, how far it is, and its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.commitments.queries.commitments import known
from hamafza.commitments.words import commitment_row
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import Fact
from hamafza.core.steps import WRONG, pressed, sent
from hamafza.councils.choices import ResolutionState as R, Visibility
from hamafza.councils.commands.resolutions import communicate, confirm, lapse, make_commitments, take_up_again
from hamafza.councils.flow import UNCLOSED
from hamafza.councils.forms.meeting import ReasonForm
from hamafza.councils.forms.resolution import MOST, ROWS, owed_rows
from hamafza.councils.models import Resolution
from hamafza.councils.queries.resolutions import commitments_of, implementations
from hamafza.councils.rules import may_hand_out, may_keep
from hamafza.councils.views.rows import resolution_row
from hamafza.councils.words import implementation_words, meeting_title

HISTORY_SHOWN = 30
CONFLICT = 409


@require_safe
def resolution_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Resolution, pk, may=Permission.SEE_COUNCILS)
    is_closed = Visibility.CLOSED in {found.visibility, found.item.visibility}
    if is_closed and not may_keep(actor_of(request), found.place_id):
        raise Http404
    return _page(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_commitments(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who owes what by when: all rows in one click."""
    found = load(request, Resolution, pk, may=Permission.KEEP_COUNCILS)
    actor = actor_of(request)
    if not may_hand_out(actor, found.place_id):
        raise Http404
    rows = owed_rows(request.POST or None, place=found.place_id, rows=_rows(request))
    wrong = WRONG
    if request.method == "POST" and rows.is_valid():
        try:
            make_commitments(
                found, rows.orders(issuer=found.council.secretariat), by=actor, keys=rows.keys()
            )  # fmt: skip
        except Refusal as refusal:
            rows.key_form.add_error(None, refusal.message)
            wrong = CONFLICT if refusal.code == "handed_out" else WRONG
        else:
            messages.success(request, _("They are handed out, and whoever signs in there is told."))
            return redirect("councils:resolution-record", pk=found.pk)
    context = {
        "resolution": found,
        "rows": rows,
        "form": rows.key_form,
        "more": min(MOST, len(rows.forms) + ROWS),
        "cancel_url": reverse("councils:resolution-record", args=[found.pk]),
    }
    return render(request, "councils/resolution_commitments.html", context, status=wrong if rows.is_bound else None)


@require_POST
def resolution_communicate(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Resolution, pk, may=Permission.KEEP_COUNCILS)
    said = _("It is communicated to those who owe something.")
    return pressed(request, lambda: communicate(found, by=actor_of(request)), said, back=_back(found))


@require_POST
def resolution_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Resolution, pk, may=Permission.KEEP_COUNCILS)
    return pressed(
        request, lambda: confirm(found, by=actor_of(request)), _("It is confirmed as executed."), back=_back(found)
    )


@require_POST
def resolution_lapse(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Resolution, pk, may=Permission.KEEP_COUNCILS)
    form = ReasonForm(request.POST, auto_id="lapse_%s")
    return sent(
        request, form, lambda: lapse(found, **form.cleaned_data, by=actor_of(request)), _("It has lapsed."),
        back=_back(found), again=lambda: _page(request, found, lapse_form=form),
    )  # fmt: skip


@require_POST
def resolution_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Resolution, pk, may=Permission.KEEP_COUNCILS)
    form = ReasonForm(request.POST, auto_id="again_%s")
    return sent(
        request, form, lambda: take_up_again(found, **form.cleaned_data, by=actor_of(request)),
        _("It is under way again. Open what is owed under it again."),
        back=_back(found), again=lambda: _page(request, found, again_form=form),
    )  # fmt: skip


def _page(request: HttpRequest, found: Resolution, **bound: forms.Form) -> HttpResponse:
    actor = actor_of(request)
    keeps = may_keep(actor, found.place_id)
    state = implementations([found.pk])[found.pk]
    commitments = known(commitments_of(found), place=found.place_id, to=actor)
    owed = found.state in UNCLOSED and not found.is_declaratory
    context: dict[str, Any] = {
        "resolution": found,
        "row": resolution_row(found, state),
        "meeting_title": meeting_title(found.meeting),
        "next": _next_step(found, state_words=implementation_words(state), has_any=state.all > 0, open_=state.open),
        "facts": _facts(found),
        "commitments": [(commitment_row(one), one.weight) for one in commitments],
        "state": state,
        "lines": history_of(found, limit=HISTORY_SHOWN),
        "may_hand_out": owed and may_hand_out(actor, found.place_id),
        "may_communicate": keeps and found.state == R.ADOPTED and (found.is_declaratory or state.all > 0),
        "may_confirm": keeps and found.state == R.COMMUNICATED and (found.is_declaratory or state.is_executed),
        "lapse_form": ReasonForm(auto_id="lapse_%s") if keeps and found.state in UNCLOSED and not state.open else None,
        "again_form": ReasonForm(auto_id="again_%s") if keeps and found.state == R.CONFIRMED else None,
        **bound,
    }
    wrong = any(form.errors for form in bound.values())
    return render(request, "councils/resolution_record.html", context, status=WRONG if wrong else None)


def _next_step(found: Resolution, *, state_words: str, has_any: bool, open_: int) -> str:
    if found.state == R.ADOPTED and not found.is_declaratory and not has_any:
        return _("Next: say who owes what by when.")
    if found.state == R.ADOPTED:
        return _("Next: communicate it to those it concerns.")
    if found.state == R.COMMUNICATED and not open_:
        return _("Next: confirm that it is executed.")
    if found.state == R.COMMUNICATED:
        return state_words
    return found.state_reason


def _facts(found: Resolution) -> list[Fact]:
    days = [(_("In force from"), found.effective_on), (_("To be looked at on"), found.review_on)]
    return [
        Fact(_("Who may know"), found.get_visibility_display()),
        *([Fact(_("Legal basis"), found.basis)] if found.basis else []),
        *(Fact(label, wording.long_date(day)) for label, day in days if day),
        *([Fact(_("Takes the place of"), found.supersedes.title)] if found.supersedes else []),
        *([Fact(_("Communicated"), wording.long_date(found.communicated_at))] if found.communicated_at else []),
    ]


def _rows(request: HttpRequest) -> int:
    asked = request.GET.get("rows", "")
    return min(MOST, int(asked)) if asked.isdecimal() and len(asked) < 3 and int(asked) else ROWS


def _back(found: Resolution) -> str:
    return reverse("councils:resolution-record", args=[found.pk])
