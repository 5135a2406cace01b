"""The queue of the head of the office: needs to approve, one by one or many at once."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.core import wording
from hamafza.needs.commands.need import approve_needs
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.filters import NeedFilters
from hamafza.needs.queries.lists import after, count_capped, place_of
from hamafza.needs.queries.needs import needs_to_approve
from hamafza.needs.views.rows import need_row

PAGE_SIZE = 50
BY_PRIORITY = NeedFilters()


@require_safe
def approval_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.APPROVE_NEEDS)
    on = timezone.localdate()
    waiting = needs_to_approve(county)
    count, capped = count_capped(waiting)
    shown = list(after(waiting, BY_PRIORITY, request.GET.get("after", ""))[: PAGE_SIZE + 1])
    page = shown[:PAGE_SIZE]
    more = {"county": county, "after": place_of(page[-1], BY_PRIORITY)} if len(shown) > PAGE_SIZE else {}
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [need_row(need, on=on) for need in page],
        "count": count,
        "capped": capped,
        "more_url": f"?{urlencode(more)}" if more else "",
    }
    return render(request, "needs/approval_list.html", context)


@require_POST
def approve_selected(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.APPROVE_NEEDS)
    opened, left = approve_needs(county, _ids(request.POST.getlist("pk")), by=actor)
    if opened:
        sentence = ngettext("%(count)s need is approved and open.", "%(count)s needs are approved and open.", opened)
        messages.success(request, sentence % {"count": wording.number(opened)})
    if left:
        sentence = ngettext(
            "%(count)s need was left: the same one already stands.",
            "%(count)s needs were left: the same ones already stand.",
            left,
        )
        messages.warning(request, sentence % {"count": wording.number(left)})
    return redirect(f"{reverse('needs:approval-list')}?{urlencode({'county': county})}")


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
