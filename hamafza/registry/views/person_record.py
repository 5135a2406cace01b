"""A person's page: who she is, what she lives with, what happened, which papers belong to her."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core.jalali import age_on
from hamafza.core.parts import Fact, Tab
from hamafza.core.templatetags.hamafza import jalali
from hamafza.core.wording import number
from hamafza.documents.queries.attachments import papers
from hamafza.registry.models import Person
from hamafza.registry.panels import panels_of
from hamafza.registry.queries.records import events_of_person, household_of, person_record
from hamafza.registry.rules import REVEALABLE, may_reveal, may_see_special_class
from hamafza.registry.views.masked import masked_fact


@require_safe
def person_record_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.SEE_CLIENTS)
    actor = actor_of(request)
    context = {
        "record": person_record(person),
        "identity_facts": identity_facts(person, actor),
        "life_facts": life_facts(person),
        "panels": panels_of("person", request, person),
        "may_see_special": may_see_special_class(actor, county=person.county_id),
        **page_of(person, actor, tab="record"),
    }
    return render(request, "registry/person_record.html", context)


@require_safe
def person_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.SEE_CLIENTS)
    context = {
        "events": events_of_person(person),
        "lines": history_of(person),
        **page_of(person, actor_of(request), tab="history"),
    }
    return render(request, "registry/person_history.html", context)


@require_safe
def person_documents(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.SEE_CLIENTS)
    actor = actor_of(request)
    may_edit = actor.may(Permission.EDIT_CLIENTS, person.county_id)
    context = {
        "papers": papers(source_type="person", source_id=pk, may_edit=may_edit),
        **page_of(person, actor, tab="documents"),
    }
    return render(request, "registry/person_documents.html", context)


def page_of(person: Person, actor: Actor, *, tab: str) -> dict[str, object]:
    """What the head of each of a person's pages shows."""
    return {
        "person": person,
        "household": household_of(person),
        "tabs": _tabs(person, current=tab),
        "may_edit": actor.may(Permission.EDIT_CLIENTS, person.county_id),
    }


def identity_facts(person: Person, actor: Actor) -> Sequence[Fact]:
    """Who the person is; sealed fields masked, or absent for those who may never see them."""
    sealed = [
        masked_fact(person, field)
        for field in REVEALABLE["person"]
        if may_reveal(actor, kind="person", field=field, county=person.county_id)
    ]
    return [
        Fact(_("Father's name"), person.father_name),
        Fact(_("Date of birth"), jalali(person.born_on)),
        Fact(_("Age"), _age(person)),
        Fact(_("Sex"), person.get_sex_display()),
        Fact(_("Relation to the head"), person.get_relation_display()),
        *sealed,
    ]


def life_facts(person: Person) -> Sequence[Fact]:
    """Schooling and work."""
    return [
        Fact(_("Education"), person.get_education_display()),
        Fact(_("Occupation"), person.get_job_status_display()),
        Fact(_("Skills"), person.skills),
    ]


def _age(person: Person) -> str:
    if person.born_on is None:
        return ""
    return _("%(count)s years") % {"count": number(age_on(person.born_on, timezone.localdate()))}


def _tabs(person: Person, *, current: str) -> list[Tab]:
    names = {"record": _("Case file"), "history": _("History"), "documents": _("Documents")}
    icons = {"record": "user", "history": "history", "documents": "paperclip"}
    return [
        Tab(label, reverse(f"registry:person-{name}", args=[person.pk]), current=name == current, icon=icons[name])
        for name, label in names.items()
    ]
