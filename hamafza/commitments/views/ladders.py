"""The ladder of a place: who is told, after how many days; seen by all who follow up, changed by who keeps the council."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.commitments.admission import admit_place
from hamafza.commitments.choices import Rung
from hamafza.commitments.commands.ladder import drop_ladder, set_ladder
from hamafza.commitments.forms import LadderForm
from hamafza.commitments.queries.ladders import ladder_at
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.places.queries.places import place_title

WRONG = 422


@require_safe
def ladder_record(request: HttpRequest) -> HttpResponse:
    actor, place = admit_place(request, Permission.SEE_COMMITMENTS)
    return render(
        request,
        "commitments/ladder_record.html",
        {**_ladder_of(place), "may_change": actor.may(Permission.KEEP_COUNCILS, place)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ladder_edit(request: HttpRequest) -> HttpResponse:
    actor, place = admit_place(request, Permission.KEEP_COUNCILS)
    form = LadderForm(request.POST or None, initial={one.to: one.days for one in ladder_at(place).steps})
    if request.method == "POST" and form.is_valid():
        try:
            set_ladder(place, form.steps(), by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The ladder is changed. It holds from now on."))
            return redirect(_page_of(place))
    context = {**_ladder_of(place), "form": form, "cancel_url": _page_of(place)}
    return render(request, "commitments/ladder_form.html", context, status=WRONG if form.errors else None)


@require_POST
def ladder_drop(request: HttpRequest) -> HttpResponse:
    actor, place = admit_place(request, Permission.KEEP_COUNCILS)
    drop_ladder(place, by=actor)
    messages.success(request, _("The ladder of the place above is in force again."))
    return redirect(_page_of(place))


def _page_of(place: str) -> str:
    return f"{reverse('commitments:ladder-record')}?place={place}"


def _ladder_of(place: str) -> dict[str, Any]:
    ladder = ladder_at(place)
    return {
        "place": place,
        "place_name": place_title(place),
        "steps": [(Rung(one.to).label, one.days) for one in ladder.steps],
        "set_by": ladder.of.title if ladder.of else "",
        "is_own": ladder.of is not None and ladder.of.code == place,
    }
