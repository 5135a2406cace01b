"""Giving in the demonstration county: promises, gifts and the state's share, each step by the hands that do it at an office."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from hamafza.accounts.actor import Actor
from hamafza.accounts.queries.actors import actor_named
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.core.jalali import to_jalali
from hamafza.core.session import acting_as
from hamafza.giving.choices import Channel, DedicationKind, Frequency, GiftKind, Intention
from hamafza.giving.commands.appropriations import Share, record_appropriation
from hamafza.giving.commands.donations import confirm_donation, receive_donation, reject_donation
from hamafza.giving.commands.pledge_steps import pause_pledge
from hamafza.giving.commands.pledges import make_pledge
from hamafza.giving.commands.statements import import_statement
from hamafza.giving.gift import Gift, GiftLine, Wish
from hamafza.giving.models import Benefactor, Donation, Instalment, Item, Pledge
from hamafza.giving.promise import Promise
from hamafza.giving.schedule import Schedule
from hamafza.needs.choices import Domain

T = TypeVar("T")
MILLION = 1_000_000
THURSDAY, WEEK = 3, timedelta(days=7)
PACKAGES, WHOLE_WEEKS = 41, 2


def let(username: str, act: Callable[[Actor], T]) -> T:
    """Let one of the demonstration's people do something; the trail names her."""
    actor = actor_named(username)
    with acting_as(f"user:{actor.user_id}"):
        return act(actor)


def giver(county: str, name: str) -> Benefactor:
    return Benefactor.objects.get(county_id=county, name=name)


def item(county: str, name: str) -> Item:
    return Item.objects.get(county_id=county, name=name)


def make_gifts(county: str) -> None:
    """Promises with what was kept of them, gifts of every kind and state, two notices of the state. Once; the county is open."""
    if Pledge.objects.filter(county_id=county).exists():
        return
    _vow_of_packages(county)
    _other_pledges(county)
    _money(county)
    _goods(county)
    _waiting(county)
    _government(county)


def give(county: str, gift: Gift) -> Donation:
    """Received by the giving officer, confirmed by the accountant."""
    waiting = let("khayyerin", lambda by: receive_donation(county, gift=gift, by=by, key=uuid7()))
    return let("hesabdar", lambda by: confirm_donation(waiting, by=by))


def _pledge(benefactor: Benefactor, promise: Promise, schedule: Schedule) -> Pledge:
    return let("khayyerin", lambda by: make_pledge(benefactor, promise=promise, schedule=schedule, by=by))


def _instalments(pledge: Pledge) -> list[Instalment]:
    return list(pledge.instalments.select_related("pledge__benefactor", "pledge__item").order_by("due_on"))


def _vow_of_packages(county: str) -> None:
    """41 packages every Thursday: two weeks kept, of the third a part, the fourth is due or late."""
    today, packages = clock.today(), item(county, "بسته معیشتی")
    thursday = today - timedelta(days=(today.weekday() - THURSDAY) % 7)
    promise = Promise(
        GiftKind.GOODS, PACKAGES, item=packages.pk, intention=Intention.VOW, purpose=Domain.LIVELIHOOD,
        own_words="نذر سلامتی خانواده؛ هر پنجشنبه تا هر زمان که بتوانم", grace_days=10,
    )  # fmt: skip
    schedule = Schedule(Frequency.WEEK, thursday - 3 * WEEK, weekdays=(THURSDAY,))
    vow = _pledge(giver(county, "حسن نیکوکار"), promise, schedule)
    wish = Wish(intention=Intention.VOW, purpose=Domain.LIVELIHOOD)
    for due, quantity in zip(_instalments(vow), (PACKAGES, PACKAGES, 20), strict=False):
        line = GiftLine(kind=GiftKind.GOODS, item=packages, quantity=quantity, instalment=due)
        give(county, Gift(channel=Channel.IN_KIND, lines=[line], received_on=due.due_on, wish=wish))


def _other_pledges(county: str) -> None:
    today = clock.today()
    mosque = giver(county, "هیئت امنای مسجد جامع")
    monthly = Schedule(Frequency.MONTH, today - timedelta(days=75), month_day=1)
    kept = _pledge(mosque, Promise(GiftKind.MONEY, 300 * MILLION, purpose=Domain.LIVELIHOOD), monthly)
    for due in _instalments(kept)[:2]:
        line = GiftLine(kind=GiftKind.MONEY, amount=due.expected, instalment=due)
        wish = Wish(purpose=Domain.LIVELIHOOD)
        give(county, Gift(channel=Channel.CARD_READER, lines=[line], received_on=min(due.due_on, today), wish=wish))
    promise = Promise(GiftKind.MONEY, 150 * MILLION, intention=Intention.ZAKAT_FITR)
    _pledge(
        giver(county, "گروه جهادی یاران سپید"), promise, Schedule(Frequency.OCCASION, today, occasion="eid-al-fitr")
    )
    promise = Promise(GiftKind.SERVICE, 4, service="مشاوره تحصیلی", purpose=Domain.EDUCATION)
    _pledge(giver(county, "طاهره افشار"), promise, Schedule(Frequency.MONTH, today + timedelta(days=5)))
    promise = Promise(
        GiftKind.MONEY, 200 * MILLION, intention=Intention.VOW, condition="قبولی فرزندم در دانشگاه",
        deadline=today + timedelta(days=300),
    )  # fmt: skip
    _pledge(giver(county, "منیژه شکیبا"), promise, Schedule(Frequency.ONCE, today + timedelta(days=60)))
    bread = _pledge(
        giver(county, "نانوایی سنگک برکت"),
        Promise(GiftKind.MONEY, 20 * MILLION, purpose=Domain.LIVELIHOOD),
        Schedule(Frequency.WEEK, today - 2 * WEEK, weekdays=(5,)),
    )
    let("khayyerin", lambda by: pause_pledge(bread, since=today, reason="تعمیر نانوایی", by=by))


def _money(county: str) -> None:
    today = clock.today()
    gifts: tuple[tuple[str | None, int, int, Channel, Wish], ...] = (
        ("فولاد پارس آذر", 2_500, 34, Channel.BANK_TRANSFER, Wish(intention=Intention.CORPORATE, purpose=Domain.HEALTH)),
        ("مؤسسه خیریه مهرآوران", 1_800, 27, Channel.BANK_TRANSFER, Wish(purpose=Domain.HOUSEHOLD_GOODS)),
        (
            "طاهره افشار", 600, 19, Channel.CARD_READER,
            Wish(purpose=Domain.EDUCATION, dedication=DedicationKind.IN_MEMORY, dedicated_to="مادرم"),
        ),
        ("بهمن رستاخیز", 450, 12, Channel.CARD_READER, Wish(intention=Intention.ZAKAT)),
        ("منیژه شکیبا", 85, 6, Channel.CASH, Wish(intention=Intention.EXPIATION)),
        (None, 120, 3, Channel.CASH, Wish(intention=Intention.ALMS)),
    )  # fmt: skip
    for name, millions, days, channel, wish in gifts:
        line = GiftLine(kind=GiftKind.MONEY, amount=millions * MILLION)
        benefactor = giver(county, name) if name else None
        received_on = today - timedelta(days=days)
        give(county, Gift(channel=channel, lines=[line], benefactor=benefactor, received_on=received_on, wish=wish))


def _goods(county: str) -> None:
    today = clock.today()
    for name, what, quantity, days, purpose in (
        ("تولیدی پوشاک سپیده", "پتو", 60, 21, Domain.HOUSEHOLD_GOODS),
        ("کمیته امداد بخش شریف‌آباد", "برنج", 40, 9, Domain.LIVELIHOOD),
        ("گروه جهادی یاران سپید", "روغن", 100, 1, Domain.LIVELIHOOD),
    ):
        line = GiftLine(kind=GiftKind.GOODS, item=item(county, what), quantity=quantity)
        gift = Gift(
            channel=Channel.IN_KIND, lines=[line], benefactor=giver(county, name),
            received_on=today - timedelta(days=days), wish=Wish(purpose=purpose),
        )  # fmt: skip
        give(county, gift)


def _waiting(county: str) -> None:
    """What an office finds in the morning: a gift to confirm, a cheque that came back, a statement of the bank."""
    line = GiftLine(kind=GiftKind.MONEY, amount=90 * MILLION)
    cash = Gift(channel=Channel.CASH, lines=[line], benefactor=giver(county, "دکتر کامران دهقان"))
    let("khayyerin", lambda by: receive_donation(county, gift=cash, by=by, key=uuid7()))
    cheque = Gift(channel=Channel.CHEQUE, lines=[line], benefactor=giver(county, "بهمن رستاخیز"), reference="881204")
    bounced = let("khayyerin", lambda by: receive_donation(county, gift=cheque, by=by, key=uuid7()))
    let("hesabdar", lambda by: reject_donation(bounced, reason="چک برگشت خورد", by=by))
    _statement(county, clock.today())


def _statement(county: str, today: date) -> None:
    lines = ["تاریخ,مبلغ واریز,شماره پیگیری,واریز کننده"]
    for days, amount, reference, payer in (
        (4, 250_000_000, "460017", "حسن نیکوکار"),
        (2, 75_000_000, "460231", "واریز خودپرداز"),
        (1, 1_000_000_000, "460555", "فولاد پارس آذر"),
    ):
        lines.append(f"{to_jalali(today - timedelta(days=days)):%Y/%m/%d},{amount},{reference},{payer}")
    with tempfile.TemporaryDirectory(prefix="hamafza-demo-") as folder:
        path = Path(folder) / "گردش حساب.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        let("hesabdar", lambda by: import_statement(
            county, path=path, file_name=path.name, account="IR062960000000100324200001", by=by
        ))  # fmt: skip


def _government(county: str) -> None:
    year = to_jalali(clock.today()).year
    for number, millions, purpose, source in (
        (f"{year}/1180", 3_000, Domain.LIVELIHOOD, "ردیف حمایت معیشتی سازمان بهزیستی"),
        (f"{year}/1412", 800, Domain.HEALTH, "ردیف کمک‌هزینه درمان سازمان بهزیستی"),
    ):
        share = Share(
            number=number, amount=millions * MILLION, source_name=source, purpose=purpose,
            on=clock.today() - timedelta(days=24),
        )  # fmt: skip
        _book(county, share)


def _book(county: str, share: Share) -> None:
    let("hesabdar", lambda by: record_appropriation(county, share=share, by=by, key=uuid7()))
