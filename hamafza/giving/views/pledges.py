"""The list of promises and the page of one."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core import clock, wording
from hamafza.core.parts import Export, Fact, Tab, active_filters, clear_url, in_words, more_url, without
from hamafza.giving.choices import DedicationKind, Intention, PledgeState
from hamafza.giving.exports.pledges import pledges_sheet
from hamafza.giving.forms.pledge import uuid_or_none
from hamafza.giving.forms.pledge_filters import PledgeFilterForm
from hamafza.giving.models import Instalment, Pledge, PledgeVersion
from hamafza.giving.pledge_figures import planned_figures
from hamafza.giving.pledge_flow import PLEDGE_FLOW
from hamafza.giving.pledge_words import (
    PLEDGE_TONES,
    quantity_in_words,
    rule_in_words,
    span_in_words,
    state_in_words,
    thing_of,
)
from hamafza.giving.queries.due import due_counts
from hamafza.giving.queries.instalments import OPEN_STATES, instalments_of
from hamafza.giving.queries.pledges import (
    pledges_in,
    schedule_of,
    version_on,
    versions_in_force,
    versions_of,
)
from hamafza.giving.views.pledge_rows import instalment_row, number_of, page, pledge_row
from hamafza.ledger.choices import SurplusRule
from hamafza.needs.choices import Domain
from hamafza.needs.exports.sheet import Kind, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.lists import count_capped
from hamafza.registry.choices import TargetGroup

PAGE_SIZE = 50
#: Of a pledge of each day a year is shown, the latest last.
INSTALMENTS_SHOWN = 400


@require_safe
def pledge_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_GIVING)
    form = PledgeFilterForm(request.GET, counties=actor.counties_with(Permission.SEE_GIVING))
    on = clock.today()
    found = pledges_in(county, form.filters(), on=on)
    count, capped = count_capped(found)
    after = uuid_or_none(request.GET.get("after", ""))
    shown = list((found.filter(pk__lt=after) if after else found)[: PAGE_SIZE + 1])
    rows = shown[:PAGE_SIZE]
    versions = versions_in_force(rows)
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [pledge_row(pledge, versions.get(pledge.pk)) for pledge in rows],
        "count": count,
        "capped": capped,
        "due": due_counts(county, on=on),
        "due_url": f"{reverse('giving:instalment-list')}?county={county}",
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, rows[-1].pk) if len(shown) > PAGE_SIZE else "",
        "exports": _exports(request) if actor.may(Permission.KEEP_BENEFACTORS, county) else [],
        "make_url": page("giving:benefactor-list") if actor.may(Permission.KEEP_BENEFACTORS, county) else "",
    }
    return render(request, "giving/pledge_list.html", context)


@require_safe
def pledge_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, Permission.KEEP_BENEFACTORS)
    form = PledgeFilterForm(request.GET, counties=actor.counties_with(Permission.KEEP_BENEFACTORS))
    found = pledges_in(county, form.filters(), on=clock.today())
    filtered = in_words(active_filters(form, request))
    sheet = pledges_sheet(found, county=county_name(county), filtered=filtered, by=actor.name)
    content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


@require_safe
def pledge_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    pledge = load(request, Pledge, pk, may=Permission.SEE_GIVING)
    actor, on = actor_of(request), clock.today()
    versions = list(versions_of(pledge))
    version = version_on(versions, on) or versions[-1]
    keeps = actor.may(Permission.KEEP_BENEFACTORS, pledge.county_id)
    receives = actor.may(Permission.RECEIVE_GIFTS, pledge.county_id)
    instalments: list[Any] = list(instalments_of(pledge, on=on).reverse()[:INSTALMENTS_SHOWN])[::-1]
    # What is given early is given for the next one.
    ahead = [one.pk for one in instalments if one.due_on > on and one.state in OPEN_STATES][1:]
    schedule = schedule_of(version)
    context = {
        **head_of(pledge, version, tab="record"),
        "rule": rule_in_words(schedule, occasion=version.occasion),
        "span": span_in_words(schedule),
        "figures": planned_figures(pledge, versions),
        "next": _next_step(pledge),
        "reason": _(pledge.state_reason) if pledge.state_reason else "",
        "instalments": [
            instalment_row(one, pledge, receives=receives and one.pk not in ahead, keeps=keeps) for one in instalments
        ],
        "facts": _facts(pledge, told=keeps),
        "versions": [_version_line(pledge, one) for one in reversed(versions)],
        "actions": PLEDGE_FLOW[pledge.state] if keeps else frozenset(),
        "may_amend": keeps and pledge.state == PledgeState.ACTIVE,
    }
    return render(request, "giving/pledge_record.html", context)


@require_safe
def pledge_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    pledge = load(request, Pledge, pk, may=Permission.SEE_GIVING)
    versions = list(versions_of(pledge))
    version = version_on(versions, clock.today()) or versions[-1]
    waived = pledge.instalments.filter(waived_at__isnull=False).values_list("pk", flat=True)
    lines = history_of(pledge, related=[(PledgeVersion, [one.pk for one in versions]), (Instalment, list(waived))])
    return render(request, "giving/pledge_history.html", {**head_of(pledge, version, tab="history"), "lines": lines})


def head_of(pledge: Pledge, version: PledgeVersion, *, tab: str) -> dict[str, Any]:
    """What the head of each page of a pledge shows."""
    pages = (("record", _("Pledge"), "heart-handshake"), ("history", _("History"), "history"))
    return {
        "pledge": pledge,
        "number": number_of(pledge),
        "giver": pledge.benefactor,
        "giver_url": page("giving:benefactor-record", pledge.benefactor_id),
        "promise": quantity_in_words(thing_of(pledge), version.quantity),
        "state": state_in_words(pledge.state),
        "tone": PLEDGE_TONES[pledge.state],
        "is_vow": pledge.intention == Intention.VOW,
        "tabs": [
            Tab(label, reverse(f"giving:pledge-{name}", args=[pledge.pk]), current=name == tab, icon=icon)
            for name, label, icon in pages
        ],
    }


def _next_step(pledge: Pledge) -> str:
    match pledge.state:
        case PledgeState.DRAFT if pledge.deadline:
            return _("It waits for its condition, until %(day)s.") % {"day": wording.long_date(pledge.deadline)}
        case PledgeState.DRAFT:
            return _("It waits for its condition. When it has come about, begin with the instalments.")
        case PledgeState.PAUSED if pledge.paused_from:
            return _("Nothing is expected from %(day)s on, until it is resumed.") % {
                "day": wording.long_date(pledge.paused_from)
            }
        case _:
            return ""


def _facts(pledge: Pledge, *, told: bool) -> list[Fact]:
    """``told``: whether the reader may know what is sealed: condition, dedication, the giver's words."""
    dedication = DedicationKind(pledge.dedication)
    named = f"{dedication.label} {pledge.dedicated_to}" if told else str(dedication.label)
    facts = [
        Fact(_("Intention"), Intention(pledge.intention).label),
        Fact(_("For which need"), Domain(pledge.purpose).label if pledge.purpose else _("Any need")),
        Fact(_("Target group"), TargetGroup(pledge.target_group).label if pledge.target_group else _("Any group")),
        Fact(_("To be used until"), wording.long_date(pledge.use_by) if pledge.use_by else _("no limit")),
        Fact(_("If something is left"), SurplusRule(pledge.surplus_rule).label),
        Fact(_("Dedication"), named if dedication != DedicationKind.NONE else dedication.label),
        Fact(_("Remind before"), _days(pledge.remind_days_before)),
        Fact(_("Days of grace"), _days(pledge.grace_days)),
    ]
    if told and pledge.condition:
        facts.append(Fact(_("Condition of the vow"), pledge.condition))
    if told and pledge.own_words:
        facts.append(Fact(_("In the giver's own words"), pledge.own_words))
    return facts


def _days(count: int) -> str:
    return _("%(count)s days") % {"count": wording.number(count)}


def _version_line(pledge: Pledge, version: PledgeVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "from": version.effective_from,
        "promise": quantity_in_words(thing_of(pledge), version.quantity),
        "rule": rule_in_words(schedule_of(version), occasion=version.occasion),
        "span": span_in_words(schedule_of(version)),
        "reason": version.reason,
        "by": str(version.created_by or _("the system")),
        "at": version.created_at,
    }


def _exports(request: HttpRequest) -> list[Export]:
    query = without(request.GET, [])
    return [
        Export(_("Excel"), f"{reverse('giving:pledge-list-export', args=['xlsx'])}{query}"),
        Export(_("CSV"), f"{reverse('giving:pledge-list-export', args=['csv'])}{query}", "file-type-csv"),
    ]
