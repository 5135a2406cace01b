"""What became of the gifts in the demonstration county: stores, rounds, payments, need cards, thanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from hamafza.accounts.commands.demo import OTHER_BODIES
from hamafza.accounts.models import Organization, User
from hamafza.config.demonstration_giving import MILLION, giver, item, let
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.distribution.choices import EntryState, Proof, WarehouseKind
from hamafza.distribution.commands.deliver_many import deliver_many
from hamafza.distribution.commands.deliveries import deliver, mark_absent, replace
from hamafza.distribution.commands.reconcile import reconcile_round, record_call_back, report_round
from hamafza.distribution.commands.rounds import RoundPlan, approve_round, pack_round, plan_round, send_out
from hamafza.distribution.commands.stock import add_kit_version, buy_goods, pack_kits, receive_goods
from hamafza.distribution.commands.warehouses import StoreDetails, keep_warehouse
from hamafza.distribution.models import Delivery, Round, RoundEntry, Warehouse
from hamafza.distribution.periods import period_of
from hamafza.distribution.proofs import ProofGiven
from hamafza.distribution.queries.rounds import to_call_back
from hamafza.giving.choices import DonationState, GiftKind, GivingMode, PayMethod
from hamafza.giving.commands.allocations import (
    approve_allocation,
    cancel_allocation,
    propose_allocation,
    release_allocation,
)
from hamafza.giving.commands.cards import CardText, publish_card, review_card, write_card, write_group_card
from hamafza.giving.commands.disbursements import (
    PaymentAsked,
    approve_payment,
    confirm_payment,
    pay,
    request_payment,
)
from hamafza.giving.commands.reservations import accept, reserve_card
from hamafza.giving.models import Allocation, Disbursement, DonationLine, Item, NeedCard
from hamafza.ledger.models import Fund
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.commands.other_aid import OtherAid, record_other_aid
from hamafza.needs.models import Need
from hamafza.needs.queries.filters import NeedFilters
from hamafza.registry.models import Household
from hamafza.trace.choices import LetterKind
from hamafza.trace.commands.letters import LetterWish, write_letter

WITNESSES = ProofGiven(kind=Proof.WITNESSES, witnesses=("رضا کریمی", "مریم احمدی"))
STORE, CHARITY_STORE = "انبار اداره", "انبار مسجد جامع"
#: Packages of the round that is over, of the one that is out, and of the one that waits for approval.
CLOSED, OUT, PLANNED = 20, 15, 8
MOST_TRIED = 30


def spend_gifts(county: str) -> None:
    """Goods into stores and out to families, money decided on and paid, cards, thanks. Once; the county is open."""
    if Warehouse.objects.filter(county_id=county).exists():
        return
    store = _stores(county)
    _buy_for_kits(county, store)
    _rounds(county, store)
    _payments(county)
    _cards(county)
    _other_bodies(county)
    _thanks(county)


# --- goods ---


def _stores(county: str) -> Warehouse:
    """All goods but the last gift have come in; that one still waits at the storekeeper's."""
    store = _store(county, StoreDetails(name=STORE))
    _store(county, StoreDetails(name=CHARITY_STORE, kind=WarehouseKind.CHARITY))
    lines = DonationLine.objects.filter(kind=GiftKind.GOODS, donation__state=DonationState.CONFIRMED)
    here = list(lines.select_related("item", "donation").order_by("donation__received_on", "pk"))[:-1]
    for number, line in enumerate(here):
        # The first expires first, soon enough for a warning.
        _take_in(line, store, keeps=timedelta(days=20 + 45 * number))
    return store


def _store(county: str, details: StoreDetails) -> Warehouse:
    return let("anbardar", lambda by: keep_warehouse(county, details=details, by=by))


def _take_in(line: DonationLine, store: Warehouse, *, keeps: timedelta) -> None:
    expires_on = clock.today() + keeps if line.item and line.item.perishable else None
    let("anbardar", lambda by: receive_goods(
        line, warehouse=store, quantity=line.quantity or 0, expires_on=expires_on, on=line.donation.received_on,
        by=by, key=uuid7(),
    ))  # fmt: skip


def _buy_for_kits(county: str, store: Warehouse) -> None:
    """Rice, oil and pulses bought with the state's share, and packed by the office's recipe."""
    parts = (("برنج", 30, 330 * MILLION, 1), ("روغن", 60, 66 * MILLION, 2), ("حبوبات", 60, 60 * MILLION, 2))
    fund = _fund(county, Domain.LIVELIHOOD, government=True)
    total = sum(amount for _name, _count, amount, _each in parts)
    bought = _decided(fund, total, what="خرید اقلام بسته معیشتی", purpose=Domain.LIVELIHOOD)
    paid = _paid(_payment(bought, "بازرگانی گندم طلایی"))
    for name, quantity, amount, _each in parts:
        _buy(paid, item(county, name), quantity, amount, store)
    recipe = {item(county, name): each for name, _quantity, _amount, each in parts}
    kit = item(county, "بسته معیشتی")
    version = let("anbardar", lambda by: add_kit_version(kit, recipe=recipe, by=by, note="بسته یک‌ماهه"))
    let("anbardar", lambda by: pack_kits(county, kit_version=version, count=20, warehouse=store, by=by, key=uuid7()))


def _buy(paid: Disbursement, what: Item, quantity: int, amount: int, store: Warehouse) -> None:
    let("anbardar", lambda by: buy_goods(
        paid, item=what, quantity=quantity, amount=amount, warehouse=store,
        expires_on=clock.today() + timedelta(days=240), by=by, key=uuid7(),
    ))  # fmt: skip


# --- rounds ---


def _rounds(county: str, store: Warehouse) -> None:
    over = _sent_out(county, store, "بسته‌های نذر پنجشنبه، نوبت نخست", CLOSED)
    absent, *rest = _listed(over)
    let("tahvil", lambda by: deliver_many(over, rest[:-1], proof=WITNESSES, by=by))
    let("tahvil", lambda by: mark_absent(absent, by=by, reason="سفر بودند"))
    next_one = let("tahvil", lambda by: replace(absent, by=by))
    let("tahvil", lambda by: deliver(next_one, proof=WITNESSES, by=by, key=uuid7()))
    let("hesabdar", lambda by: reconcile_round(over, wasted=0, came_back=1, by=by))
    for delivery in to_call_back(county).filter(entry__round=over):
        _called_back(delivery)
    let("rais", lambda by: report_round(over, by=by))
    out = _sent_out(county, store, "بسته‌های نذر پنجشنبه، نوبت دوم", OUT)
    waiting = _listed(out)
    let("tahvil", lambda by: deliver_many(out, waiting[:5], proof=WITNESSES, by=by))
    let("tahvil", lambda by: mark_absent(waiting[5], by=by, reason="کسی در خانه نبود"))
    _planned(county, store, "بسته‌های نذر پنجشنبه، نوبت سوم", PLANNED)


def _called_back(delivery: Delivery) -> None:
    let("bazras", lambda by: record_call_back(delivery, said_yes=True, by=by))


def _planned(county: str, store: Warehouse, title: str, households: int) -> Round:
    plan = RoundPlan(
        title=title, item=item(county, "بسته معیشتی"), planned=households, period=period_of("month", clock.today()),
        warehouse=store, filters=NeedFilters(domain=Domain.LIVELIHOOD),
    )  # fmt: skip
    return let("madadkar", lambda by: plan_round(county, plan=plan, by=by, key=uuid7()))


def _sent_out(county: str, store: Warehouse, title: str, households: int) -> Round:
    made = _planned(county, store, title, households)
    approved = let("rais", lambda by: approve_round(made, by=by))
    packed = let("anbardar", lambda by: pack_round(approved, packages=households, by=by))
    return let("anbardar", lambda by: send_out(packed, by=by))


def _listed(of: Round) -> list[RoundEntry]:
    return list(of.entries.filter(state=EntryState.LISTED).order_by("rank"))


# --- money ---


def _payments(county: str) -> None:
    """A decision in each state: paid and confirmed, waiting for the payer, for the head, given back, dropped, proposed."""
    fridges, health, lessons = (
        _fund(county, domain) for domain in (Domain.HOUSEHOLD_GOODS, Domain.HEALTH, Domain.EDUCATION)
    )
    goods, ill, pupils = (
        _open_needs(county, domain) for domain in (Domain.HOUSEHOLD_GOODS, Domain.HEALTH, Domain.EDUCATION)
    )
    paid = _paid(
        _payment(
            _decided(fridges, 180 * MILLION, need=goods[0], what="خرید یخچال", asker="hesabdar"),
            "فروشگاه لوازم خانگی امید",
        )
    )
    let("madadkar", lambda by: confirm_payment(paid, by=by))
    _paid(_payment(_decided(health, 420 * MILLION, need=ill[0], what="هزینه جراحی"), "بیمارستان شهدا"))
    asked = _payment(_decided(health, 95 * MILLION, need=ill[1], what="تهیه سمعک"), "مرکز شنوایی‌سنجی نوا")
    let("rais", lambda by: approve_payment(asked, by=by))
    _payment(_decided(lessons, 60 * MILLION, need=pupils[0], what="شهریه و لوازم تحصیل"), "دبیرستان اندیشه")
    given_back = _decided(fridges, 150 * MILLION, need=goods[1], what="خرید ماشین لباسشویی")
    let("rais", lambda by: release_allocation(given_back, reason="خانواده دستگاه را از جای دیگر گرفت", by=by))
    dropped = _proposed(fridges, 90 * MILLION, need=goods[2], what="خرید اجاق گاز")
    let("madadkar", lambda by: cancel_allocation(dropped, reason="دو بار ثبت شده بود", by=by))
    _proposed(lessons, 45 * MILLION, need=pupils[1], what="خرید تبلت آموزشی")
    _proposed(fridges, 210 * MILLION, need=goods[3], what="خرید بخاری و فرش")


def _fund(county: str, purpose: str, *, government: bool = False) -> Fund:
    restriction = "government" if government else "purpose"
    return Fund.objects.get(county_id=county, purpose=purpose, restriction=restriction, need=None, use_by=None)


def _open_needs(county: str, domain: str) -> Sequence[Need]:
    """The most urgent, one a household."""
    found = Need.objects.filter(county_id=county, domain=domain, state=NeedState.OPEN, reserved=0)
    by_household = {
        need.household_id: need for need in found.select_related("household").order_by("-rank", "id")[:MOST_TRIED]
    }
    return list(by_household.values())


def _proposed(
    fund: Fund, amount: int, *, what: str, need: Need | None = None, purpose: str = "", asker: str = "madadkar"
) -> Allocation:
    return let(asker, lambda by: propose_allocation(
        fund, amount=amount, need=need, purpose=purpose, what=what, by=by, key=uuid7()
    ))  # fmt: skip


def _decided(
    fund: Fund, amount: int, *, what: str, need: Need | None = None, purpose: str = "", asker: str = "madadkar"
) -> Allocation:
    """Asked for by ``asker``: whoever asks does not confirm at the end that it has come."""
    proposed = _proposed(fund, amount, what=what, need=need, purpose=purpose, asker=asker)
    return let("rais", lambda by: approve_allocation(proposed, by=by))


def _payment(allocation: Allocation, payee: str) -> Disbursement:
    asked = PaymentAsked(amount=allocation.amount, method=PayMethod.SELLER, payee=payee)
    return let("hesabdar", lambda by: request_payment(allocation, asked=asked, by=by, key=uuid7()))


def _paid(payment: Disbursement) -> Disbursement:
    let("rais", lambda by: approve_payment(payment, by=by))
    return let("pardakht", lambda by: pay(payment, reference="140800711", by=by))


# --- the public, and thanks ---


def _cards(county: str) -> None:
    """One need alone and one for many, both published; the benefactor who signs in has taken up the first."""
    shown = _single_card(county)
    text = CardText(title="هزینه درمان خانواده‌ها", story="این خانواده‌ها از پرداخت سهم خود از هزینه درمان بازمانده‌اند.")
    group = let("madadkar", lambda by: write_group_card(county, domain=Domain.HEALTH, item="", text=text, by=by))
    _publish(group)
    khayyer = giver(county, "حسن نیکوکار")
    held = let("khayyer", lambda by: reserve_card(
        shown, benefactor=khayyer, units=1, mode=GivingMode.ESCORTED, by=by, key=uuid7()
    ))  # fmt: skip
    let("madadkar", lambda by: accept(held, by=by))


def _single_card(county: str) -> NeedCard:
    """Of the most urgent needs the first that does not stand out."""
    text = CardText(
        title="کمک به ادامه تحصیل یک دانش‌آموز", story="این دانش‌آموز برای ادامه تحصیل به وسیله آموزشی نیاز دارد.",
        unit_rial=80 * MILLION,
    )  # fmt: skip
    for need in _open_needs(county, Domain.EDUCATION)[2:MOST_TRIED]:
        try:
            with transaction.atomic():
                return _publish(_written(need, text))
        except Refusal:
            continue
    raise LookupError("no need of the demonstration may be shown alone")


def _written(need: Need, text: CardText) -> NeedCard:
    return let("madadkar", lambda by: write_card(need, text=text, by=by))


def _publish(card: NeedCard) -> NeedCard:
    read = let("rais", lambda by: review_card(card, by=by))
    return let("rais", lambda by: publish_card(read, by=by))


def _other_bodies(county: str) -> None:
    """A charity gave some families what the office gave them too; an agency helped some whom the office has not."""
    served = Delivery.objects.filter(county_id=county).select_related("entry__household").order_by("id")[:4]
    charity, agency = (Organization.objects.get(name_fa=name) for _kind, name in OTHER_BODIES)
    day = clock.today() - timedelta(days=3)
    for delivery in served:
        packages = OtherAid(charity, Domain.LIVELIHOOD, day, "بسته معیشتی", unit="بسته", value_rial=20 * MILLION)
        _written_down(delivery.entry.household, packages)
    for need in _open_needs(county, Domain.HOUSING)[:3]:
        _written_down(need.household, OtherAid(agency, Domain.HOUSING, day, "چادر", unit="تخته"))


def _written_down(household: Household, given: OtherAid) -> None:
    let("madadkar", lambda by: record_other_aid(household, given=given, by=by, key=uuid7()))


def _thanks(county: str) -> None:
    today = clock.today()
    deliverer = User.objects.get(username="tahvil")
    for kind, to, text in (
        (LetterKind.THANKS, giver(county, "حسن نیکوکار"), "نذر شما هر هفته سفره‌هایی را رونق داده است."),
        (LetterKind.THANKS, giver(county, "فولاد پارس آذر"), ""),
        (LetterKind.CERTIFICATE, deliverer, ""),
    ):
        wish = LetterWish(kind, to, today - timedelta(days=60), today, text=text)
        _write(county, wish)


def _write(county: str, wish: LetterWish) -> None:
    let("rais", lambda by: write_letter(county, wish=wish, by=by, key=uuid7()))
