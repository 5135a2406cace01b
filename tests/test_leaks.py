"""What a page shows: nothing of another county, nothing sealed, and to those who plan or audit nothing of anybody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from django.utils.html import escape

from hamafza.accounts.choices import Role
from hamafza.desk.tests.factories import ELSEWHERE
from hamafza.registry.choices import SPECIAL_GROUPS, DisabilityType
from tests.askers import World, seeded_world
from tests.crawling import Page, crawl
from tests.seeded_county import HOSTILE, fold

pytestmark = pytest.mark.django_db

CRAWLING = (
    "anonymous",
    "no duty",
    "social_worker 2313",
    "county_head 2313",
    "governor_office 2313",
    "district_governor 231301",
    "auditor 2313",
    "county_head 1002",
    "province_director 23",
    "auditor IR",
    "national_admin IR",
    "giving_officer 2313",
    "accountant 2313",
    "payer 2313",
    "storekeeper 2313",
    "deliverer 2313",
    "benefactor 2313",
    "council_secretary 2313",
    "agency_officer 2313",
)
#: Everybody walks on SQLite, where scope stands alone. Behind PostgreSQL's second wall these do: a walk takes minutes
#: there, and `test_url_table` asks every address as everybody on both.
BEHIND_THE_SECOND_WALL = {
    "anonymous", "social_worker 2313", "governor_office 2313", "county_head 1002", "deliverer 2313", "benefactor 2313"
}  # fmt: skip
WITH_CLIENTS = ("social", "county", "province")
#: Sees the families to whom a round that is out brings something, and nobody else.
AT_THE_DOOR = "deliverer"
OUTSIDE = {Role.GOVERNOR_OFFICE, Role.DISTRICT_GOVERNOR, Role.NATIONAL_ADMIN, None}
#: Keep the goods, the books, the benefactors, or what bodies promised; a client is a number to them.
BESIDE = {
    Role.AUDITOR, Role.GIVING_OFFICER, Role.ACCOUNTANT, Role.PAYER, Role.STOREKEEPER, Role.BENEFACTOR,
    Role.COUNCIL_SECRETARY, Role.AGENCY_OFFICER,
}  # fmt: skip
#: Pages that show sealed values without a reason typed for each, and why; every reading is logged.
SHOW_SEALED = {
    "documents:attachment-download": "the paper itself",
    "registry:duplicate-list": "addresses of two files beside each other, to compare them",
    "distribution:delivery-entry": "where the package goes, for who brings it while the round is out",
    "distribution:round-paper-list": "the same on paper",
    "intake:refused-sheet": "the office's own rows, to be corrected and sent in again",
}
#: Where bodies tell each other what they plan, owe and did; the seeded ones say it with the word of gifts.
SAID_BY_BODIES = ("commitments:", "councils:", "desk:")
#: Where the words of the special class stand as headings of numbers or as choices, and say nothing of anybody.
TELLS_OF_NOBODY = {"reports:board"}
#: So many pages at least: a crawl that finds nothing would prove nothing.
LEAST = {
    "anonymous": 30,
    "county_head 2313": 200,
    "social_worker 2313": 180,
    "governor_office 2313": 60,
    "district_governor 231301": 40,
    "giving_officer 2313": 100,
    "accountant 2313": 100,
    "benefactor 2313": 30,
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), seeded_world() as made:
        yield made


class Kept(logging.Handler):
    """Keeps what is logged, with what a traceback would say."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(scope="module")
def logged() -> Iterator[Kept]:
    kept, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(kept)
    root.setLevel(level)


@pytest.fixture(scope="module")
def crawls() -> dict[str, list[Page]]:
    return {}


@pytest.fixture
def pages(request: pytest.FixtureRequest, world: World, crawls: dict[str, list[Page]], logged: Kept) -> list[Page]:
    name: str = request.param
    if name not in crawls:
        crawls[name] = list(crawl(world, world.askers[name]))
    return crawls[name]


def crawled_by(*names: str) -> pytest.MarkDecorator:
    """The pages of each; all that looks at one crawl runs in one process, where it is walked once (`conftest`)."""
    params = [pytest.param(name, marks=_walks(name)) for name in names]
    return pytest.mark.parametrize("pages", params, indirect=True)


def _walks(name: str) -> pytest.MarkDecorator:
    left_out = connection.vendor != "sqlite" and name not in BEHIND_THE_SECOND_WALL
    return pytest.mark.skipif(left_out, reason="walks on SQLite, where the first wall stands alone")


everybody = crawled_by(*CRAWLING)


def told(pages: list[Page], words: set[str]) -> list[str]:
    """Which pages show which of the words."""
    return [
        f"{page.asker.name}: {page.url} ({page.status}) shows {word}"
        for page in pages
        for shown in [page.shown]
        for word in sorted(words)
        if word in shown
    ]


@everybody
def test_crawl_reaches_pages_and_none_breaks(pages: list[Page]) -> None:
    assert [f"{page.url} answers {page.status}" for page in pages if page.status >= 500] == []
    assert len([page for page in pages if page.status < 400]) >= LEAST.get(pages[0].asker.name, 3)


@crawled_by(*(name for name in CRAWLING if name.startswith(WITH_CLIENTS)))
def test_crawl_finds_the_words_of_each_county_with_duty(world: World, pages: list[Page]) -> None:
    # Were the words not found where they may stand, their absence elsewhere would prove nothing.
    for code in pages[0].asker.counties:
        assert len(told(pages, {fold(world.counties[code].word)})) > 50


@everybody
def test_no_page_shows_anything_of_a_county_without_duty(world: World, pages: list[Page]) -> None:
    asker = pages[0].asker
    foreign = [seeded for code, seeded in world.counties.items() if code not in asker.counties]
    assert told(pages, {fold(word) for seeded in foreign for word in seeded.plain}) == []
    keys = {key for seeded in foreign for key in seeded.keys}
    assert [f"{asker.name}: {page.url} names {key}" for page in pages for key in page.keys & keys] == []


@everybody
def test_no_page_shows_a_sealed_value(world: World, pages: list[Page]) -> None:
    sealed = {fold(word) for seeded in world.counties.values() for word in seeded.sealed}
    assert told([page for page in pages if page.name not in SHOW_SEALED], sealed) == []


@everybody
def test_pages_that_compare_show_no_number(world: World, pages: list[Page]) -> None:
    numbers = {word for seeded in world.counties.values() for word in seeded.sealed if word.isascii()}
    assert told([page for page in pages if page.name in SHOW_SEALED], numbers) == []


@crawled_by(*(name for name in CRAWLING if not name.startswith((*WITH_CLIENTS, AT_THE_DOOR))))
def test_who_plans_keeps_gives_or_audits_sees_no_client_of_any_county(world: World, pages: list[Page]) -> None:
    asker = pages[0].asker
    assert asker.role in OUTSIDE | BESIDE
    counties = world.counties.values()
    clients = set().union(*(seeded.of_clients for seeded in counties))
    assert told(pages, {fold(word) for word in clients}) == []
    if asker.role in OUTSIDE:
        words = set().union(*(seeded.plain for seeded in counties))
        others = [page for page in pages if not page.name.startswith(SAID_BY_BODIES)]
        assert told(others, {fold(word) for word in words}) == []


@crawled_by("benefactor 2313")
def test_benefactor_sees_what_is_her_own_and_nothing_of_another(world: World, pages: list[Page]) -> None:
    own = world.counties["2313"]
    assert len(told(pages, {fold(own.gift)})) >= 3
    assert told(pages, {fold(own.stranger)}) == []


@crawled_by("deliverer 2313")
def test_deliverer_sees_the_families_of_a_round_that_is_out_alone(world: World, pages: list[Page]) -> None:
    own = world.counties["2313"]
    shown = {page.name for page in pages if fold(own.word) in page.shown}
    assert shown == {"distribution:delivery-entry"}
    assert [page.url for page in pages if f"{fold(own.word)} منتظر" in page.text] == []


@crawled_by("governor_office 2313", "district_governor 231301")
def test_question_about_no_single_district_is_the_whole_countys_alone(world: World, pages: list[Page]) -> None:
    words, key = {fold(ELSEWHERE)}, str(world.counties["2313"]["question_elsewhere"].pk)
    shown = [*told(pages, words), *(page.url for page in pages if key in page.keys)]
    assert bool(shown) == (pages[0].asker.role == Role.GOVERNOR_OFFICE), shown


@crawled_by("governor_office 2313", "district_governor 231301")
def test_who_plans_is_given_no_key_of_any_row(world: World, pages: list[Page]) -> None:
    keys = {key for seeded in world.counties.values() for key in seeded.keys - seeded.report_papers}
    assert [f"{page.url} names {key}" for page in pages for key in page.keys & keys] == []


@everybody
def test_special_class_stands_in_no_page_until_it_is_asked_for(pages: list[Page]) -> None:
    with translation.override("fa"):
        words = {fold(str(group.label)) for group in SPECIAL_GROUPS} | {fold(str(DisabilityType.PSYCHIATRIC.label))}
    records = [page for page in pages if page.name not in TELLS_OF_NOBODY and not offers_choices(page)]
    assert told(records, words) == []


def offers_choices(page: Page) -> bool:
    """A filter or a form names all groups, whoever it is about; a list asked for by a group is logged as read."""
    return (
        "group=" in page.url or "<select" in page.text or 'type="checkbox"' in page.text or 'type="radio"' in page.text
    )


@crawled_by("council_secretary 2313", "agency_officer 2313")
def test_what_was_typed_is_shown_as_typed_and_never_run(pages: list[Page]) -> None:
    assert [page.url for page in pages if HOSTILE in page.html] == []
    assert len([page for page in pages if escape(HOSTILE) in page.html]) > 10


@crawled_by(*CRAWLING[2:6])
def test_log_of_crawls_holds_no_word_of_a_client(world: World, pages: list[Page], logged: Kept) -> None:
    words = {fold(word) for seeded in world.counties.values() for word in seeded.plain}
    assert len(logged.lines) > 10
    text = fold("\n".join(logged.lines))
    assert [word for word in sorted(words) if word in text] == []
