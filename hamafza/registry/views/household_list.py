"""All households of the office, filtered, sorted, page by page."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import admit
from hamafza.core.parts import active_filters, clear_url, more_url
from hamafza.registry.choices import SPECIAL_GROUPS, HouseholdState, TargetGroup
from hamafza.registry.commands.reveal import log_special_list
from hamafza.registry.forms.household import HouseholdFilterForm
from hamafza.registry.forms.parts import ANY
from hamafza.registry.queries.households import DEFAULT_SORT, HouseholdFilters, households
from hamafza.registry.rules import SPECIAL_CLASS

TONES = {
    HouseholdState.ACTIVE: "green",
    HouseholdState.WAITING: "orange",
    HouseholdState.SUSPENDED: "grey",
    HouseholdState.LEFT: "grey",
}


@require_safe
def household_list(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.SEE_CLIENTS)
    form = _filter_form(request, actor)
    filters = _filters(form)
    sort = request.GET.get("sort", DEFAULT_SORT)
    page = households(filters, sort=sort, after=request.GET.get("after", ""))
    if filters.group in SPECIAL_GROUPS:
        log_special_list(page.shown, reason=_("List filtered by target group"))
    return render(
        request,
        "registry/household_list.html",
        {
            "rows": [
                (row, reverse("registry:household-record", args=[row.id]), TONES[HouseholdState(row.state)])
                for row in page.rows
            ],
            "count": page.count,
            "capped": page.capped,
            "filter_form": form,
            "filters": active_filters(form, request),
            "clear_url": clear_url(form, request),
            "more_url": more_url(request.GET, page.after) if page.after else "",
            "sort": sort,
            "may_edit": actor.may(Permission.EDIT_CLIENTS),
            "may_import": actor.may(Permission.IMPORT_CLIENTS),
        },
    )


def _filter_form(request: HttpRequest, actor: Actor) -> HouseholdFilterForm:
    form = HouseholdFilterForm(request.GET)
    form.offer_districts(actor.counties_with(Permission.SEE_CLIENTS), ended=Q(valid_to__isnull=False))
    open_groups = [(code, label) for code, label in TargetGroup.choices if code not in SPECIAL_GROUPS]
    groups = TargetGroup.choices if actor.may(SPECIAL_CLASS) else open_groups
    form.fields["group"].choices = [("", ANY), *groups]  # type: ignore[attr-defined]  # a choice field
    return form


def _filters(form: HouseholdFilterForm) -> HouseholdFilters:
    form.is_valid()  # a filter nobody can choose filters nothing
    chosen = form.cleaned_data
    return HouseholdFilters(
        text=chosen.get("q") or "",
        district=chosen["district"].pk if chosen.get("district") else "",
        group=chosen.get("group") or "",
        decile=chosen.get("decile"),
        state=chosen.get("state") or "",
    )
