"""Programmes: those of all bodies for a period side by side, mine, and one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.actor import Actor
from hamafza.commitments.commands.programme import write_programme
from hamafza.commitments.division_admission import admit_together, places_together
from hamafza.commitments.models import Programme
from hamafza.commitments.programme_admission import load_programme
from hamafza.commitments.programme_forms import BoardFilter, ChangeForm, ItemForm, ProgrammeForm
from hamafza.commitments.queries.division import fields_in_use, places_titled
from hamafza.commitments.queries.programme import (
    board_of,
    items_of,
    periods_told,
    programmes_of,
    versions_of,
)
from hamafza.commitments.queries.programme_writers import bodies_written_for
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.parts import more_url
from hamafza.core.refusals import show_refusal

UNPROCESSABLE = 422
PAGE = 50
#: Pairs that are named one by one; the rest is counted.
MOST_MEETINGS = 30


@require_safe
def programme_board(request: HttpRequest) -> HttpResponse:
    """What all bodies plan for a period, by field, with what meets and what nobody plans for."""
    actor, place = admit_together(request)
    form = BoardFilter({**request.GET.dict(), "place": place}, fields=fields_in_use(), told=periods_told(place))
    period, field = form.asked()
    board = board_of(place, period, field=field)
    context = {
        **_place(actor, place),
        "period": period,
        "following": period.following,
        "board": board,
        "meetings": board.meetings[:MOST_MEETINGS],
        "meetings_left": max(0, len(board.meetings) - MOST_MEETINGS),
        "filter_form": form,
        "filters": form.shown(request),
        "clear_url": f"?place={place}",
        "may_write": bodies_written_for(actor, place).exists(),
    }
    return render(request, "commitments/programme_board.html", context)


@require_safe
def programme_mine(request: HttpRequest) -> HttpResponse:
    """What my body plans; for the secretary, what she writes down for bodies without users."""
    actor, place = admit_together(request)
    bodies = list(bodies_written_for(actor, place))
    if not bodies:
        raise Http404
    start = _start(request)
    shown = list(programmes_of([body.pk for body in bodies], place)[start : start + PAGE + 1])
    context = {
        **_place(actor, place),
        "bodies": bodies,
        "rows": shown[:PAGE],
        "more_url": more_url(request.GET, start + PAGE) if len(shown) > PAGE else "",
        "today": clock.today(),
    }
    return render(request, "commitments/programme_mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_create(request: HttpRequest) -> HttpResponse:
    actor, place = admit_together(request)
    bodies = bodies_written_for(actor, place)
    if not bodies.exists():
        raise Http404
    form = ProgrammeForm(request.POST or None, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = write_programme(
                place, organization=said["organization"], period=form.chosen_period(), by=actor, key=said["key"]
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The draft is made. Write what will be done, then publish it."))
            return redirect("commitments:programme-record", pk=made.pk)
    context = {
        **_place(actor, place),
        "form": form,
        "cancel_url": f"{reverse('commitments:programme-mine')}?place={place}",
    }
    return render(request, "commitments/programme_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def programme_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    held, writes = load_programme(request, pk)
    return programme_page(request, held, writes=writes)


def programme_page(request: HttpRequest, held: Programme, *, writes: bool, **forms: Any) -> HttpResponse:
    """One version with its items; with a form that was wrong, shown again as it was sent."""
    versions = [one for one in versions_of(held) if writes or not one.is_draft]
    newest, today = versions[0], clock.today()
    is_over = held.ends_on < today
    context = {
        "held": held,
        "period": held.period_kept,
        "items": list(items_of(held)),
        "versions": versions,
        "newest": newest,
        "writes": writes,
        "is_over": is_over,
        "has_begun": held.starts_on <= today,
        "item_form": ItemForm(programme=held) if writes and held.is_draft else None,
        "change_form": ChangeForm() if writes and not held.is_draft and newest == held and not is_over else None,
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "commitments/programme_record.html", context, status=UNPROCESSABLE if wrong else 200)


def _place(actor: Actor, place: str) -> dict[str, object]:
    places = {one.code: one for one in places_titled(places_together(actor))}
    return {"place": place, "place_name": places[place].title, "places": list(places.values())}


def _start(request: HttpRequest) -> int:
    after = request.GET.get("after", "")
    return int(after) if after.isdecimal() and len(after) < 7 else 0
