"""Follow a gift by its code, check a receipt: for anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hamafza.core.session import Scope, narrow_to
from hamafza.giving.codes import shown_code, tidy_code
from hamafza.giving.queries.receipts import check_receipt
from hamafza.needs.queries.counties import county_name
from hamafza.portal.views.open import draw, is_knocking_too_often, public_page, too_many, wrong_code
from hamafza.portal.views.way import promise_shown, way_shown
from hamafza.trace.queries.codes import found_by
from hamafza.trace.queries.gifts import traced_gift
from hamafza.trace.queries.promise import promise_way
from hamafza.trace.queries.way import way_of

LONGEST = 60


@public_page()
def trace_form(request: HttpRequest) -> HttpResponse:
    code = tidy_code(request.GET.get("code", "")[:LONGEST])
    if code:
        return redirect("portal:trace", code=code)
    return draw(request, "portal/trace_form.html")


@public_page()
def trace(request: HttpRequest, code: str) -> HttpResponse:
    if is_knocking_too_often(request):
        return too_many(request)
    found = found_by(code)
    if found is None:
        return wrong_code(request, "portal/trace_form.html")
    narrow_to(Scope(frozenset({found.county})))
    donation = traced_gift(found)
    if donation is None:
        return wrong_code(request, "portal/trace_form.html")
    promise = promise_way(donation)
    context = {
        "promise": promise_shown(promise) if promise else None,
        "way": way_shown(way_of(donation), county=county_name(found.county)),
        "code": shown_code(donation.trace_code),
    }
    return draw(request, "portal/trace.html", context)


@public_page()
def receipt_check(request: HttpRequest) -> HttpResponse:
    code = request.GET.get("code", "")[:LONGEST].strip()
    if not code:
        return draw(request, "portal/receipt_check.html")
    if is_knocking_too_often(request):
        return too_many(request)
    receipt = check_receipt(code)
    if receipt is None:
        return wrong_code(request, "portal/receipt_check.html", {"code": code})
    return draw(request, "portal/receipt_check.html", {"receipt": receipt, "code": code})
