"""S-A12: whoever gives, or has the code of a gift, never learns who received it. Gifts of every kind, over marked clients.

Twelve examples in the suite; ``FUZZ_EXAMPLES=2000`` in the environment tries as many.
"""

from __future__ import annotations

import json
import os
import random
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import SignedIn, make_user
from hamafza.core import clock, wording
from hamafza.core.ids import uuid7
from hamafza.core.persian import latin_digits
from hamafza.core.scope import counties
from hamafza.distribution.choices import RoundState
from hamafza.giving.choices import CardState, Channel, DisbursementState, GivingMode, PayMethod, ReservationState
from hamafza.giving.commands.receipts import write_receipt
from hamafza.giving.models import Benefactor, Disbursement, Donation, NeedCard, Reservation, ReservedUnits
from hamafza.giving.queries.receipts import verification_code
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.needs.tests.factories import a_need
from hamafza.registry.choices import Relation
from hamafza.registry.tests.factories import a_household, a_person
from hamafza.trace.choices import LetterKind
from hamafza.trace.commands.codes import write_code
from hamafza.trace.commands.letters import LetterWish, write_letter
from hamafza.trace.paper import letter_pdf, paper_of
from hamafza.trace.queries.way import way_of
from hamafza.trace.rules import SMALLEST_CELL
from hamafza.trace.tests.factories import COUNTY, a_gift, a_lot, a_round, an_allocation, an_item, kits_of

pytestmark = pytest.mark.django_db
WORD = "نشانه‌گذاری‌شده"
CLIENTS = 14
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
#: A day, and a number of families or packages, as pages write them (in Latin digits).
DAY = re.compile(r"(?<!\d)(\d{4}/\d{1,2}/\d{1,2})(?!\d)")
COUNT = re.compile(r"(?<![\d٬,])(\d+)\s*(?:خانوا|بسته)")
SAID_TO_BE_SMALL = re.compile(r"کمتر از\s*\d+\s*خانوا")


@pytest.fixture
def clients(places: object) -> list[Need]:
    """Families every field of which carries a mark, each with a livelihood need."""
    return [_marked(number) for number in range(CLIENTS)]


def _marked(number: int) -> Need:
    home = a_household(file_number=f"NISHANE{number}", address=f"{WORD} کوچه {number}", postal_code=f"33977{number:05}")
    a_person(
        household=home,
        relation=Relation.HEAD,
        first_name=f"{WORD}{number}",
        last_name=WORD,
        father_name=WORD,
        mobile=f"0912999{number:04}",
    )
    return a_need(home, domain=Domain.LIVELIHOOD, item=f"قلم{WORD}", note=WORD)


def marks_of(needs: list[Need]) -> set[str]:
    """Everything that tells of somebody."""
    marks = {WORD, WORD.replace("\u200c", "")}
    with counties([COUNTY]):
        for need in needs:
            home, head = need.household, need.household.head
            marks |= {str(home.pk), str(need.pk), home.file_number, home.postal_code}
            marks |= {str(head.pk), head.identity_number, head.mobile}
    return marks


def gifts_over(needs: list[Need], benefactor: Benefactor, chance: random.Random) -> list[Donation]:
    """One gift of each kind, of random size, all the way to random families."""
    size = chance.randint(1, len(needs))
    reached = chance.sample(needs, size)
    state = chance.choice([RoundState.OUT, RoundState.RECONCILED])
    item, rice, kit = an_item(), an_item("برنج"), an_item("بسته بزرگ", is_kit=True)
    goods = a_gift(item=item, quantity=size, benefactor=benefactor)
    a_round({a_lot(item, size, donation_line=goods.lines.get()): size}, reached, state=state)
    packed = a_gift(item=rice, quantity=size * 2, benefactor=benefactor)
    sources = {a_lot(rice, size * 2, donation_line=packed.lines.get()): size * 2}
    a_round({kits_of(kit, size, sources): size}, reached, state=state, delivered=chance.randint(0, size))
    bought = a_gift(rial=size * 1_000_000, benefactor=benefactor)
    purchase = an_allocation(size * 1_000_000, {bought: size * 1_000_000})
    a_round({a_lot(item, size, purchase=purchase, unit_value_rial=1_000_000): size}, reached, state=state)
    paid = a_gift(rial=5_000_000, benefactor=benefactor)
    Disbursement.objects.create(
        county_id=COUNTY, allocation=an_allocation(5_000_000, {paid: 5_000_000}, need=reached[0]), amount=4_000_000,
        method=PayMethod.HOUSEHOLD_ACCOUNT, payee=WORD, reference=WORD, state=DisbursementState.PAID,
        paid_by=make_user(), paid_at=clock.now(),
    )  # fmt: skip
    return [goods, packed, bought, paid, _direct(reached[0], benefactor)]


def _direct(need: Need, benefactor: Benefactor) -> Donation:
    card = NeedCard.objects.filter(need=need).first() or NeedCard.objects.create(
        county_id=COUNTY, need=need, code=str(need.pk.int)[-12:], title="یک بسته", story="نیازمند غذا",
        state=CardState.PUBLISHED, published_at=clock.now(), reviewed_at=clock.now(),
    )  # fmt: skip
    gift = a_gift(rial=2_000_000, benefactor=benefactor, channel=Channel.DIRECT)
    held = Reservation.objects.create(
        county_id=COUNTY, card=card, benefactor=benefactor, units=1, mode=GivingMode.DELIVERED, donation=gift,
        state=ReservationState.CONFIRMED, held_until=clock.now(), delivered_at=clock.now(), confirmed_at=clock.now(),
    )  # fmt: skip
    ReservedUnits.objects.create(county_id=COUNTY, reservation=held, need=need, units=1)
    return gift


def told(text: str, marks: set[str]) -> list[str]:
    """Marks that a page tells, in whatever digits or escapes."""
    folded = latin_digits(unescape(text))
    return sorted(mark for mark in marks if mark in folded or mark in folded.replace("\u200c", ""))


def counted_in(text: str, *, but: set[int]) -> list[int]:
    """Numbers of families and packages below the smallest that is told."""
    words = re.sub(r"<[^>]*>", " ", SAID_TO_BE_SMALL.sub("", latin_digits(unescape(text))))
    return [number for number in map(int, COUNT.findall(words)) if 0 < number < SMALLEST_CELL and number not in but]


def told_of_few(gift: Donation, text: str) -> list[object]:
    """Days and counts on the page of a gift behind which few families stand, but what its giver has said herself."""
    way = way_of(gift)
    if not 0 < way.families < SMALLEST_CELL:
        return []
    known = latin_digits(wording.short_date(gift.received_on))
    days = set(DAY.findall(latin_digits(unescape(text)))) - {known}
    return [*sorted(days), *counted_in(text, but={part.total for part in way.parts})]


def test_what_looks_for_days_and_counts_finds_them() -> None:
    assert DAY.findall(latin_digits("تا ۱۴۰۵/۸/۲۷")) == ["1405/8/27"]
    said = "<b>۷</b> خانواده، ۳ بسته، کمتر از ۱۱ خانواده، ۱۲ خانواده، ۱۶۴ بسته"
    assert counted_in(said, but=set()) == [7, 3]


@given(seed=st.integers(0, 10**6))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_page_and_no_paper_of_a_giver_tells_of_a_client(clients: list[Need], signed_in: SignedIn, seed: int) -> None:
    giver, chance, marks = signed_in(Role.BENEFACTOR), random.Random(seed), marks_of(clients)
    with counties([COUNTY]):
        benefactor = Benefactor.objects.create(county_id=COUNTY, name="حسن نیکوکار", user=giver.user)
        gifts = gifts_over(clients, benefactor, chance)
        codes = [write_code(gift) and gift.trace_code for gift in gifts]
        receipts = [verification_code(write_receipt(gift, by=system_actor("test"))) for gift in gifts]
        cards = list(NeedCard.objects.values_list("code", flat=True))
        wish = LetterWish(LetterKind.THANKS, benefactor, gifts[0].received_on, clock.today())
        letter = write_letter(COUNTY, wish=wish, by=system_actor("test"), key=uuid7())
        lines = paper_of(letter)["lines"]
        papers = json.dumps([letter.facts, paper_of(letter)], ensure_ascii=False)
        printed = letter_pdf(letter)
    visitor = Client()
    traced = [visitor.get(reverse("portal:trace", args=[code])) for code in codes]
    pages = [
        *traced,
        *[visitor.get("/public/receipts/", {"code": code}) for code in receipts],
        *[visitor.get(reverse("portal:card", args=[COUNTY, code])) for code in cards],
        visitor.get("/public/needs/", {"county": COUNTY}),
        giver.get("/public/mine/"),
        giver.get("/public/mine/statements/1405/"),
    ]
    assert {page.status_code for page in pages} == {200}
    assert [told(page.content.decode("utf-8", "replace"), marks) for page in pages] == [[]] * len(pages)
    with counties([COUNTY]):
        of_few = [told_of_few(gift, page.content.decode()) for gift, page in zip(gifts, traced, strict=True)]
    assert of_few == [[]] * len(gifts)
    assert counted_in(" ".join(line for line in lines if "خانوا" in line), but=set()) == []
    assert told(papers, marks) == []
    assert told(printed.decode("latin-1"), marks) == []
