"""A household's file is suspended, put on the waiting list, closed, or taken up again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.registry.choices import HouseholdLeft, HouseholdState
from hamafza.registry.commands.change_state import (
    leave_file,
    put_on_waiting_list,
    return_to_file,
    suspend_household,
)
from hamafza.registry.forms.household import HouseholdLeaveForm, ReasonForm
from hamafza.registry.models import Household
from hamafza.registry.rules import HOUSEHOLD_FLOW
from hamafza.registry.views.household_form import UNPROCESSABLE

#: The word in the address, the state it leads to, the heading and the verb on the button.
STEPS = {
    "suspend": (HouseholdState.SUSPENDED, gettext_lazy("Suspend the file"), gettext_lazy("Suspend")),
    "wait": (HouseholdState.WAITING, gettext_lazy("Put on the waiting list"), gettext_lazy("Put on the list")),
    "leave": (HouseholdState.LEFT, gettext_lazy("Close the file"), gettext_lazy("Close")),
    "return": (HouseholdState.ACTIVE, gettext_lazy("Take the file up again"), gettext_lazy("Take up again")),
}


def household_state(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    household = load(request, Household, pk, may=Permission.EDIT_CLIENTS)
    state, heading, verb = _step(household, step)
    back = reverse("registry:household-record", args=[pk])
    form = (
        HouseholdLeaveForm(request.POST or None, initial={"on": timezone.localdate()})
        if step == "leave"
        else ReasonForm(request.POST or None)
    )
    if form.is_bound and form.is_valid():
        try:
            _take(household, step, form, by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Done: the file is now “%(state)s”.") % {"state": state.label})
            return redirect(back)
    context = {"form": form, "household": household, "heading": heading, "verb": verb, "cancel_url": back}
    return render(request, "registry/household_state.html", context, status=UNPROCESSABLE if form.errors else 200)


def steps_of(household: Household) -> list[tuple[str, str]]:
    """The steps the flow allows now: address and heading."""
    allowed = HOUSEHOLD_FLOW[household.state]
    return [(step, str(heading)) for step, (state, heading, _verb) in STEPS.items() if state in allowed]


def _step(household: Household, step: str) -> tuple[HouseholdState, object, object]:
    if step not in STEPS or STEPS[step][0] not in HOUSEHOLD_FLOW[household.state]:
        raise Http404
    return STEPS[step]


def _take(household: Household, step: str, form: ReasonForm, *, by: Actor) -> None:
    reason = form.cleaned_data["reason"]
    if step == "suspend":
        suspend_household(household, reason=reason, by=by)
    elif step == "wait":
        put_on_waiting_list(household, reason=reason, by=by)
    elif step == "return":
        return_to_file(household, reason=reason, by=by)
    else:
        why, on = HouseholdLeft(form.cleaned_data["why"]), form.cleaned_data["on"]
        leave_file(household, why=why, reason=reason, on=on, by=by)
