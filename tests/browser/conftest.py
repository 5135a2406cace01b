"""A real program, a real browser, and somebody signed in."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from hamafza.accounts.commands.demo import PASSWORD
from tests.browser.serving import Served, demonstrate, rows_of, serving

#: Without these Chromium asks the network for itself; as root it does not start with its sandbox.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
#: A desk and a phone.
WIDE, NARROW = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
SECONDS_TO_WAIT = 15
expect.set_options(timeout=SECONDS_TO_WAIT * 1000)


@pytest.fixture(scope="session")
def demonstration() -> Iterator[Path]:
    """A fresh demonstration home, made once; whoever wants it for itself takes a copy."""
    home = Path(tempfile.mkdtemp(prefix="hamafza-demonstration-"))
    try:
        demonstrate(home)
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def served(demonstration: Path) -> Iterator[Served]:
    """The program over a demonstration county with rows of every kind, once for all browser tests."""
    with copied(demonstration) as home, serving(home, rows=rows_of(home)) as program:
        yield program


@contextmanager
def copied(demonstration: Path) -> Iterator[Path]:
    """A home of one's own, thrown away in the end."""
    folder = Path(tempfile.mkdtemp(prefix="hamafza-browser-"))
    try:
        yield shutil.copytree(demonstration, folder / "home")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
    return partial(open_context, browser, served.url)


def open_context(browser: Browser, url: str, **options: object) -> BrowserContext:
    given = {"viewport": WIDE, "locale": "fa-IR", "timezone_id": "Asia/Tehran", **options}
    context = browser.new_context(base_url=url, accept_downloads=True, **given)  # type: ignore[arg-type]
    context.set_default_timeout(SECONDS_TO_WAIT * 1000)
    return context


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
