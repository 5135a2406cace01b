"""Rounds for tests, brought as far as a test wants them by the commands themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.distribution.choices import EntryState, Proof
from hamafza.distribution.commands.deliveries import deliver
from hamafza.distribution.commands.reconcile import reconcile_round
from hamafza.distribution.commands.rounds import RoundPlan, approve_round, pack_round, plan_round, send_out
from hamafza.distribution.models import Delivery, Lot, Round, RoundEntry, Warehouse
from hamafza.distribution.periods import period_of
from hamafza.distribution.proofs import ProofGiven
from hamafza.distribution.tests.factories import a_fund, a_goods_line, a_lot, a_store, an_item
from hamafza.giving.models import Item
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.needs.queries.filters import NeedFilters
from hamafza.needs.tests.factories import a_need
from hamafza.places.tests.factories import COUNTY, make_county
from hamafza.registry.models import Household
from hamafza.registry.tests.factories import a_head, a_household

WITNESSES = ProofGiven(kind=Proof.WITNESSES, witnesses=("رضا کریمی", "مریم احمدی"))


@dataclass(frozen=True)
class Office:
    """One pair of hands for each duty of a round."""

    planner: Actor
    head: Actor
    accountant: Actor
    storekeeper: Actor
    deliverer: Actor
    auditor: Actor


def an_office(county: str = COUNTY) -> Office:
    """Everybody who has to do with a round, each another person."""
    make_county(county)
    return Office(
        planner=make_actor(Role.SOCIAL_WORKER, county),
        head=make_actor(Role.COUNTY_HEAD, county),
        accountant=make_actor(Role.ACCOUNTANT, county),
        storekeeper=make_actor(Role.STOREKEEPER, county),
        deliverer=make_actor(Role.DELIVERER, county),
        auditor=make_actor(Role.AUDITOR, county),
    )


def a_family(
    *,
    severity: int = 3,
    county: str = COUNTY,
    address: str = "کوچه بهار، پلاک ۵",
    last_name: str = "بهاری",
    **fields: Any,
) -> Need:
    """A household with a head and an open need of livelihood; the more severe, the earlier in rank."""
    home = a_household(county=make_county(county), address=address)
    a_head(household=home, last_name=last_name)
    with counties([county]):
        home = Household.objects.get(pk=home.pk)
    return a_need(home, severity=severity, **{"domain": Domain.LIVELIHOOD, "item": "بسته معیشتی", **fields})


@dataclass(frozen=True)
class Setting:
    """Families, goods and hands for a round."""

    office: Office
    item: Item
    store: Warehouse
    lots: Sequence[Lot]
    needs: Sequence[Need]


def a_setting(*, families: int = 4, goods: int = 10, required: int = 1, county: str = COUNTY) -> Setting:
    """So many families, the first the most severe, and so many packages in one lot."""
    item = an_item(county=county, unit="بسته", domain=Domain.LIVELIHOOD)
    store = a_store(county=county)
    lots = [a_lot(item, quantity=goods, store=store, county=county)] if goods else []
    needs = [
        a_family(severity=max(1, 5 - place), waiting_days=30 * (families - place), required=required, county=county)
        for place in range(families)
    ]
    return Setting(an_office(county), item, store, lots, needs)


def a_plan(setting: Setting, **fields: Any) -> RoundPlan:
    """Two households, one package each, once in this month."""
    return RoundPlan(
        **{
            "title": "بسته‌های آبان",
            "item": setting.item,
            "planned": 2,
            "period": period_of("month", clock.today()),
            "warehouse": setting.store,
            "filters": NeedFilters(domain=Domain.LIVELIHOOD),
            **fields,
        }
    )


def a_round(setting: Setting, *, until: str = "planned", **fields: Any) -> Round:
    """A round brought as far as ``planned``, ``approved``, ``packing`` or ``out``."""
    office, county = setting.office, setting.store.county_id
    made = plan_round(county, plan=a_plan(setting, **fields), by=office.planner, key=uuid7())
    if until == "planned":
        return made
    made = approve_round(made, by=office.head)
    if until == "approved":
        return made
    made = pack_round(made, packages=len(listed(made)), by=office.storekeeper)
    return made if until == "packing" else send_out(made, by=office.storekeeper)


def listed(of: Round) -> list[RoundEntry]:
    """Who awaits a package, in rank."""
    return list(of.entries.filter(state=EntryState.LISTED).order_by("rank"))


def a_delivery(entry: RoundEntry, setting: Setting) -> Delivery:
    """Handed over before two witnesses."""
    return deliver(entry, proof=WITNESSES, by=setting.office.deliverer, key=uuid7())


def rounds_of_each(*, county: str, word: str = "", hidden: str = "", goods: str = "") -> dict[str, Any]:
    """For walks over every page: a round that waits, one that is out, and one that is closed with a delivery drawn by lot.

    ``word`` stands in names of families that are on their way to be served, ``hidden`` in their addresses, ``goods`` in
    names of goods and stores.
    """
    office, domain = an_office(county), Domain.HOUSEHOLD_GOODS
    item = an_item(f"{goods} پتو", county=county, domain=domain)
    setting = Setting(office, item, a_store(f"{goods} انبار پتو", county=county), [], [])
    line = a_goods_line(item, quantity=9, fund=a_fund(purpose=domain, county=county), county=county)
    a_lot(quantity=9, line=line, store=setting.store, county=county)
    with counties([county]):
        a_family(county=county, domain=domain, severity=5)
        filters = NeedFilters(domain=domain)
        closed = a_round(setting, until="out", planned=1, filters=filters)
        delivery = a_delivery(listed(closed)[0], setting)
        reconcile_round(closed, wasted=0, came_back=0, by=office.accountant)
        for severity in (4, 3):
            a_family(
                county=county, domain=domain, severity=severity, last_name=f"{word} نیازمند", address=f"{hidden} گذر"
            )
        going = a_round(setting, until="out", planned=1, filters=filters)
        a_family(county=county, domain=domain, last_name=f"{word} منتظر", address=f"{hidden} گذر")
        planned = a_round(setting, planned=1, filters=filters)
        return {"planned_round": planned, "round": going, "round_entry": listed(going)[0], "delivery": delivery}
