"""Promises on the page of a benefactor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core import clock
from hamafza.giving.models import Benefactor
from hamafza.giving.queries.pledges import pledges_of, versions_in_force
from hamafza.giving.views.pledge_rows import pledge_row

AT_MOST = 50


def pledges_panel(request: HttpRequest, benefactor: Benefactor) -> Mapping[str, Any]:
    """All her promises, the latest first."""
    pledges = list(pledges_of(benefactor, on=clock.today())[:AT_MOST])
    versions = versions_in_force(pledges)
    may_make = benefactor.active and actor_of(request).may(Permission.KEEP_BENEFACTORS, benefactor.county_id)
    return {
        "rows": [pledge_row(pledge, versions.get(pledge.pk)) for pledge in pledges],
        "make_url": reverse("giving:pledge-make", args=[benefactor.pk]) if may_make else "",
    }


def pledge_count(benefactor: Benefactor) -> int:
    """How many promises she has made."""
    return benefactor.pledges.count()
