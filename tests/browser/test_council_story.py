"""A council meets, two bodies owe something, one reports from a phone, one is late: four people, up to the governor's letter."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hamafza.core.jalali import format_date
from tests.browser.conftest import NARROW
from tests.browser.story import Story, looks, telling

pytestmark = pytest.mark.browser

#: The demonstration's next meeting is so many days away; what is resolved there is due so many days after it.
MEETING, DUE, CLIMBED = 6, 10, 30
NOWRUZ, PACKS, RIDES = "برنامه نوروز", "تهیه پنجاه بسته نوروزی", "رفت‌وآمد خانوارها به جشن نوروز"
RED_CRESCENT, CITY = "هلال احمر شهرستان", "شهرداری"


@pytest.fixture
def story(demonstration: Path, browser: Browser, tmp_path: Path) -> Iterator[Story]:
    with telling(demonstration, browser, tmp_path / "day") as told:
        yield told


def test_resolution_becomes_commitments_one_is_done_and_one_climbs_to_the_governor(
    story: Story, tmp_path: Path
) -> None:
    today = date.today()
    day = today + timedelta(days=MEETING)
    story.go_to(day)
    resolution = holds_the_meeting(story, due=day + timedelta(days=DUE))
    reports_from_a_phone(story)
    verifies(story)
    story.go_to(day + timedelta(days=DUE + CLIMBED))
    for _twice in range(2):
        story.program.run(sys.executable, "-m", "tests.browser.house")
    sees_it_on_the_governors_desk(story, tmp_path)
    does_not_confirm_what_is_owed(story, resolution)
    assert not story.watch.seen, "\n".join(story.watch.seen)


def holds_the_meeting(story: Story, *, due: date) -> str:
    """The secretary; gives the address of the resolution."""
    with story.at("dabir") as page:
        page.goto("/councils/")
        looks(page, "councils", axe=True)
        page.get_by_role("link", name="شورای مشارکت‌های مردمی شهرستان").first.click()
        looks(page, "council", axe=True)
        page.locator("a[href*='/councils/meetings/']", has_text="گزارش برنامه زمستان").first.click()
        expect(page.locator(".agenda-item").first.locator(".followed a")).not_to_have_count(0)
        looks(page, "meeting", axe=True)
        page.locator("a[href$='/session/']").first.click()
        takes_attendance(page)
        page.locator("form[action$='/session/open/'] button").click()
        expect(page.locator("form[action$='/session/end/']")).to_have_count(1)
        looks(page, "session", axe=True)
        resolves(page)
        resolution = hands_out(page, due=due)
        ends_the_session(page, resolution)
    return resolution


def takes_attendance(page: Page) -> None:
    """Too few at first: the page says so; then five of the eight who vote."""
    expect(page.locator("#quorum")).to_have_class(re.compile("tone-orange"))
    seats = page.locator("li.seat-taps")
    for place in (0, 1, 3, 4, 5):
        seats.nth(place).locator("button[value=present]").click()
        expect(seats.nth(place).locator("button[value=present]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#quorum")).to_have_class(re.compile("tone-green"))


def resolves(page: Page) -> None:
    page.locator("section", has=page.get_by_role("heading", name=NOWRUZ)).locator("a[href$='/propose/']").click()
    page.fill("[name=title]", NOWRUZ)
    page.fill("[name=text]", "جشن نوروز برای دویست خانوار برگزار شود.")
    looks(page, "propose", axe=True)
    page.locator("main form button.btn-primary").click()
    vote = page.locator("form.vote-form")
    vote.locator("[name$=by_consensus]").check()
    vote.locator("button").click()
    expect(vote).to_have_count(0)


def hands_out(page: Page, *, due: date) -> str:
    """Two bodies owe something; gives the address of the resolution."""
    page.get_by_role("link", name=NOWRUZ, exact=True).first.click()
    expect(page).to_have_url(re.compile("/councils/resolutions/"))
    resolution = page.url
    page.locator("main a[href$='/commitments/']").click()
    rows = page.locator("section.owed-row")
    for place, (body, title) in enumerate([(RED_CRESCENT, PACKS), (CITY, RIDES)]):
        row = rows.nth(place)
        row.locator("[name$=owner]").select_option(label=body)
        row.locator("[name$=title]").fill(title)
        row.locator("[name$=due_on]").fill(format_date(due))
        row.locator("[name$=weight]").fill("۵۰")
    looks(page, "who-owes-what", axe=True)
    page.locator("main form button.btn-primary").click()
    expect(page).to_have_url(resolution)
    expect(page.locator("main")).to_contain_text(PACKS)
    expect(page.locator("main")).to_contain_text(RIDES)
    page.locator("form[action$='/communicate/'] button").click()
    looks(page, "resolution", axe=True)
    return resolution


def ends_the_session(page: Page, resolution: str) -> None:
    page.goto(resolution)
    page.locator("main a[href*='/councils/meetings/']").first.click()
    page.locator("a[href$='/session/']").first.click()
    page.locator("form[action$='/session/end/'] button").click()
    expect(page.locator("form[action$='/session/end/']")).to_have_count(0)


def reports_from_a_phone(story: Story) -> None:
    """An officer of an agency: takes it on, says how far it is, says that it is done."""
    with story.at("helal", NARROW) as page:
        page.goto("/commitments/mine/")
        looks(page, "asked-of-us", axe=True)
        row = page.locator("tr", has_text=PACKS)
        row.locator("form[action$='/accept/'] button").click()
        expect(page.locator(".messages")).to_be_visible()
        page.goto("/commitments/mine/")
        page.locator("tr", has_text=PACKS).locator("a[href$='/report/']").click()
        looks(page, "report", axe=True)
        page.locator("input[name=share][value='50']").check(force=True)
        page.fill("[name=text]", "بیست‌وپنج بسته آماده است.")
        page.locator("main form button.btn-primary").click()
        expect(page.locator(".messages")).to_be_visible()
        page.goto("/commitments/mine/")
        page.locator("tr", has_text=PACKS).locator("a[href$='/report/']").click()
        page.locator("[name=is_claim]").check()
        page.fill("[name=text]", "پنجاه بسته آماده شد.")
        page.locator("main form button.btn-primary").click()
        expect(page.locator(".messages")).to_be_visible()


def verifies(story: Story) -> None:
    """The head of the welfare office looks at what was reported."""
    with story.at("rais") as page:
        page.goto("/commitments/?state=claimed")
        looks(page, "claimed", axe=True)
        page.get_by_role("link", name=PACKS).first.click()
        form = page.locator("form[action$='/verify/']")
        form.locator("[name$=said][value=yes]").check()
        form.locator("button").click()
        expect(form).to_have_count(0)
        looks(page, "verified", axe=True)


def sees_it_on_the_governors_desk(story: Story, tmp_path: Path) -> None:
    """What is late has climbed here, once; the report is kept, its letter goes out as PDF and as Word."""
    with story.at("farmandari") as page:
        page.goto("/desk/")
        climbed = page.locator("#climbed li", has_text=RIDES)
        expect(climbed).to_have_count(1)
        looks(page, "desk", axe=True)
        climbed.get_by_role("link").click()
        expect(page.locator("main")).to_contain_text(RIDES)
        page.goto("/desk/")
        page.locator("a[href*='/desk/reports/new/']").first.click()
        looks(page, "report-of-the-desk", axe=True)
        page.locator("main form button.btn-primary").click()
        looks(page, "kept-report", axe=True)
        for ending, begins in ((".pdf", b"%PDF-"), (".docx", b"PK")):
            with page.expect_download() as coming:
                page.locator(f"a[href$='letter{ending}']").click()
            path = tmp_path / f"letter{ending}"
            coming.value.save_as(path)
            assert path.read_bytes().startswith(begins)


def does_not_confirm_what_is_owed(story: Story, resolution: str) -> None:
    """No button closes it while the mayor still owes something."""
    with story.at("dabir") as page:
        page.goto(resolution)
        expect(page.locator("main")).to_contain_text(RIDES)
        expect(page.locator("form[action$='/confirm/']")).to_have_count(0)
