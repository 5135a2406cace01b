"""Need cards and transfers between counties, for anybody."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from hamafza.giving.queries.cards import CardFilters, public_card, public_cards
from hamafza.needs.choices import Domain
from hamafza.needs.queries.counties import county_name
from hamafza.portal.forms.cards import CardFilterForm
from hamafza.portal.queries.offices import office_counties
from hamafza.portal.rules import KEEP_CARDS, KEEP_TRANSFERS
from hamafza.portal.views.open import MISSING, draw, public_page
from hamafza.trace.queries.codes import published_transfers

CARDS, TRANSFERS = 24, 50


@public_page(keep=KEEP_CARDS)
def card_list(request: HttpRequest) -> HttpResponse:
    counties = office_counties()
    form = CardFilterForm(request.GET, counties=counties)
    county, domain = form.chosen_county(), form.chosen_domain()
    asked = CardFilters(domain=domain)
    after = request.GET.get("after", "")[:20]
    found = public_cards(county, asked, after=after, limit=CARDS + 1) if county else []
    cards = found[:CARDS]
    more: dict[str, Any] = {"county": county, "domain": domain}
    context = {
        "county": county,
        "county_name": dict(counties).get(county, ""),
        "cards": cards,
        "filter_form": form,
        "more_url": f"?{urlencode({**more, 'after': cards[-1].place})}" if len(found) > CARDS else "",
    }
    return draw(request, "portal/card_list.html", context)


@public_page(keep=KEEP_CARDS)
def card(request: HttpRequest, county: str, code: str) -> HttpResponse:
    """Codes of cards stand in the public list: a wrong one is an old link, not a guess, and is not counted."""
    found = public_card(county, code)
    if found is None:
        return draw(request, "portal/card_missing.html", {"wrong": True}, status=MISSING)
    return draw(request, "portal/card.html", {"card": found, "county_name": county_name(county)})


@public_page(keep=KEEP_TRANSFERS)
def transfer_list(request: HttpRequest) -> HttpResponse:
    found = published_transfers(after=_place(request.GET.get("after", "")), limit=TRANSFERS + 1)
    page = found[:TRANSFERS]
    context = {
        "rows": [(one, Domain(one.purpose).label if one.purpose else "") for one in page],
        "more_url": f"?{urlencode({'after': page[-1].pk})}" if len(found) > TRANSFERS else "",
    }
    return draw(request, "portal/transfer_list.html", context)


def _place(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
