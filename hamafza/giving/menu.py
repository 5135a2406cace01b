"""What giving puts into the shell, and the panels on a benefactor's page. One function for each noun."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hamafza.core.navigation import NavItem, register
from hamafza.giving import rights, rules, spending_rights
from hamafza.giving.donation_panel import donation_count, donations_panel
from hamafza.giving.household_panel import spending_panel
from hamafza.giving.panels import register_benefactor_panel
from hamafza.giving.pledge_panel import pledge_count, pledges_panel
from hamafza.giving.views.benefactor_panels import capacities_panel, capacity_count
from hamafza.registry.panels import register_panel


def register_all() -> None:
    """Called once, when the app is ready."""
    _benefactors()
    _pledges()
    _donations()
    _spending()


def _benefactors() -> None:
    """Benefactors, capacities, matches, items."""
    register(
        NavItem(
            _("Benefactors"),
            "giving:benefactor-list",
            icon="heart-handshake",
            key="h",
            may=rules.may_see_benefactors,
            order=50,
        )
    )
    register(
        NavItem(_("What they can do"), "giving:capacity-list", icon="hand-finger", may=rules.may_see_matches, order=52)
    )
    register(NavItem(_("Matches"), "giving:match-list", icon="link", may=rules.may_see_matches, order=54))
    register(NavItem(_("Catalogue of items"), "giving:item-list", icon="list", may=rules.may_see_items, order=78))
    register_benefactor_panel(
        _("Capacities"),
        "giving/_capacities_panel.html",
        context=capacities_panel,
        key="capacities",
        count=capacity_count,
        order=10,
    )


def _pledges() -> None:
    """Promises and instalments."""
    register(
        NavItem(_("Pledges"), "giving:pledge-list", icon="calendar-event", may=rules.may_see_benefactors, order=56)
    )
    register(
        NavItem(
            _("Instalments to come"),
            "giving:instalment-list",
            icon="calendar-due",
            may=rules.may_see_benefactors,
            order=57,
        )
    )
    register_benefactor_panel(
        _("Pledges"), "giving/_pledges_panel.html", context=pledges_panel, key="pledges", count=pledge_count, order=20
    )


def _donations() -> None:
    """Gifts, statements, receipts, refunds, the government's share."""
    register(NavItem(_("Gifts"), "giving:donation-list", icon="gift", may=rules.may_see_benefactors, order=58))
    register(NavItem(_("Gifts to confirm"), "giving:donation-pending", icon="checks", may=rights.may_confirm, order=59))
    register(NavItem(_("Bank lines"), "giving:line-list", icon="building-bank", may=rights.may_keep_bank, order=60))
    register(NavItem(_("Refunds"), "giving:refund-list", icon="arrow-back-up", may=rights.may_see_refunds, order=64))
    register(
        NavItem(_("The government's share"), "giving:share-list", icon="scale", may=rights.may_see_share, order=66)
    )
    register_benefactor_panel(
        _("Gifts"),
        "giving/_donations_panel.html",
        context=donations_panel,
        key="gifts",
        count=donation_count,
        order=30,
    )


def _spending() -> None:
    """Allocations, payments, need cards, direct giving."""
    register(
        NavItem(
            _("Allocations"), "giving:allocation-list", icon="wallet", may=spending_rights.may_see_spending, order=70
        )
    )
    register(
        NavItem(_("Payments"), "giving:payment-queue", icon="checks", may=spending_rights.may_see_spending, order=71)
    )
    register(NavItem(_("Need cards"), "giving:card-list", icon="heart", may=spending_rights.may_see_cards, order=58))
    register(
        NavItem(
            _("Taken up by benefactors"),
            "giving:reservation-list",
            icon="hand-stop",
            may=spending_rights.may_see_reservations,
            order=59,
        )
    )
    register_panel(
        "household", _("What can be done"), "giving/_household_spending.html", context=spending_panel, order=20
    )
