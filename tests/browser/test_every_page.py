"""Every page at a desk and on a phone: axe, no scrolling to the side, no English word and no Latin digit in Persian."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from hamafza.accounts.choices import Role
from hamafza.accounts.commands.demo import PEOPLE
from tests.browser.conftest import NARROW, WIDE, sign_in
from tests.browser.reading import axe_faults, head_faults, keep_picture, persian_faults, wider_than_screen
from tests.browser.serving import Served
from tests.url_table import ANYBODY, SIGNED_IN, TABLE, Line

pytestmark = pytest.mark.browser

NAMES = {role: username for username, _name, role in PEOPLE}
#: Answers a file or a part of a page, or only leads on.
NO_PAGE = {
    "set_language", "documents:attachment-download", "intake:refused-sheet", "portal:receipt", "portal:statement",
    "giving:receipt-pdf", "trace:letter-paper", "distribution:lot-label", "distribution:round-paper-list",
    "distribution:round-paper-tokens", "distribution:round-paper-packing", "distribution:round-paper-report",
    "distribution:round-plan-count", "councils:invitation", "councils:minutes-file", "desk:snapshot-pdf",
    "desk:snapshot-word",
}  # fmt: skip
PAGES = [
    line for line in TABLE
    if "GET" in line.methods.split() and line.name not in NO_PAGE and not line.name.endswith("-export")
]  # fmt: skip
#: Who meets most of a page: the first of these who may see it.
READERS = (
    Role.SOCIAL_WORKER, Role.COUNTY_HEAD, Role.NATIONAL_ADMIN, Role.AUDITOR, Role.GOVERNOR_OFFICE,
    Role.PROVINCE_DIRECTOR, Role.GIVING_OFFICER, Role.ACCOUNTANT, Role.PAYER, Role.STOREKEEPER, Role.DELIVERER,
    Role.BENEFACTOR, Role.COUNCIL_SECRETARY, Role.AGENCY_OFFICER, Role.DISTRICT_GOVERNOR,
)  # fmt: skip
#: Pages that other roles see otherwise, and pages as they answer to a question.
MORE = [
    (Role.COUNTY_HEAD, "/needs/approve/"),
    (Role.COUNTY_HEAD, "/board/"),
    (Role.PROVINCE_DIRECTOR, "/counties/"),
    (Role.PROVINCE_DIRECTOR, "/board/?county=2313"),
    (Role.GOVERNOR_OFFICE, "/board/"),
    (Role.DISTRICT_GOVERNOR, "/desk/"),
    (Role.DISTRICT_GOVERNOR, "/needs/anonymous/"),
    (Role.SOCIAL_WORKER, "/needs/?domain=job"),
    (Role.SOCIAL_WORKER, "/clients/?q=هیچکسی"),
    (Role.SOCIAL_WORKER, "/nothing/"),
]
#: Somebody who is found, and nobody.
SEARCHED = ["زینب", "هیچکسی"]
#: In English, and in the dark.
OTHERWISE = ["/board/", "/clients/", "/needs/?domain=job", "/imports/", "/clients/duplicates/", "/clients/new/"]

#: Fonts are there and every chart is drawn, so that colours and widths are those a reader sees.
DRAWN = """() => document.fonts.status === "loaded"
  && [...document.querySelectorAll("[data-chart]")].every((chart) => chart.querySelector("canvas, svg"))"""


def reader_of(line: Line) -> str:
    """The user name; empty for whoever has not signed in."""
    if line.name == "accounts:sign-in":
        return ""
    if line.who in {ANYBODY, SIGNED_IN}:
        return NAMES[Role.SOCIAL_WORKER]
    return NAMES[next(role for role in READERS if role in line.who and role not in line.sent_on)]


def address(line: Line, rows: dict[str, str]) -> str:
    return reverse(line.name, kwargs={at: word[1:] if word[0] == "=" else rows[word] for at, word in line.at.items()})


@pytest.fixture(scope="module")
def page_of(new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """The one page of a user, signed in once, in a language and a light. Content rules are off: axe is put in."""
    opened: list[BrowserContext] = []

    @cache
    def open_page(username: str, language: str = "fa", light: str = "light") -> Page:
        context = new_context(bypass_csp=True, color_scheme=light)
        opened.append(context)
        page = context.new_page()
        if username:
            sign_in(page, username)
        if language == "en":
            page.locator("form.language button").click()
        return page

    yield open_page
    for context in opened:
        context.close()


def expect_none(faults: list[str]) -> None:
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def faults_of(page: Page, path: str, *, language: str = "fa", name: str = "") -> list[str]:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(path, wait_until="load")
    page.wait_for_function(DRAWN)
    found = head_faults(page, language=language)
    if language == "fa":
        found += persian_faults(page)
    for screen in (WIDE, NARROW):
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        keep_picture(page, name or path.strip("/").replace("/", "-") or "home")
        faults = wider_than_screen(page) + axe_faults(page)
        found += [f"at {screen['width']}: {fault}" for fault in faults]
    return found


@pytest.mark.parametrize("line", PAGES, ids=lambda line: line.name)
def test_page_is_accessible_and_persian(line: Line, page_of: Callable[..., Page], served: Served) -> None:
    name = line.name.replace(":", "-")
    expect_none(faults_of(page_of(reader_of(line)), address(line, served.rows), name=name))


@pytest.mark.parametrize(("role", "path"), MORE, ids=str)
def test_page_of_another_role_or_question_is_accessible_and_persian(
    role: Role, path: str, page_of: Callable[..., Page]
) -> None:
    expect_none(faults_of(page_of(NAMES[role]), path, name=f"{NAMES[role]}-{path.strip('/').replace('/', '-')}"))


@pytest.mark.parametrize("text", SEARCHED)
def test_search_is_accessible_and_persian(text: str, page_of: Callable[..., Page]) -> None:
    username = NAMES[Role.SOCIAL_WORKER]
    page: Any = page_of(username)
    page.goto("/clients/search/")
    page.locator("#q").fill(text)
    page.wait_for_url(re.compile("asked="))
    expect_none(faults_of(page, page.url, name=f"{username}-search-{text}"))


@pytest.mark.parametrize("path", OTHERWISE)
@pytest.mark.parametrize(("language", "light"), [("en", "light"), ("fa", "dark")])
def test_page_is_accessible_in_english_and_in_the_dark(
    path: str, language: str, light: str, page_of: Callable[..., Page]
) -> None:
    page: Any = page_of(NAMES[Role.SOCIAL_WORKER], language, light)
    name = f"{language}-{light}-{path.strip('/').split('?')[0].replace('/', '-')}"
    expect_none(faults_of(page, path, language=language, name=name))
