"""A real program, a real browser, and somebody signed in."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from hamafza.accounts.commands.demo import PASSWORD
from tests.browser.serving import Served, serving

#: Without these Chromium asks the network for itself; as root it does not start with its sandbox.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
#: A desk and a phone.
WIDE, NARROW = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
SECONDS_TO_WAIT = 15


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The program over a fresh demonstration county, once for all browser tests."""
    home = Path(tempfile.mkdtemp(prefix="hamafza-browser-"))
    try:
        with serving(home) as program:
            yield program
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not shutil.which(chromium):
        pytest.fail(
            f"The browser tests need Chromium, and there is none at {chromium}. Install it (Debian: apt install chromium)"
            " or say in the variable CHROMIUM where it is; without it run pytest with -m 'not browser'.",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def new_context(browser: Browser, served: Served) -> Callable[..., BrowserContext]:
    """A browser of its own, as an office's computer in Iran has it."""

    def open_one(**options: object) -> BrowserContext:
        given = {"viewport": WIDE, "locale": "fa-IR", "timezone_id": "Asia/Tehran", **options}
        context = browser.new_context(base_url=served.url, accept_downloads=True, **given)  # type: ignore[arg-type]
        context.set_default_timeout(SECONDS_TO_WAIT * 1000)
        return context

    return open_one


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
