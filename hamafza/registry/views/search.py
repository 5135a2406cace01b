"""Search: one box for numbers, telephones, files and names.

What is typed is sent in the body of a request and stands hidden in the address of the answer: the way back to the list
stays open, and no history of a browser or log of a proxy keeps the numbers of clients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import admit
from hamafza.audit.commands.record_read import record_reads
from hamafza.core.addresses import hidden, shown
from hamafza.core.jalali import age_on
from hamafza.registry.models import Person
from hamafza.registry.queries.search import MOST, Kind, search_people
from hamafza.registry.rules import may_reveal

#: Nobody's name and father's name are longer, in letters.
LONGEST = 80
SEARCHED_BY: dict[Kind, str | Promise] = {
    Kind.IDENTITY: _("Searched by identity number"),
    Kind.MOBILE: _("Searched by mobile"),
    Kind.MOBILE_TAIL: _("Searched by the last four digits of the mobile, and by file number"),
    Kind.FILE: _("Searched by file number"),
    Kind.NAME: _("Searched by name"),
    Kind.NAME_AND_FATHER: _("Searched by name and father's name"),
}


@dataclass(frozen=True)
class FoundPerson:
    """A person as a card shows her; ``identity`` only for those who may see its end."""

    name: str
    url: str
    father_name: str
    age: int | None
    file_number: str
    head: str
    district: str
    identity: str
    has_left: bool


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.SEE_CLIENTS)
    if request.method == "POST":
        return redirect(_address_of(request.POST.get("q", "").strip()[:LONGEST], actor))
    text = shown(request.GET.get("asked", ""), owner=actor.label)
    answer = search_people(text)
    _log(actor, answer.people)
    return render(
        request,
        "registry/search.html",
        {
            "q": text,
            "searched_by": SEARCHED_BY.get(answer.kind, ""),
            "found": [_card(person, actor) for person in answer.people],
            "more": answer.more,
            "most": MOST,
            "may_edit": actor.may(Permission.EDIT_CLIENTS),
        },
    )


def _address_of(text: str, actor: Actor) -> str:
    query = f"?{urlencode({'asked': hidden(text, owner=actor.label)})}" if text else ""
    return reverse("registry:search") + query


def _log(actor: Actor, people: Sequence[Person]) -> None:
    shown = [person for person in people if person.identity_index and _may_see_end(person, actor)]
    if shown:
        record_reads(shown, fields=["identity_number"])


def _may_see_end(person: Person, actor: Actor) -> bool:
    return may_reveal(actor, kind="person", field="identity_number", county=person.county_id)


def _card(person: Person, actor: Actor) -> FoundPerson:
    household = person.household
    return FoundPerson(
        name=person.full_name,
        url=reverse("registry:person-record", args=[person.pk]),
        father_name=person.father_name,
        age=age_on(person.born_on, timezone.localdate()) if person.born_on else None,
        file_number=household.file_number,
        head="" if household.head is None or household.head_id == person.pk else household.head.full_name,
        district=household.district.name if household.district else "",
        identity=person.identity_number if _may_see_end(person, actor) else "",
        has_left=person.left_on is not None,
    )
