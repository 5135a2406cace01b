"""A household's file: what stands in it, what happened, which papers belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core.parts import Fact, Tab
from hamafza.core.templatetags.hamafza import jalali, rial
from hamafza.core.wording import digits
from hamafza.documents.queries.attachments import papers
from hamafza.registry.choices import HouseholdState
from hamafza.registry.models import Household
from hamafza.registry.panels import panels_of
from hamafza.registry.queries.records import events_of_household, household_record
from hamafza.registry.rules import REVEALABLE, may_reveal
from hamafza.registry.views.household_list import TONES
from hamafza.registry.views.household_state import steps_of
from hamafza.registry.views.masked import masked_fact


@require_safe
def household_record_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    household = load(request, Household, pk, may=Permission.SEE_CLIENTS)
    actor = actor_of(request)
    record = household_record(household)
    context = {
        "record": record,
        "facts": household_facts(household, actor),
        "panels": panels_of("household", request, household),
        "steps": steps_of(household),
        **page_of(household, actor, tab="record"),
    }
    return render(request, "registry/household_record.html", context)


@require_safe
def household_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    household = load(request, Household, pk, may=Permission.SEE_CLIENTS)
    context = {
        "events": events_of_household(household),
        "lines": history_of(household),
        **page_of(household, actor_of(request), tab="history"),
    }
    return render(request, "registry/household_history.html", context)


@require_safe
def household_documents(request: HttpRequest, pk: UUID) -> HttpResponse:
    household = load(request, Household, pk, may=Permission.SEE_CLIENTS)
    actor = actor_of(request)
    may_edit = actor.may(Permission.EDIT_CLIENTS, household.county_id)
    context = {
        "papers": papers(source_type="household", source_id=pk, may_edit=may_edit),
        **page_of(household, actor, tab="documents"),
    }
    return render(request, "registry/household_documents.html", context)


def page_of(household: Household, actor: Actor, *, tab: str) -> dict[str, object]:
    """What the head of each of a household's pages shows."""
    return {
        "household": household,
        "tabs": _tabs(household, current=tab),
        "tone": TONES[HouseholdState(household.state)],
        "may_edit": actor.may(Permission.EDIT_CLIENTS, household.county_id),
    }


def household_facts(household: Household, actor: Actor) -> Sequence[Fact]:
    """Facts in the order of the form; sealed ones masked, or absent for those who may never see them."""
    sealed = [
        masked_fact(household, field, shown_end=field != "address")
        for field in REVEALABLE["household"]
        if may_reveal(actor, kind="household", field=field, county=household.county_id)
    ]
    return [
        Fact(_("District"), household.district or ""),
        *sealed,
        Fact(_("Housing"), household.get_tenure_display()),
        Fact(_("Monthly income"), rial(household.income_rial)),
        Fact(_("Income decile"), digits(str(household.decile or ""))),
        Fact(_("Date of the decile"), jalali(household.decile_on)),
        Fact(_("Source of the decile"), household.decile_source),
        Fact(_("Registered at"), jalali(household.created_at)),
    ]


def _tabs(household: Household, *, current: str) -> list[Tab]:
    names = {"record": _("Case file"), "history": _("History"), "documents": _("Documents")}
    icons = {"record": "home", "history": "history", "documents": "paperclip"}
    return [
        Tab(
            label, reverse(f"registry:household-{name}", args=[household.pk]), current=name == current, icon=icons[name]
        )
        for name, label in names.items()
    ]
