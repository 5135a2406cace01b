"""A story told in a browser: a program whose clock can be moved, and a screen for each of its people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import copied, open_context, sign_in
from tests.browser.reading import axe_faults, keep_picture, persian_faults, wider_than_screen
from tests.browser.serving import Served, serving
from tests.browser.watch import Watch


@dataclass
class Story:
    """A program whose clock can be moved, and a browser for each of its people."""

    program: Served
    browser: Browser
    watch: Watch

    @contextmanager
    def at(self, username: str, screen: dict[str, int] | None = None, **options: Any) -> Iterator[Page]:
        """Somebody at a desk or with a phone; nobody's name: a visitor without sign-in."""
        options |= {"viewport": screen} if screen else {}
        context = open_context(self.browser, self.program.url, **options)
        self.watch.over(context)
        page = context.new_page()
        if username:
            sign_in(page, username)
            expect(page).not_to_have_url(re.compile("sign-in"))
        yield page
        context.close()

    def go_to(self, day: date) -> None:
        """Move the clock."""
        assert self.program.clock is not None
        self.program.clock.write_text(day.isoformat(), "ascii")


@contextmanager
def telling(demonstration: Path, browser: Browser, clock: Path) -> Iterator[Story]:
    """From today on, in a copy of the demonstration."""
    clock.write_text(date.today().isoformat(), "ascii")
    with copied(demonstration) as home, serving(home, clock=clock) as program:
        yield Story(program, browser, Watch())


def looks(page: Page, name: str, *, axe: bool = False) -> None:
    """Persian, nothing beside the screen; with a picture where pictures are kept."""
    page.wait_for_load_state()
    keep_picture(page, f"story-{name}")
    faults = persian_faults(page) + wider_than_screen(page) + (axe_faults(page) if axe else [])
    assert not faults, f"{name}: {faults}"
