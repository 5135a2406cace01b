"""Benefactors: the list, the record with its tabs, and the forms."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core import wording
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.parts import Export, Fact, Tab, active_filters, clear_url, in_words, more_url, without
from hamafza.core.refusals import show_refusal
from hamafza.giving.choices import Attribution, BenefactorKind
from hamafza.giving.commands.benefactors import (
    REVEALABLE,
    edit_benefactor,
    register_benefactor,
    reveal_field,
    switch_off_benefactor,
    switch_on_benefactor,
)
from hamafza.giving.exports.benefactors import benefactor_sheet
from hamafza.giving.forms.benefactor import (
    WHOLE_MASK,
    BenefactorEditForm,
    BenefactorFilterForm,
    BenefactorForm,
    initial_of,
)
from hamafza.giving.models import Benefactor
from hamafza.giving.panels import benefactor_panels
from hamafza.giving.queries.benefactors import OnFile, benefactors_in, count_capped, maybe_on_file
from hamafza.needs.exports.sheet import Kind, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.forms.conflict import differences
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.registry.queries.keyset import cursor_of, rows_after

PAGE = 50
WRONG, CONFLICT = 422, 409
ATTRIBUTION_TONES = {Attribution.ANONYMOUS: "grey", Attribution.NICKNAME: "teal", Attribution.NAME: "blue"}
ICONS = {
    BenefactorKind.PERSON: "user",
    BenefactorKind.GROUP: "users-group",
    BenefactorKind.COMPANY: "briefcase",
    BenefactorKind.CHARITY: "heart-handshake",
    BenefactorKind.AGENCY: "building-bank",
}


@require_safe
def benefactor_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_GIVING)
    form = BenefactorFilterForm(request.GET)
    found = benefactors_in(county, form.filters())
    count, capped = count_capped(found)
    after = request.GET.get("after", "")
    shown = list(rows_after(found, field="name_sort", falling=False, cursor=after)[: PAGE + 1])
    page = shown[:PAGE]
    may_keep = actor.may(Permission.KEEP_BENEFACTORS, county)
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [
            (one, ICONS[BenefactorKind(one.kind)], ATTRIBUTION_TONES[Attribution(one.attribution)]) for one in page
        ],
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, cursor_of(page[-1].name_sort, page[-1].pk)) if len(shown) > PAGE else "",
        "may_keep": may_keep,
        "exports": _exports(request) if may_keep else [],
    }
    return render(request, "giving/benefactor_list.html", context)


@require_safe
def benefactor_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, Permission.KEEP_BENEFACTORS)
    form = BenefactorFilterForm(request.GET)
    found = benefactors_in(county, form.filters()).order_by("name_sort", "id")
    with transaction.atomic():  # the file, and the record of reading each of its rows, or neither
        filtered = in_words(active_filters(form, request))
        sheet = benefactor_sheet(found, county=county_name(county), filtered=filtered, by=actor.name)
        content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


@require_http_methods(["GET", "HEAD", "POST"])
def benefactor_create(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.KEEP_BENEFACTORS)
    form = BenefactorForm(request.POST or None, county=county)
    found = OnFile()
    if request.method == "POST" and form.is_valid():
        try:
            kept = register_benefactor(county, details=form.details(), by=actor, another=form.cleaned_data["another"])
        except Refusal as refusal:
            found = _on_file(county, form)
            if refusal.code == "maybe_on_file":
                form.ask_whether_another()
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The benefactor is on file. Next: what she can do, or what she promises."))
            return redirect("giving:benefactor-record", pk=kept.pk)
    context = {
        "form": form,
        "found": found,
        "county": county,
        "county_name": county_name(county),
        "cancel_url": f"{reverse('giving:benefactor-list')}?county={county}",
    }
    return render(request, "giving/benefactor_create.html", context, status=WRONG if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def benefactor_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    benefactor = load(request, Benefactor, pk, may=Permission.KEEP_BENEFACTORS)
    form = BenefactorEditForm(request.POST or None, benefactor=benefactor)
    context: dict[str, Any] = {"form": form, "benefactor": benefactor, "cancel_url": _url(benefactor)}
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_benefactor(
                benefactor, details=form.details(), by=actor_of(request), version=form.cleaned_data["version"]
            )
        except StaleVersion as stale:
            form = _again(request, benefactor)
            form.add_error(None, stale.message)
            context |= {"form": form, "differences": differences(form, initial_of(benefactor))}
            status = CONFLICT
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The benefactor is saved."))
            return redirect(_url(benefactor))
    return render(request, "giving/benefactor_edit.html", context, status=status or (WRONG if form.errors else None))


@require_safe
def benefactor_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    benefactor = load(request, Benefactor, pk, may=Permission.SEE_GIVING)
    actor = actor_of(request)
    context = {**page_of(benefactor, actor, tab="record"), "facts": _facts(benefactor, actor)}
    return render(request, "giving/benefactor_record.html", context)


@require_safe
def benefactor_tab(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """A tab that a noun of giving has registered (`giving.panels`)."""
    benefactor = load(request, Benefactor, pk, may=Permission.SEE_GIVING)
    panel = next((one for one in benefactor_panels() if one.key == key), None)
    if panel is None:
        raise Http404
    context = {
        **page_of(benefactor, actor_of(request), tab=key),
        "panel_template": panel.template,
        "panel": panel.context(request, benefactor),
    }
    return render(request, "giving/benefactor_tab.html", context)


@require_safe
def benefactor_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    benefactor = load(request, Benefactor, pk, may=Permission.SEE_GIVING)
    context = {**page_of(benefactor, actor_of(request), tab="history"), "lines": history_of(benefactor)}
    return render(request, "giving/benefactor_history.html", context)


@require_POST
def benefactor_reveal(request: HttpRequest, pk: UUID, field: str) -> HttpResponse:
    if field not in REVEALABLE:
        raise Http404
    benefactor = load(request, Benefactor, pk, may=Permission.KEEP_BENEFACTORS)
    value = reveal_field(benefactor, field=field, reason=request.POST.get("reason", ""), by=actor_of(request))
    template = "patterns/_revealed.html" if request.headers.get("HX-Request") else "registry/revealed.html"
    context = {"id": _id(field), "value": value, "label": _label(field), "back_url": _url(benefactor)}
    return render(request, template, context)


@require_POST
def benefactor_switch_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    benefactor = load(request, Benefactor, pk, may=Permission.KEEP_BENEFACTORS)
    switch_off_benefactor(benefactor, by=actor_of(request))
    undo = f"undo:{reverse('giving:benefactor-switch-on', args=[pk])}"
    messages.success(request, _("The benefactor is inactive now."), extra_tags=undo)
    return redirect(_url(benefactor))


@require_POST
def benefactor_switch_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    benefactor = load(request, Benefactor, pk, may=Permission.KEEP_BENEFACTORS)
    switch_on_benefactor(benefactor, by=actor_of(request))
    messages.success(request, _("The benefactor is active again."))
    return redirect(_url(benefactor))


def page_of(benefactor: Benefactor, actor: Actor, *, tab: str) -> dict[str, Any]:
    """What the head of each page of a benefactor shows."""
    return {
        "benefactor": benefactor,
        "tabs": _tabs(benefactor, current=tab),
        "may_keep": actor.may(Permission.KEEP_BENEFACTORS, benefactor.county_id),
        "kind_icon": ICONS[BenefactorKind(benefactor.kind)],
        "attribution_tone": ATTRIBUTION_TONES[Attribution(benefactor.attribution)],
    }


def _tabs(benefactor: Benefactor, *, current: str) -> list[Tab]:
    middle = [
        Tab(
            panel.title,
            reverse("giving:benefactor-tab", args=[benefactor.pk, panel.key]),
            current=panel.key == current,
            count=panel.count(benefactor) if panel.count else None,
        )
        for panel in benefactor_panels()
    ]
    history = reverse("giving:benefactor-history", args=[benefactor.pk])
    return [
        Tab(_("Facts"), _url(benefactor), current=current == "record", icon="id"),
        *middle,
        Tab(_("History"), history, current=current == "history", icon="history"),
    ]


def _facts(benefactor: Benefactor, actor: Actor) -> list[Fact]:
    """Sealed fields stand there masked for who may open them, and not at all for others."""
    facts = [
        Fact(_("Name"), benefactor.name),
        Fact(_("Kind"), BenefactorKind(benefactor.kind).label),
        Fact(_("To the public"), Attribution(benefactor.attribution).label),
        Fact(_("Nickname for the public"), benefactor.nickname),
    ]
    if benefactor.kind != BenefactorKind.PERSON:
        facts.append(Fact(_("Body"), benefactor.organization or ""))
    if actor.may(Permission.KEEP_BENEFACTORS, benefactor.county_id):
        facts += [_masked(benefactor, field) for field in ("identity_number", "mobile", "email", "note")]
    return [
        *facts,
        Fact(_("Reminders by message"), _("agreed") if benefactor.may_message else _("not agreed")),
        Fact(_("On file since"), wording.long_date(wording.day_of(benefactor.created_at))),
    ]


def _masked(benefactor: Benefactor, field: str) -> Fact:
    value: str = getattr(benefactor, field)
    if not value:
        return Fact(_label(field), "")
    url = reverse("giving:benefactor-reveal", args=[benefactor.pk, field])
    return Fact(_label(field), WHOLE_MASK if field in {"email", "note"} else value, id=_id(field), masked_url=url)


def _label(field: str) -> str:
    return str(Benefactor._meta.get_field(field).verbose_name)  # type: ignore[union-attr]  # a concrete field


def _id(field: str) -> str:
    return field.replace("_", "-")


def _again(request: HttpRequest, benefactor: Benefactor) -> BenefactorEditForm:
    """What was typed, with the version as it is now: saving again then overwrites knowingly."""
    typed = request.POST.copy()
    typed["version"] = str(benefactor.version)
    form = BenefactorEditForm(typed, benefactor=benefactor)
    form.is_valid()
    return form


def _on_file(county: str, form: BenefactorForm) -> OnFile:
    said = form.cleaned_data
    return maybe_on_file(county, identity_number=said["identity_number"], mobile=said["mobile"], name=said["name"])


def _exports(request: HttpRequest) -> list[Export]:
    query = without(request.GET, [])
    return [
        Export(_("Excel"), f"{reverse('giving:benefactor-list-export', args=['xlsx'])}{query}"),
        Export(_("CSV"), f"{reverse('giving:benefactor-list-export', args=['csv'])}{query}", "file-type-csv"),
    ]


def _url(benefactor: Benefactor) -> str:
    return reverse("giving:benefactor-record", args=[benefactor.pk])
