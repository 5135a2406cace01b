"""The desk: the running period of a county, or of a province with its counties side by side."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hamafza.accounts.choices import Permission
from hamafza.core import clock
from hamafza.core.parts import active_filters, clear_url
from hamafza.desk.admission import Desk, admit_desk
from hamafza.desk.forms import PeriodForm
from hamafza.desk.queries.figures import figures_of
from hamafza.desk.queries.needs import needs_by_domain
from hamafza.desk.queries.questions import answered_for
from hamafza.desk.queries.waiting import dates_asked, to_verify
from hamafza.desk.views.panels import panels_of
from hamafza.needs.choices import Domain

DATES_SHOWN = 5


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    desk = admit_desk(request, Permission.SEE_DESK)
    form = PeriodForm({"place": desk.place.code, **request.GET.dict()}, today=clock.today())
    period = form.chosen()
    figures = figures_of(desk.place, desk.places, period, today=clock.today())
    asked = urlencode({"place": desk.place.code, "period": period.key})
    context = {
        **panels_of(figures, live=True, is_governors=desk.is_governors),
        **_waiting(desk),
        **_needs(desk),
        "filter_form": form,
        "filters": active_filters(form, request) if request.GET.get("since") or request.GET.get("until") else [],
        "clear_url": clear_url(form, request),
        "reports_url": f"{reverse('desk:snapshot-list')}?place={desk.place.code}",
        "snapshot_url": f"{reverse('desk:snapshot-create')}?{asked}" if desk.may(Permission.KEEP_DESK) else "",
        "is_running": period.last >= clock.today(),
    }
    return render(request, "desk/board.html", context)


def _waiting(desk: Desk) -> dict[str, object]:
    place = desk.place.code
    return {
        "dates": list(dates_asked(place)[:DATES_SHOWN]) if desk.may(Permission.ISSUE_COMMITMENTS) else [],
        "to_verify": to_verify(place).count() if desk.may(Permission.VERIFY_COMMITMENTS) else 0,
        "answers": list(answered_for(desk.actor)[:DATES_SHOWN]) if _asks(desk) else [],
        "verify_url": f"{reverse('commitments:commitment-list')}?place={place}&state=claimed",
    }


def _asks(desk: Desk) -> bool:
    return desk.actor.may(Permission.ASK_ABOUT_NEEDS)


def _needs(desk: Desk) -> dict[str, object]:
    """The way to the list without names, and for a district governor its sums."""
    if not desk.is_county or not desk.may(Permission.SEE_ANONYMOUS_LISTS):
        return {"needs_url": ""}
    url = f"{reverse('needs:need-list-anonymous')}?county={desk.place.code}"
    if not desk.districts:
        return {"needs_url": url}
    sums = needs_by_domain(desk.place.code, _codes(desk), on=clock.today())
    return {
        "needs_url": url,
        "districts": " · ".join(one.title for one in desk.districts),
        "needs": [(Domain(domain).label, count, f"{url}&domain={domain}") for domain, count in sums],
    }


def _codes(desk: Desk) -> frozenset[str]:
    """Of the districts whose needs she may see without names."""
    see, county = Permission.SEE_ANONYMOUS_LISTS, desk.place.code
    return frozenset(one.code for one in desk.districts if desk.actor.reaches(see, county, one.code))
