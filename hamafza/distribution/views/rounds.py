"""Rounds: their list, the page of one, the list of its households."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.commands.record_read import record_reads
from hamafza.audit.queries.history import history_of
from hamafza.core import clock, wording
from hamafza.core.parts import Export, Fact, Tab, Tone, active_filters, clear_url, more_url, without
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.forms.round import CancelForm, EntryFilterForm, ReportForm, RoundFilterForm
from hamafza.distribution.models import Round, RoundEntry
from hamafza.distribution.periods import period_of, period_shown
from hamafza.distribution.queries.round_figures import Figures, figures_of, served_households
from hamafza.distribution.queries.rounds import entries_of, items_of_rounds, rounds_of, to_call_back
from hamafza.distribution.round_words import (
    ENTRY_TONES,
    ROUND_TONES,
    Reason,
    next_step,
    reason_of,
    round_number,
)
from hamafza.needs.forms.filters import NeedFilterForm
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.filters import NeedFilters
from hamafza.needs.queries.lists import count_capped
from hamafza.needs.rules import is_special_reading
from hamafza.registry.queries.keyset import cursor_of, rows_after

PAGE_SIZE = 50


@dataclass(frozen=True)
class RoundRow:
    """A round in words."""

    pk: UUID
    url: str
    title: str
    number: str
    item: str
    period: str
    starts_on: Any
    state: str
    tone: Tone
    figures: Figures


@dataclass(frozen=True)
class EntryRow:
    """A place on the list, with its reason."""

    pk: UUID
    rank: int
    name: str
    url: str
    file_number: str
    district: str
    state: str
    tone: Tone
    token: str
    note: str
    reason: Reason


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_STOCK)
    form = RoundFilterForm(request.GET, items=items_of_rounds(county))
    asked = form.cleaned_data if form.is_valid() else {}
    found = rounds_of(county, state=asked.get("state") or "", item=asked.get("item"))
    count, capped = count_capped(found)
    shown = list(rows_after(found, field="pk", falling=True, cursor=request.GET.get("after", ""))[: PAGE_SIZE + 1])
    page = shown[:PAGE_SIZE]
    figures = figures_of(page)
    last = page[-1] if len(shown) > PAGE_SIZE else None
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [_row(one, figures[one.pk]) for one in page],
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, cursor_of("", last.pk)) if last else "",
        "exports": _list_exports(request) if actor.may(Permission.EXPORT_LISTS, county) else [],
        "may_plan": actor.may(Permission.PLAN_ROUNDS, county),
        "numbers": _board(county),
    }
    return render(request, "distribution/round_list.html", context)


@require_safe
def round_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Round, pk, may=Permission.SEE_STOCK)
    return render(request, "distribution/round_record.html", record_context(request, found))


@require_safe
def round_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Round, pk, may=Permission.SEE_STOCK)
    context = {**head_of(found, actor_of(request), tab="history"), "lines": history_of(found)}
    return render(request, "distribution/round_history.html", context)


@require_safe
def round_entries(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list with names and reasons, for those who see clients."""
    found = load(request, Round, pk, may=Permission.SEE_CLIENTS)
    form = EntryFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    entries = entries_of(found, state=asked.get("state") or "")
    count, capped = count_capped(entries)
    after = request.GET.get("after", "")
    shown = list(entries.filter(rank__gt=int(after) if after.isdecimal() else 0)[: PAGE_SIZE + 1])
    page = shown[:PAGE_SIZE]
    log_special(found, page)
    actor = actor_of(request)
    context = {
        **head_of(found, actor, tab="entries"),
        "rows": [entry_row(entry) for entry in page],
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, page[-1].rank) if len(shown) > PAGE_SIZE else "",
        "exports": _entry_exports(request, found) if actor.may(Permission.EXPORT_LISTS, found.county_id) else [],
        "may_print": actor.may(Permission.EXPORT_LISTS, found.county_id),
    }
    return render(request, "distribution/round_entries.html", context)


def record_context(
    request: HttpRequest, of: Round, *, cancel_form: CancelForm | None = None, report_form: ReportForm | None = None
) -> dict[str, Any]:
    """What the page of a round shows."""
    actor, county = actor_of(request), of.county_id
    before_out = of.state in (RoundState.PLANNED, RoundState.APPROVED, RoundState.PACKING)
    may_approve = actor.may(Permission.APPROVE_ROUNDS, county)
    may_cancel = may_approve or (of.state == RoundState.PLANNED and actor.may(Permission.PLAN_ROUNDS, county))
    keeps = actor.may(Permission.KEEP_STOCK, county)
    return {
        **head_of(of, actor, tab="record"),
        "figures": figures_of([of])[of.pk],
        "facts": _facts(of),
        "rule": rule_shown(of),
        "may_approve": may_approve and of.state == RoundState.PLANNED,
        "may_pack": keeps and of.state in (RoundState.APPROVED, RoundState.PACKING),
        "may_send": keeps and of.state == RoundState.PACKING,
        "may_deliver": actor.may(Permission.DELIVER, county) and of.state == RoundState.OUT,
        "may_reconcile": actor.may(Permission.CONFIRM_COUNT, county) and of.state == RoundState.OUT,
        "report_form": (report_form or ReportForm(auto_id="report_%s"))
        if may_approve and of.state == RoundState.RECONCILED
        else None,
        "cancel_form": (cancel_form or CancelForm(auto_id="cancel_%s")) if before_out and may_cancel else None,
        "may_print": actor.may(Permission.EXPORT_LISTS, county) and actor.may(Permission.SEE_CLIENTS, county),
        "has_list": of.state not in (RoundState.PLANNED, RoundState.CANCELLED),
        "is_closed": of.state in (RoundState.RECONCILED, RoundState.REPORTED),
    }


def head_of(of: Round, actor: Actor, *, tab: str) -> dict[str, Any]:
    """What the head of each page of a round shows."""
    pages = [("record", _("Round"), "truck-delivery"), ("history", _("History"), "history")]
    if actor.may(Permission.SEE_CLIENTS, of.county_id):
        pages.insert(1, ("entries", _("List of households"), "list-details"))
    return {
        "round": of,
        "number": round_number(of),
        "period": period_shown(of.period),
        "state": RoundState(of.state).label,
        "tone": ROUND_TONES[of.state],
        "next": next_step(of),
        "tabs": [
            Tab(label, reverse(f"distribution:round-{name}", args=[of.pk]), current=name == tab, icon=icon)
            for name, label, icon in pages
        ],
    }


def entry_row(entry: RoundEntry) -> EntryRow:
    """From an entry of `queries.rounds.entries_of`."""
    household = entry.household
    return EntryRow(
        pk=entry.pk,
        rank=entry.rank,
        name=household.head.full_name if household.head else "",
        url=reverse("registry:household-record", args=[household.pk]),
        file_number=household.file_number,
        district=household.district.name if household.district else "",
        state=str(EntryState(entry.state).label),
        tone=ENTRY_TONES[entry.state],  # type: ignore[arg-type]  # a tone
        token=entry.token,
        note=entry.reason,
        reason=reason_of(entry),
    )


def rule_shown(of: Round) -> list[Fact]:
    """The rule the list was drawn up by, in the words of the filters."""
    filters = NeedFilters.from_json(of.rule.get("filters", {}))
    form = NeedFilterForm(filters.as_json(), county=of.county_id, counties=frozenset())
    form.is_valid()
    shown = []
    for name, value in filters.as_json().items():
        field = form.fields.get(name)
        if field is not None:
            choices = {str(one): label for one, label in getattr(field, "choices", ())}
            shown.append(Fact(field.label or name, choices.get(str(value), wording.digits(str(value)))))
    return shown


def log_special(of: Round, entries: list[RoundEntry]) -> None:
    """A list drawn up for a group of the special class tells it of every household on it."""
    group = NeedFilters.from_json(of.rule.get("filters", {})).group
    if entries and is_special_reading(group):
        record_reads([entry.household for entry in entries], fields=["target_group"])


def _board(county: str) -> dict[str, int]:
    """The headline numbers above the list."""
    month = period_of("month", clock.today())
    return {
        "waiting": rounds_of(county, state=RoundState.PLANNED).count(),
        "out": rounds_of(county, state=RoundState.OUT).count(),
        "served": served_households(county, month=month),
        "to_call": to_call_back(county).count(),
    }


def _row(of: Round, figures: Figures) -> RoundRow:
    return RoundRow(
        pk=of.pk,
        url=reverse("distribution:round-record", args=[of.pk]),
        title=of.title,
        number=round_number(of),
        item=of.item.name,
        period=period_shown(of.period),
        starts_on=of.starts_on,
        state=str(RoundState(of.state).label),
        tone=ROUND_TONES[of.state],  # type: ignore[arg-type]  # a tone
        figures=figures,
    )


def _facts(of: Round) -> list[Fact]:
    per = _("%(count)s %(unit)s") % {"count": wording.number(of.per_household), "unit": of.item.unit}
    return [
        Fact(_("What is handed out"), of.item.name),
        Fact(_("How many for each household"), per),
        Fact(_("How many households"), wording.number(of.planned)),
        Fact(_("Nobody twice in"), period_shown(of.period)),
        Fact(_("Day of the distribution"), wording.long_date(of.starts_on)),
        Fact(_("From which store"), of.warehouse.name),
        Fact(_("Drawn up by"), str(of.planned_by or _("the system"))),
        Fact(_("Approved by"), str(of.approved_by or _("the system")) if of.approved_at else ""),
        Fact(_("Packed by"), str(of.packed_by or _("the system")) if of.packed_at else ""),
        Fact(_("Closed by"), str(of.reconciled_by or _("the system")) if of.reconciled_at else ""),
    ]


def _list_exports(request: HttpRequest) -> list[Export]:
    query = without(request.GET, [])
    return [
        Export(_("Excel"), f"{reverse('distribution:round-list-export', args=['xlsx'])}{query}"),
        Export(_("CSV"), f"{reverse('distribution:round-list-export', args=['csv'])}{query}", "file-type-csv"),
    ]


def _entry_exports(request: HttpRequest, of: Round) -> list[Export]:
    query = without(request.GET, [])
    return [
        Export(_("Excel"), f"{reverse('distribution:round-entries-export', args=[of.pk, 'xlsx'])}{query}"),
        Export(
            _("CSV"), f"{reverse('distribution:round-entries-export', args=[of.pk, 'csv'])}{query}", "file-type-csv"
        ),
    ]
