"""What distribution puts into the shell. One function for each noun."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hamafza.core.navigation import NavItem, register
from hamafza.distribution import delivery_papers, round_rules, stock_rules
from hamafza.documents import owners


def register_all() -> None:
    """Called once, when the app is ready."""
    _stock()
    _rounds()


def _stock() -> None:
    """Goods, stores, kits, counts."""
    see, keep, confirm = stock_rules.may_see_stock, stock_rules.may_keep_stock, stock_rules.may_confirm
    for label, name, icon, key, may, order in (
        (_("Goods in stock"), "stock-list", "database", "s", see, 62),
        (_("Goods to come"), "goods-waiting", "inbox", "e", keep, 63),
        (_("Kits"), "kit-list", "package", "w", see, 64),
        (_("Counts of stores"), "count-list", "clipboard-list", "q", see, 65),
        (_("Reported losses"), "loss-list", "trash", "", confirm, 66),
        (_("Stores"), "store-list", "building", "j", see, 66),
    ):
        register(NavItem(label, f"distribution:{name}", icon=icon, key=key, may=may, order=order))


def _rounds() -> None:
    """Rounds and deliveries."""
    register(
        NavItem(
            _("Distribution rounds"),
            "distribution:round-list",
            icon="truck-delivery",
            key="r",
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
