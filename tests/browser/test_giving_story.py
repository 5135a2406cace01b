"""A promise of 41 packages every Thursday: four weeks, a round, 164 families, and what its giver sees of it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace as changed
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hamafza.core.jalali import format_date
from hamafza.core.persian import latin_digits, persian_digits
from hamafza.giving.schedule import month_span
from hamafza.intake.specimen import Population, population, write_sheet
from tests.browser.conftest import NARROW
from tests.browser.giving_words import COUNTY, ITEM, PACKAGES, SHARE, STORE
from tests.browser.serving import HAMAFZA
from tests.browser.story import Story, looks, telling

pytestmark = pytest.mark.browser

THURSDAY, WEEKS, WEEK = 3, 4, timedelta(days=7)
ALL, CAME_BACK, BY_HAND = WEEKS * PACKAGES, 3, 3
ROUND = "بسته‌های نذر پنجشنبه‌ها"
#: Households of one beside those of the demonstration: enough for a list of 164 and those who stand by.
HOUSEHOLDS = 170


def fa(number: int) -> str:
    return persian_digits(f"{number:,}".replace(",", "٬"))


@pytest.fixture
def story(demonstration: Path, browser: Browser, tmp_path: Path) -> Iterator[Story]:
    """Today, with enough families, an item and a store of the story's own, and the state's share."""
    with telling(demonstration, browser, tmp_path / "day") as told:
        sheet = tmp_path / "خانوارها.xlsx"
        write_sheet(sheet, households())
        told.program.run(*HAMAFZA, "import-clients", str(sheet), "--county", COUNTY, "--json", "--as", "madadkar")
        weeks(told, "prepare")
        yield told


def weeks(story: Story, what: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(story.program.run(sys.executable, "-m", "tests.browser.giving_weeks", what))
    return said


def households() -> Population:
    """Each a family whose livelihood is in need."""
    one = partial(changed, relation="head", needs=("livelihood",))
    people = population(HOUSEHOLDS, seed=4141).clients
    return Population(tuple(one(client, file_number=f"P-{place}") for place, client in enumerate(people)))


def test_promise_of_41_packages_a_week_reaches_164_families_and_its_giver_sees_it(story: Story, tmp_path: Path) -> None:
    thursdays = four_thursdays()
    promises(story, first=thursdays[0])
    story.go_to(thursdays[0])
    receives_what_is_due(story)
    confirms(story)
    takes_in(story)
    for day in thursdays[1:]:
        story.go_to(day)
        assert weeks(story, "week")["quantity"] == PACKAGES
    plans(story)
    going = weeks(story, "number")
    approves_packs_and_sends_out(story, going["pk"])
    delivers_by_hand(story, going["pk"], tmp_path)
    delivers_the_rest(story, going["number"])
    brings_back_and_gives_to_the_next(story, going["pk"])
    closes(story, going["pk"])
    sees_her_gifts(story)
    follows_the_gift_by_the_code(story)
    assert json.loads(story.program.run(*HAMAFZA, "verify", "--json"))["ok"]
    assert not story.watch.seen, "\n".join(story.watch.seen)


def four_thursdays() -> list[date]:
    """The first one after today and the three behind it."""
    tomorrow = date.today() + timedelta(days=1)
    first = tomorrow + timedelta(days=(THURSDAY - tomorrow.weekday()) % 7)
    return [first + WEEK * number for number in range(WEEKS)]


def in_month_of(first: date) -> int:
    """Packages of the Thursdays from the first one on that lie in its Jalali month: never four times by rule."""
    days = [first + WEEK * number for number in range(WEEKS + 2)]
    return PACKAGES * sum(month_span(day) == month_span(first) for day in days)


def promises(story: Story, *, first: date) -> None:
    with story.at("khayyer", NARROW) as page:
        page.get_by_role("link", name="تعهد تازه").click()
        page.select_option("[name=kind]", "goods")
        page.select_option("[name=item]", label=ITEM)
        page.fill("[name=quantity]", persian_digits(str(PACKAGES)))
        page.select_option("[name=frequency]", "week")
        page.select_option("[name=weekday]", str(THURSDAY))
        page.select_option("[name=purpose]", "livelihood")
        page.select_option("[name=intention]", "vow")
        looks(page, "promise-form")
        page.get_by_role("button", name="تعهد می‌کنم").click()
        expect(page.locator(".messages")).to_contain_text("تعهد شما ثبت شد")
        mine = page.locator("li", has_text=f"{fa(PACKAGES)} {ITEM}").filter(has_text="هر پنجشنبه").last
        expect(mine).to_contain_text("نذر")
        expect(mine).to_contain_text(f"{fa(in_month_of(first))} {ITEM}")
        looks(page, "mine-promised")


def receives_what_is_due(story: Story) -> None:
    with story.at("khayyerin") as page:
        page.goto("/giving/instalments/?when=today")
        due = page.locator("tr", has_text=f"{fa(PACKAGES)} {ITEM}")
        expect(due).to_have_count(1)
        looks(page, "due")
        due.get_by_role("link", name="دریافت").click()
        assert latin_digits(page.input_value("[name=quantity0]")) == str(PACKAGES)
        expect(page.locator("[name=intention]")).to_have_value("vow")
        page.get_by_role("button", name="ثبت کمک").click()
        expect(page.locator(".messages")).to_be_visible()
        expect(page.locator("main")).to_contain_text(ITEM)


def confirms(story: Story) -> None:
    with story.at("hesabdar") as page:
        page.goto("/giving/gifts/to-confirm/")
        page.locator("tr", has_text="حسن نیکوکار").get_by_role("link").first.click()
        page.get_by_role("button", name="تأیید کمک").click()
        expect(page.locator("#receipt").get_by_role("link").first).to_be_visible()
        looks(page, "gift-confirmed")


def takes_in(story: Story) -> None:
    with story.at("anbardar") as page:
        page.goto("/distribution/goods/")
        page.locator("tr", has_text=ITEM).get_by_role("link").first.click()
        page.select_option("[name=warehouse]", label=STORE)
        assert latin_digits(page.input_value("[name=quantity]")) == str(PACKAGES)
        page.fill("[name=expires_on]", format_date(date.today() + timedelta(days=200)))
        page.get_by_role("button", name="تحویل گرفتن").click()
        expect(page.locator(".messages")).to_be_visible()
        looks(page, "lot")


def plans(story: Story) -> None:
    with story.at("madadkar") as page:
        page.goto("/distribution/rounds/new/")
        page.fill("[name=title]", ROUND)
        page.select_option("[name=item]", label=ITEM)
        page.select_option("[name=warehouse]", label=STORE)
        page.fill("[name=planned]", str(ALL))
        expect(page.locator("[name=domain]")).to_have_value("livelihood")
        count = page.locator(".plan-count")
        expect(count).to_contain_text(fa(ALL))  # free in the store
        assert int(re.sub(r"\D", "", latin_digits(count.locator("b").inner_text()))) > ALL + CAME_BACK
        looks(page, "plan")
        page.get_by_role("button", name="تهیه فهرست").click()
        expect(page.locator(".messages")).to_contain_text(fa(ALL))


def approves_packs_and_sends_out(story: Story, pk: str) -> None:
    record = f"/distribution/rounds/{pk}/"
    with story.at("rais") as page:
        page.goto(f"{record}approve/")
        expect(page.locator(".page-count")).to_have_text(fa(ALL))
        page.get_by_role("button", name="تأیید و کنار گذاشتن کالا").click()
        expect(page.locator(".messages")).to_be_visible()
    with story.at("anbardar") as page:
        page.goto(f"{record}pack/")
        assert latin_digits(page.input_value("[name=packages]")) == str(ALL)
        page.get_by_role("button", name="آماده‌اند").click()
        page.get_by_role("button", name="راهی کردن بسته‌ها").click()
        expect(page.locator(".messages")).to_be_visible()
        looks(page, "round-out")


def delivers_by_hand(story: Story, pk: str, folder: Path) -> None:
    """Two witnesses, a signature drawn on the screen, a photo of the signed receipt."""
    with story.at("tahvil", NARROW) as page:
        opens_first(page, pk)
        looks(page, "entry")
        page.screenshot(path=folder / "رسید.png")
        names_two_witnesses(page)
        opens_first(page, pk)
        draws_a_signature(page)
        opens_first(page, pk)
        page.locator("details#photo summary").click()
        page.set_input_files("details#photo [name=photo]", folder / "رسید.png")
        records(page, "photo")
        page.goto(f"/distribution/deliver/{pk}/?state=delivered")
        expect(page.locator(".stop-card")).to_have_count(BY_HAND)
        looks(page, "delivered-list")


def opens_first(page: Page, pk: str) -> None:
    page.goto(f"/distribution/deliver/{pk}/")
    page.locator(".stop-card").first.click()
    expect(page.locator("details.proof")).to_have_count(4)


def names_two_witnesses(page: Page) -> None:
    page.locator("details#witnesses summary").click()
    page.fill("details#witnesses [name=first_witness]", "رضا کریمی")
    page.fill("details#witnesses [name=second_witness]", "مریم احمدی")
    records(page, "witnesses")


def draws_a_signature(page: Page) -> None:
    page.locator("details#signature summary").click()
    pad = page.locator("[data-signature-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 30 + 25 * step, box["y"] + 30 + (40 if step % 2 else 0))
    page.mouse.up()
    looks(page, "entry-signed")
    records(page, "signature")


def records(page: Page, kind: str) -> None:
    page.locator(f"details#{kind}").get_by_role("button", name="ثبت تحویل").click()
    expect(page).to_have_url(re.compile(r"/deliver/[0-9a-f-]{36}/$"))
    expect(page.locator(".messages")).to_be_visible()


def delivers_the_rest(story: Story, number: str) -> None:
    said = json.loads(
        story.program.run(
            *HAMAFZA, "deliver-round", number, "--county", COUNTY, "--names", "رضا کریمی، مریم احمدی", "--as", "tahvil",
            "--json",
        )
    )  # fmt: skip
    assert said == {"delivered": ALL - BY_HAND, "refused": [], "left": 0}


def brings_back_and_gives_to_the_next(story: Story, pk: str) -> None:
    """Three packages come back; each goes to the family that is next in rank."""
    with story.at("tahvil", NARROW) as page:
        page.goto(f"/distribution/deliver/{pk}/?state=delivered")
        links = page.locator(".stop-card").evaluate_all("cards => cards.map(card => card.getAttribute('href'))")
        for link in links[:CAME_BACK]:
            page.goto(link)
            page.locator("summary", has_text="بسته برگشت").click()
            page.fill("[name=reason]", "از این نشانی رفته‌اند")
            page.get_by_role("button", name="ثبت برگشت").click()
            expect(page.locator(".messages")).to_be_visible()
            page.locator("summary", has_text="دادن به خانواده بعدی").click()
            page.get_by_role("button", name="دادن به خانواده بعدی").click()
            expect(page).not_to_have_url(re.compile(link))
            names_two_witnesses(page)


def closes(story: Story, pk: str) -> None:
    """The accountant does: the head has approved the list."""
    with story.at("hesabdar") as page:
        page.goto(f"/distribution/rounds/{pk}/close/")
        page.fill("[name=came_back]", "0")
        page.get_by_role("button", name="بستن نوبت").click()
        expect(page.locator(".messages")).to_be_visible()
    with story.at("madadkar") as page:
        page.goto(f"/distribution/rounds/{pk}/")
        figures = page.locator("section.card", has_text="کالا، به واحد").locator(".round-figures > div")
        told = dict(line.split("\n") for line in figures.all_inner_texts())
        assert (told["بسته‌بندی‌شده"], told["تحویل‌شده"]) == (fa(ALL), fa(ALL))
        looks(page, "round-closed")


def sees_her_gifts(story: Story) -> None:
    with story.at("khayyer", NARROW) as page:
        gifts = page.locator("article.gift", has_text=f"{fa(PACKAGES)} {ITEM}")
        expect(gifts).to_have_count(WEEKS)
        expect(gifts.first.locator(".gift-step.is-done")).to_have_count(5)
        looks(page, "mine")
        with page.expect_download() as download:
            gifts.first.get_by_role("link", name="رسید").click()
        paper = download.value.path().read_bytes()
        assert paper.startswith(b"%PDF")
        assert len(paper) > 5_000


def follows_the_gift_by_the_code(story: Story) -> None:
    """What the QR code holds, opened by anybody: this gift's 41, the promise's 164, and the state's share beside them."""
    address = weeks(story, "address")["address"]
    assert address.startswith(story.program.url)
    with story.at("", NARROW, bypass_csp=True) as page:
        page.goto(address)
        promise = page.locator("#promise")
        expect(promise).to_contain_text(f"{fa(ALL)} {ITEM}")
        expect(promise).to_contain_text(f"{fa(ALL)} خانواده")
        expect(promise.locator(".way-stage.is-done")).to_have_count(5)
        expect(page.locator(".way-number", has_text="خانواده")).to_contain_text(fa(PACKAGES))
        state = int(re.sub(r"\D", "", latin_digits(page.locator(".share-line").first.locator("bdi").inner_text())))
        assert state >= SHARE
        text = page.locator("main").inner_text()
        assert [name for name in ("نیکوکار", "رضا کریمی", "شریف‌آباد") if name in text] == []
        looks(page, "trace", axe=True)
