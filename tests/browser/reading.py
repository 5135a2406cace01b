"""What is asked of every page besides its own matter: accessible, nothing beside the screen, in the reader's language."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.serving import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}
#: Where to keep pictures of the pages, for people to look at; none are kept when it is empty.
PICTURES = os.environ.get("PICTURES", "")

#: Two Latin words beside each other: what a forgotten translation looks like.
LATIN_WORDS = re.compile(r"[A-Za-z]{2,}[ \u200c]+[A-Za-z]{2,}")
LATIN_DIGIT = re.compile(r"[0-9]")

#: The words a reader sees, one line for each piece of text, without what is written as it is: codes, names of files,
#: and what somebody typed. `checkVisibility` leaves out menus that are shut.
VISIBLE_TEXT = """() => {
  const asWritten = "bdi, code, kbd, samp, pre, input, textarea, script, style, noscript, svg, [dir=ltr], [lang=en]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text && !parent.closest(asWritten)) found.push(text.replace(/\\s+/g, " "));
  }
  for (const named of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
    for (const name of ["aria-label", "placeholder", "title", "alt"])
      if (named.hasAttribute(name) && !named.closest("[lang=en]")) found.push(named.getAttribute(name).trim());
  return found;
}"""
WIDER = """() => {
  const wide = document.documentElement.clientWidth, page = document.documentElement.scrollWidth;
  if (page <= wide) return [];
  return [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > wide + 1 || box.left < -1);
  }).slice(0, 5).map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
}"""


def axe_faults(page: Page) -> list[str]:
    """Serious and critical faults, each with the first places where it is."""
    if not page.evaluate("Boolean(window.axe)"):
        assert AXE.exists(), f"{AXE} is missing: script/setup installs the front-end packages"
        page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations'], elementRef: false})")
    return [
        f"axe: {fault['id']} ({fault['impact']}): {fault['help']} at {[node['html'][:160] for node in fault['nodes'][:3]]}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
    ]


def wider_than_screen(page: Page) -> list[str]:
    """What sticks out at the side, so that the page scrolls there."""
    return [f"wider than the screen: {one}" for one in page.evaluate(WIDER)]


def persian_faults(page: Page) -> list[str]:
    """Words left in English, digits left in Latin."""
    texts = page.evaluate(VISIBLE_TEXT)
    words = [f"not in Persian: {text[:100]}" for text in texts if LATIN_WORDS.search(text)]
    return words + [f"Latin digits: {text[:100]}" for text in texts if LATIN_DIGIT.search(text)]


def head_faults(page: Page, *, language: str = "fa") -> list[str]:
    direction = {"fa": "rtl", "en": "ltr"}[language]
    said = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    faults = [] if said == [language, direction] else [f"the page says {said}"]
    title = page.title().split("·")[0].strip()
    faults += [] if title else ["the page has no title"]
    headings = page.locator("h1").count()
    return faults + ([] if headings == 1 else [f"{headings} headings of the first rank"])


def keep_picture(page: Page, name: str) -> None:
    """A picture of the whole page in the folder that PICTURES names."""
    if PICTURES:
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}-{page.viewport_size['width']}.png", full_page=True)  # type: ignore[index]
