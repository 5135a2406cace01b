"""Councils of a place: the list, a new one, one with its seats and work, and its resolutions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.parts import ActiveFilter, Fact, Tab, active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.core.steps import WRONG, sent
from hamafza.councils.admission import admit_place
from hamafza.councils.commands.agenda import add_item
from hamafza.councils.commands.council import edit_council
from hamafza.councils.commands.seats import found_council
from hamafza.councils.flow import BEFORE_SESSION, UNCLOSED
from hamafza.councils.forms.council import CouncilForm, EditCouncilForm, ItemForm, ResolutionFilterForm
from hamafza.councils.models import Council
from hamafza.councils.queries.councils import (
    Filters,
    backlog_of,
    councils_by,
    meetings_of,
    next_meetings,
    resolutions_by,
    with_figures,
)
from hamafza.councils.queries.seats import sittings_on
from hamafza.councils.rules import may_keep
from hamafza.councils.views.rows import meeting_row, resolution_rows
from hamafza.councils.words import council_standing
from hamafza.needs.forms.conflict import differences
from hamafza.needs.queries.lists import count_capped
from hamafza.places.queries.places import place_title
from hamafza.registry.queries.keyset import cursor_of, rows_after

PAGE = 50
SHOWN = 8
CONFLICT = 409
ENDED = "ended"


@require_safe
def council_list(request: HttpRequest) -> HttpResponse:
    actor, place = admit_place(request, Permission.SEE_COUNCILS)
    ended = request.GET.get("state") == ENDED
    found = councils_by(place, ended=ended)
    shown = list(
        rows_after(with_figures(found), field="name", falling=False, cursor=request.GET.get("after", ""))[: PAGE + 1]
    )
    page = shown[:PAGE]
    coming = next_meetings(page)
    count, capped = count_capped(found)
    context = {
        "place": place,
        "place_name": place_title(place),
        "ended": ended,
        "ended_url": f"?place={place}&state={ENDED}" if not ended and councils_by(place, ended=True).exists() else "",
        "filters": [ActiveFilter(_("State"), _("Ended"), f"?place={place}")] if ended else [],
        "clear_url": f"?place={place}",
        "rows": [{"council": one, "next": coming.get(one.pk)} for one in page],
        "count": count,
        "capped": capped,
        "more_url": more_url(request.GET, cursor_of(page[-1].name, page[-1].pk)) if len(shown) > PAGE else "",
        "may_keep": may_keep(actor, place),
    }
    return render(request, "councils/council_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def council_create(request: HttpRequest) -> HttpResponse:
    actor, place = admit_place(request, Permission.KEEP_COUNCILS)
    form = CouncilForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            made = found_council(place, form.details(), by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The council is founded. Enter its seats now."))
            return redirect("councils:council-record", pk=made.pk)
    context = {
        "form": form,
        "place": place,
        "place_name": place_title(place),
        "cancel_url": f"{reverse('councils:council-list')}?place={place}",
    }
    return render(request, "councils/council_form.html", context, status=WRONG if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def council_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    council = load(request, Council, pk, may=Permission.KEEP_COUNCILS)
    back = reverse("councils:council-record", args=[council.pk])
    form = EditCouncilForm(request.POST or None, council=council)
    context: dict[str, Any] = {"form": form, "council": council, "cancel_url": back}
    status = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            edit_council(
                council, form.details(), active=said["active"], version=said["version"] or 0, by=actor_of(request)
            )  # fmt: skip
        except StaleVersion as stale:
            form = _again(request, council)
            form.add_error(None, stale.message)
            context |= {"form": form, "differences": differences(form, form.initial)}
            status = CONFLICT
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The council is saved."))
            return redirect(back)
    return render(request, "councils/council_edit.html", context, status=status or (WRONG if form.errors else None))


def _again(request: HttpRequest, council: Council) -> EditCouncilForm:
    """What was typed, with the version as it is now: saving again then overwrites knowingly."""
    council.refresh_from_db()
    typed = request.POST.copy()
    typed["version"] = str(council.version)
    form = EditCouncilForm(typed, council=council)
    form.is_valid()
    return form


@require_safe
def council_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    council = load(request, Council, pk, may=Permission.SEE_COUNCILS)
    return _record(request, council)


@require_POST
def item_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    council = load(request, Council, pk, may=Permission.KEEP_COUNCILS)
    form = ItemForm(request.POST, place=council.place_id, auto_id="item_%s")
    return sent(
        request,
        form,
        lambda: add_item(council, **form.item(), by=actor_of(request)),
        _("The matter waits in the backlog."),
        back=reverse("councils:council-record", args=[council.pk]),
        again=lambda: _record(request, council, item_form=form),
    )


@require_safe
def resolution_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    council = load(request, Council, pk, may=Permission.SEE_COUNCILS)
    form = ResolutionFilterForm(request.GET)
    closed = may_keep(actor_of(request), council.place_id)
    found = resolutions_by(council, form.filters(), closed=closed)
    shown = list(rows_after(found, field="pk", falling=True, cursor=request.GET.get("after", ""))[: PAGE + 1])
    count, capped = count_capped(found)
    context = {
        **head_of(council, tab="resolutions"),
        "rows": resolution_rows(shown[:PAGE]),
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, cursor_of("", shown[PAGE - 1].pk)) if len(shown) > PAGE else "",
    }
    return render(request, "councils/resolution_list.html", context)


@require_safe
def item_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole backlog."""
    council = load(request, Council, pk, may=Permission.SEE_COUNCILS)
    keeps = may_keep(actor_of(request), council.place_id)
    found = backlog_of(council) if keeps else backlog_of(council).exclude(visibility="closed")
    shown = list(rows_after(found, field="pk", falling=False, cursor=request.GET.get("after", ""))[: PAGE + 1])
    count, capped = count_capped(found)
    context = {
        **head_of(council, tab="record"),
        "rows": shown[:PAGE],
        "count": count,
        "capped": capped,
        "coming": council.meetings.filter(state__in=sorted(BEFORE_SESSION)).order_by("on")[:SHOWN] if keeps else [],
        "more_url": more_url(request.GET, cursor_of("", shown[PAGE - 1].pk)) if len(shown) > PAGE else "",
    }
    return render(request, "councils/item_list.html", context)


@require_safe
def meeting_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    council = load(request, Council, pk, may=Permission.SEE_COUNCILS)
    found = council.meetings.select_related("council")
    after = request.GET.get("after", "")
    shown = list(rows_after(found, field="on", falling=True, cursor=after)[: PAGE + 1])
    page = shown[:PAGE]
    count, capped = count_capped(found)
    context = {
        **head_of(council, tab="meetings"),
        "rows": [meeting_row(one) for one in page],
        "count": count,
        "capped": capped,
        "more_url": more_url(request.GET, cursor_of(page[-1].on.isoformat(), page[-1].pk)) if len(shown) > PAGE else "",
        "may_keep": council.active and may_keep(actor_of(request), council.place_id),
    }
    return render(request, "councils/meeting_list.html", context)


def head_of(council: Council, *, tab: str) -> dict[str, Any]:
    """What the head of each page of a council shows."""
    pages = [
        ("record", "councils:council-record", _("Council"), "building-community"),
        ("meetings", "councils:meeting-list", _("Meetings"), "calendar-event"),
        ("resolutions", "councils:resolution-list", _("Resolutions"), "gavel"),
    ]
    return {
        "council": council,
        "tabs": [
            Tab(label, reverse(url, args=[council.pk]), current=name == tab, icon=icon)
            for name, url, label, icon in pages
        ],
    }


def _record(request: HttpRequest, council: Council, *, item_form: ItemForm | None = None) -> HttpResponse:
    keeps = may_keep(actor_of(request), council.place_id)
    empty = ItemForm(place=council.place_id, auto_id="item_%s", initial={"visibility": council.visibility})
    backlog = backlog_of(council) if keeps else backlog_of(council).exclude(visibility="closed")
    open_ones = resolutions_by(council, _NO_FILTERS, closed=keeps).filter(
        state__in=sorted(UNCLOSED), is_declaratory=False
    )
    context = {
        **head_of(council, tab="record"),
        "standing": council_standing(council, on=clock.today()),
        "facts": _facts(council),
        "sittings": sittings_on(council, clock.today()),
        "committees": council.committees.order_by("name"),
        "backlog": list(backlog[:PAGE]),
        "backlog_more": max(backlog.count() - PAGE, 0),
        "unclosed_more": max(open_ones.count() - SHOWN, 0),
        "meetings": [meeting_row(one) for one in meetings_of(council).select_related("council")[:SHOWN]],
        "open_resolutions": resolution_rows(open_ones.order_by("jalali_year", "number")[:SHOWN]),
        "may_keep": keeps,
        "item_form": (item_form or empty) if keeps and council.active else None,
    }
    wrong = item_form is not None and item_form.errors
    return render(request, "councils/council_record.html", context, status=WRONG if wrong else None)


_NO_FILTERS = Filters()


def _facts(council: Council) -> list[Fact]:
    term = [wording.short_date(day) for day in (council.term_from, council.term_to) if day]
    quorum = council.get_quorum_rule_display()
    if council.quorum_number:
        quorum = f"{quorum}: {wording.number(council.quorum_number)}"
    return [
        Fact(_("Kind"), council.get_kind_display()),
        Fact(_("Secretariat"), council.secretariat.name),
        Fact(_("Legal basis"), council.legal_basis),
        Fact(_("Term"), " – ".join(term)),
        Fact(_("Quorum"), quorum),
        Fact(_("Vote"), council.get_voting_rule_display()),
        Fact(_("Items are"), council.get_visibility_display()),
        *([Fact(_("Belongs to"), council.parent.name)] if council.parent else []),
    ]
