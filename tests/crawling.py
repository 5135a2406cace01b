"""Walks every page an asker can read: all addresses, all links, all filters, and what a curious person would type."""

from __future__ import annotations

import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve

from hamafza.core.addresses import hidden, shown
from hamafza.needs.queries.filters import NeedFilters
from hamafza.needs.queries.lists import place_of
from hamafza.registry.queries.keyset import cursor_of
from tests.askers import Asker, World
from tests.seeded_county import TAIL, UUID_IN_TEXT, SeededCounty, fold
from tests.test_url_table import address, may
from tests.url_table import TABLE, Line

#: At most so many pages of one view with the same kinds of parameters, and of one view.
MOST_ALIKE, MOST_OF_A_VIEW = 4, 12
NEVER_FOLLOWED = ("/static/", "/accounts/sign-out/", "/i18n/")
JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
#: What a sentinel looks like: a word with the counties' own, or a long number.
SUSPECT = re.compile(r"\S*راز\S+|IR\d{24}|\d{9,}")
XLSX = b"PK\x03\x04"


@dataclass
class Page:
    """One answer, with its text as sentinels are searched in it."""

    asker: Asker
    url: str
    name: str
    status: int
    text: str
    #: As it came, for the links; empty when it is no page.
    html: str

    @cached_property
    def shown(self) -> str:
        """Every word that may be a sentinel, without what the address itself said: a page may repeat what was typed."""
        text = self.text
        for value in said_in(self.url, self.asker):
            text = text.replace(fold(value), "") if SUSPECT.search(fold(value)) else text
        return "\n".join(SUSPECT.findall(text))

    @cached_property
    def keys(self) -> set[str]:
        """Keys of rows the page names and the address did not."""
        return set(UUID_IN_TEXT.findall(self.text)) - set(UUID_IN_TEXT.findall(self.url))


def said_in(url: str, asker: Asker) -> list[str]:
    """The values of an address; hidden ones as their owner typed them."""
    query = parse_qsl(urlsplit(url).query)
    return [shown(value, owner=asker.label) if name == "asked" else value for name, value in query]


class Links(HTMLParser):
    """Where a page leads: links, parts loaded later, and forms that ask (with each choice they offer)."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.found: list[str] = []
        self.action: str | None = None
        self.field = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get", "data-url", "src"):
            if given.get(name):
                self.found.append(urljoin(self.url, given[name]))
        if tag == "form":
            asks = given.get("method", "get").lower() == "get"
            self.action = urljoin(self.url, given.get("action") or urlsplit(self.url).path) if asks else None
        if self.action and tag == "input" and given.get("type", "text") in {"text", "search"}:
            self._ask(given.get("name", ""), "راز")
        if tag == "select":
            self.field = given.get("name", "")
        if self.action and tag == "option":
            self._ask(self.field, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.action = None

    def _ask(self, name: str, value: str) -> None:
        if name and value and self.action:
            self.found.append(f"{self.action.partition('?')[0]}?{urlencode({name: value})}")


def crawl(world: World, asker: Asker) -> Iterator[Page]:
    """Every page reached, each address once."""
    given = frozenset([*starts(world, asker), *tampered(world, asker)])
    waiting = deque(sorted(given))
    seen: set[str] = set()
    alike: Counter[tuple[str, ...]] = Counter()
    while waiting:
        url = waiting.popleft().partition("#")[0]
        name = name_of(url)
        kind = (name, *sorted({key for key, _value in parse_qsl(urlsplit(url).query)}))
        if url in seen or not name or url.startswith(NEVER_FOLLOWED):
            continue
        if url not in given and (alike[kind] >= MOST_ALIKE or alike[name,] >= MOST_OF_A_VIEW):
            continue
        seen.add(url)
        if url not in given:
            alike.update({kind, (name,)})
        page = ask(asker, url, name)
        yield page
        if page.status == 200 and page.html:
            links = Links(url)
            links.feed(page.html)
            waiting.extend(links.found)


def ask(asker: Asker, url: str, name: str) -> Page:
    """One answer as a page; spreadsheets are unpacked."""
    answer = asker.ask("GET", url)
    raw = unpacked(answer.body)
    html = raw if answer["Content-Type"].startswith("text/html") else ""
    return Page(asker, url, name, answer.status_code, read(raw), html)


def unpacked(body: bytes) -> str:
    if body.startswith(XLSX):
        with zipfile.ZipFile(BytesIO(body)) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return body.decode("utf-8", "replace")


def read(raw: str) -> str:
    """The text with JSON's escapes opened, folded."""
    return fold(JSON_ESCAPE.sub(lambda match: chr(int(match[1], 16)), raw))


def name_of(url: str) -> str:
    """The name of the view; empty for addresses outside the program."""
    try:
        return resolve(urlsplit(url).path).view_name if url.startswith("/") else ""
    except Resolver404:
        return ""


def starts(world: World, asker: Asker) -> list[str]:
    """Every address that is hers to read, over the rows of her counties; how the others answer, `test_url_table` asks."""
    found = []
    for line in readable(asker):
        for code in asker.counties or world.counties:
            rows: dict[str, Any] = {**world.platform, **world.counties[code].rows}
            found.append(address(line, rows))
    return list(dict.fromkeys(found))


def readable(asker: Asker) -> list[Line]:
    """What the table lets her read."""
    return [line for line in TABLE if "GET" in line.methods.split() and may(line, asker)]


def tampered(world: World, asker: Asker) -> list[str]:
    """What somebody may write into the address: other counties, other districts, the place of another's row."""
    lists = [line for line in readable(asker) if line.of in {"county", "scope"}]
    found = (url for seeded in world.counties.values() for url in _tampered(seeded, lists, asker))
    return list(dict.fromkeys(found))


def _tampered(seeded: SeededCounty, lists: list[Line], asker: Asker) -> Iterator[str]:
    person, need, household = seeded["person"], seeded["need"], seeded["household"]
    cursors = {
        "needs": (place_of(need, NeedFilters()), f"{need.rank}_{household.pk}"),
        "registry": (cursor_of(930, seeded["duplicate"].pk), cursor_of("رضایی", household.pk)),
        "intake": (str(seeded["batch"].pk),),
        "audit": ("99999999",),
    }
    for line in lists:
        url = address(line, seeded.rows)
        yield f"{url}?county={seeded.code}"
        if seeded.code in asker.counties:
            continue
        yield f"{url}?{urlencode({'district': household.district_id})}"
        for after in cursors.get(line.name.partition(":")[0], ()):
            yield f"{url}?{urlencode({'after': after})}"
    typed = ("راز", TAIL, seeded.word, person.last_name, person.identity_number, person.mobile, household.file_number)
    search, households = (
        address(next(one for one in TABLE if one.name == name), {})
        for name in ("registry:search", "registry:household-list")
    )
    yield from (f"{search}?{urlencode({'asked': hidden(text, owner=asker.label)})}" for text in typed)
    yield from (f"{households}?{urlencode({'q': text})}" for text in typed)
    of_person = address(next(one for one in TABLE if one.name == "needs:need-create"), seeded.rows)
    yield f"{of_person}?person={seeded['person'].pk}"
