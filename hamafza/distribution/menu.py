"""What distribution puts into the shell. One function for each noun."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hamafza.core.navigation import NavItem, register
from hamafza.distribution import delivery_papers, round_rules
from hamafza.documents import owners


def register_all() -> None:
    """Called once, when the app is ready."""
    _stock()
    _rounds()


def _stock() -> None:
    """Goods, stores, kits, counts."""


def _rounds() -> None:
    """Rounds and deliveries."""
    register(
        NavItem(
            _("Distribution rounds"),
            "distribution:round-list",
            icon="truck-delivery",
            key="v",
            may=round_rules.may_see_rounds,
            order=72,
        )
    )
    register(
        NavItem(
            _("Deliver"), "distribution:delivery-board", icon="package", key="x", may=round_rules.may_deliver, order=74
        )
    )
    register(
        NavItem(
            _("Call households back"),
            "distribution:call-back-list",
            icon="phone",
            key="z",
            may=round_rules.may_call_back,
            order=76,
        )
    )
    owners.register(delivery_papers.DELIVERY_PAPERS)
