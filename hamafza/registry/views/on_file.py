"""The warning that a person may be on file already, while a clerk types and when the form is sent."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import admit
from hamafza.registry.forms.person import PersonCreateForm, PersonFactsForm
from hamafza.registry.queries.on_file import OnFile, maybe_on_file


@require_POST
def on_file(request: HttpRequest) -> HttpResponse:
    """Asked by the form after each change; POST, so that no identity number stands in an address or a log."""
    actor = admit(request, Permission.EDIT_CLIENTS)
    form = PersonFactsForm(request.POST)
    form.is_valid()  # half a form is looked at as far as it goes
    found = on_file_of(form, counties=actor.counties_with(Permission.EDIT_CLIENTS), apart_from=_apart_from(request))
    return render(request, "registry/_on_file.html", {"found": found})


def on_file_of(form: PersonFactsForm, *, counties: Iterable[str], apart_from: UUID | None = None) -> OnFile:
    """Who on file the typed person may be."""
    typed = form.cleaned_data
    return maybe_on_file(
        counties,
        identity_number=typed.get("identity_number") or "",
        first_name=typed.get("first_name") or "",
        last_name=typed.get("last_name") or "",
        born_on=typed.get("born_on"),
        apart_from=apart_from,
    )


def asks_whether_another(form: PersonCreateForm, found: OnFile) -> bool:
    """Whether the form goes back to the clerk, because somebody alike is on file and nothing was said about it."""
    if not found.same_name or form.cleaned_data["another_person"]:
        return False
    form.ask_whether_another()
    form.add_error(
        "another_person", _("A client with these names and this date of birth is on file. Look at that file first.")
    )
    return True


def _apart_from(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("person", ""))
    except ValueError:
        return None
