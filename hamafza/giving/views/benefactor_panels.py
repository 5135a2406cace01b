"""The tab of what a benefactor can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.giving.models import Benefactor
from hamafza.giving.queries.capacities import capacities_of
from hamafza.giving.views.rows import capacity_row

AT_MOST = 100


def capacities_panel(request: HttpRequest, benefactor: Benefactor) -> Mapping[str, Any]:
    """Everything she offers, the newest first."""
    found = capacities_of(benefactor).select_related("benefactor")[:AT_MOST]
    may_add = benefactor.active and actor_of(request).may(Permission.KEEP_BENEFACTORS, benefactor.county_id)
    return {
        "rows": [capacity_row(one) for one in found],
        "create_url": reverse("giving:capacity-create", args=[benefactor.pk]) if may_add else "",
    }


def capacity_count(benefactor: Benefactor) -> int:
    """How many she offers."""
    return capacities_of(benefactor).count()
