"""Gifts on the page of a benefactor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.giving.models import Benefactor
from hamafza.giving.queries.annual import years_with_gifts
from hamafza.giving.queries.donations import donations_of, sums_of
from hamafza.giving.views.donation_rows import donation_row

AT_MOST = 100


def donations_panel(request: HttpRequest, benefactor: Benefactor) -> Mapping[str, Any]:
    """All her gifts, the latest first, with their sums and her statements by year."""
    actor, gifts = actor_of(request), donations_of(benefactor)
    may_receive = benefactor.active and actor.may(Permission.RECEIVE_GIFTS, benefactor.county_id)
    may_state = actor.may(Permission.CONFIRM_GIFTS, benefactor.county_id)
    receive = f"{reverse('giving:donation-receive')}?benefactor={benefactor.pk}&county={benefactor.county_id}"
    return {
        "rows": [donation_row(gift) for gift in gifts[:AT_MOST]],
        "sums": sums_of(gifts),
        "receive_url": receive if may_receive else "",
        "years": [
            (year, reverse("giving:annual-statement", args=[benefactor.pk, year]))
            for year in (years_with_gifts(benefactor) if may_state else [])
        ],
    }


def donation_count(benefactor: Benefactor) -> int:
    """How many gifts she has made."""
    return benefactor.donations.count()
