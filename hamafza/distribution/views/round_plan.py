"""Planning a round: what, for how many, and whose turn it is, with a live count of the households it finds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.distribution.commands.rounds import plan_round
from hamafza.distribution.forms.round import RoundPlanForm, RuleForm
from hamafza.distribution.periods import period_of, period_shown
from hamafza.distribution.queries.eligible import count_eligible
from hamafza.distribution.queries.rounds import items_of_rounds, stores_of_rounds
from hamafza.distribution.queries.stock import free_lots
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def round_plan(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.PLAN_ROUNDS)
    form, rule = _form(county, request.POST or None), RuleForm(request.POST or None, county=county)
    counted: dict[str, Any] = {}
    if request.method == "POST" and "count" in request.POST:
        counted = _counted(county, form, rule)
    elif request.method == "POST" and form.is_valid() & rule.is_valid():
        try:
            planned = plan_round(county, plan=form.plan(rule.filters()), by=actor, key=form.cleaned_data["key"])
        except Refusal as refusal:
            show_refusal(rule if refusal.field in rule.fields else form, refusal)
        else:
            sentence = ngettext(
                "The list of %(count)s household is drawn up. Somebody else approves it.",
                "The list of %(count)s households is drawn up. Somebody else approves it.",
                planned.planned,
            )
            messages.success(request, sentence % {"count": wording.number(planned.planned)})
            return redirect("distribution:round-record", pk=planned.pk)
    context = {
        "form": form,
        "rule": rule,
        "county": county,
        "county_name": county_name(county),
        "cancel_url": reverse("distribution:round-list"),
        **counted,
    }
    return render(
        request,
        "distribution/round_plan.html",
        context,
        status=WRONG if (form.errors or rule.errors) and not counted else None,
    )


@require_safe
def round_plan_count(request: HttpRequest) -> HttpResponse:
    """The line under the rule, asked for again whenever the form changes."""
    _actor, county = admit_county(request, Permission.PLAN_ROUNDS)
    form, rule = _form(county, request.GET), RuleForm(request.GET, county=county)
    return render(request, "distribution/_plan_count.html", _counted(county, form, rule))


def _form(county: str, data: Any) -> RoundPlanForm:
    return RoundPlanForm(data, items=items_of_rounds(county), warehouses=stores_of_rounds(county))


def _counted(county: str, form: RoundPlanForm, rule: RuleForm) -> dict[str, Any]:
    """What the rule finds for the item and period chosen so far; nothing before an item is chosen."""
    form.is_valid()
    said = form.cleaned_data
    item = said.get("item")
    if item is None:
        return {"counted": True}
    period = period_of(said.get("kind") or "month", said.get("starts_on") or clock.today())
    turnout = count_eligible(county, rule.filters(), item=item, period=period, starts_on=said.get("starts_on"))
    store = said.get("warehouse")
    free = sum(one.free for one in free_lots(county, item, store, clock.today())) if store else None
    return {
        "counted": True,
        "turnout": turnout,
        "period": period_shown(period),
        "free": free,
        "item": item,
        "enough": free is None or free >= (said.get("planned") or 0) * (said.get("per_household") or 1),
    }
