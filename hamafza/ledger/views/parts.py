"""The parts of the ledger, as tabs above each of its lists."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.core.parts import Tab


def parts_of(county: str, current: str) -> list[Tab]:
    """Funds, journal, months, transfers and thresholds of one county."""
    query = urlencode({"county": county})
    named = (
        ("fund-list", _("Funds"), "wallet"),
        ("entry-list", _("Journal"), "list-details"),
        ("period-list", _("Months"), "calendar"),
        ("transfer-list", _("Transfers between counties"), "arrows-left-right"),
        ("threshold-list", _("Separate hands"), "users"),
    )
    return [
        Tab(label, f"{reverse(f'ledger:{name}')}?{query}", name == current, icon=icon) for name, label, icon in named
    ]
