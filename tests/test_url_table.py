"""The third wall: every address x every asker x own county, other county, other province, and a row that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hamafza.config import urls
from tests.askers import Asker, World, seeded_world
from tests.seeded_county import COUNTIES, NOBODY, UUID_IN_TEXT
from tests.url_table import ANYBODY, COUNTY, OWN, PLATFORM, ROW, SCOPE, SIGNED_IN, TABLE, Line

# Each test is a savepoint within the transaction of `world`.
pytestmark = pytest.mark.django_db

#: What a POST answers to those who may: done, or the form again, or a refusal in words.
POST_ANSWERS = (200, 302, 409, 422)
SIGN_IN = "/accounts/sign-in/"
TOKEN = re.compile(r"(csrfmiddlewaretoken\" value=|x-csrftoken\": )\"[^\"]*\"")
#: The language switch leads back to the same address.
ASKED_COUNTY = re.compile(r"county(?:=|%3D)\d{4}")


def walked(patterns: list[Any], space: str = "", prefix: str = "") -> Iterator[tuple[str, str]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from walked(one.url_patterns, inner, f"{prefix}{one.pattern}")
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}", f"{prefix}{one.pattern}"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), seeded_world() as made:
        yield made


def test_every_address_stands_in_the_table_and_every_line_has_an_address() -> None:
    routed = sorted(walked(get_resolver().url_patterns))
    assert sorted((line.name, line.route) for line in TABLE) == routed


def test_every_line_stands_in_the_table_once() -> None:
    assert len({line.name for line in TABLE}) == len(TABLE)


def test_readers_of_the_table_are_roles_or_everybody() -> None:
    assert {line.who for line in TABLE if isinstance(line.who, str)} == {ANYBODY, SIGNED_IN}


def may(line: Line, asker: Asker) -> bool:
    if isinstance(line.who, str):
        return line.who == ANYBODY or asker.user is not None
    return asker.role in line.who


def is_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)


def fault_of(line: Line, method: str, asker: Asker, answer: Any, *, reached: bool) -> str:
    """What is wrong with the answer; empty when it is the table's. ``reached``: the row is there, the duty too."""
    status = answer.status_code
    if asker.user is None and line.who != ANYBODY:
        good = is_sign_in(answer)
    elif method not in line.methods.split():
        # The same for everybody, whether the row is there or not: the address alone decides.
        good = status == 405
    elif not (reached and may(line, asker)):
        good = status == 404
    elif method == "POST":
        good = status in POST_ANSWERS and (not is_sign_in(answer) or line.of == OWN)
    else:
        good = status in ((302,) if asker.role in line.sent_on else line.answers)
    return "" if good else f"{asker.name}: {method} {answer.request['PATH_INFO']} answers {status}"


def text_of(answer: Any) -> str:
    """The page without what differs in each answer: what stood in the address, and the token against forged forms."""
    page = UUID_IN_TEXT.sub("ID", answer.body.decode("utf-8", "replace"))
    return ASKED_COUNTY.sub("COUNTY", TOKEN.sub("TOKEN", page))


def told_apart(answer: Any, missing: Any) -> str:
    """Whether an answer of 404 tells a row of another county from one that does not exist."""
    if answer.status_code != 404 or missing is None or not missing.body:
        return ""
    near = abs(len(answer.body) - len(missing.body)) <= 0.05 * len(missing.body)
    same = near and text_of(answer) == text_of(missing)
    return "" if same else f"{answer.request['PATH_INFO']} tells that the row exists"


def address(line: Line, rows: dict[str, Any] | None) -> str:
    """The address over these rows; None: a row that is not there."""
    words = {
        place: word[1:] if word[0] == "=" else NOBODY if rows is None else rows[word].pk
        for place, word in line.at.items()
    }
    return reverse(line.name, kwargs=words)


@contextmanager
def bare_404() -> Iterator[None]:
    """Answers 404 without drawing the page, for those of whom only the answer counts; there are many."""
    root: Any = urls
    root.handler404 = lambda request, exception: HttpResponse(status=404)
    try:
        yield
    finally:
        del root.handler404


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.name)
def test_address_answers_everybody_as_the_table_says(world: World, line: Line) -> None:
    faults, walk = [], WALKS[line.of]
    for asker in world.askers.values():
        with nullcontext() if may(line, asker) and asker.knocks_everywhere else bare_404():
            faults += [fault for method in methods_tried(line, asker) for fault in walk(world, line, method, asker)]
    assert list(filter(None, faults)) == []


def methods_tried(line: Line, asker: Asker) -> tuple[str, ...]:
    """Both; only what the address answers to, for those who may not and whose role is tried nearer by."""
    if asker.knocks_everywhere or may(line, asker):
        return ("GET", "POST")
    return tuple(line.methods.split()[:1])


def counties_tried(line: Line, method: str, asker: Asker) -> tuple[str, ...]:
    """All; one for those from elsewhere, and where the address alone decides."""
    return COUNTIES if asker.knocks_everywhere and method in line.methods.split() else COUNTIES[:1]


def walk_rows(world: World, line: Line, method: str, asker: Asker) -> Iterator[str]:
    missing = asker.ask(method, address(line, None)) if may(line, asker) else None
    if missing:
        yield fault_of(line, method, asker, missing, reached=False)
    for code in counties_tried(line, method, asker):
        answer = asker.ask(method, address(line, world.counties[code].rows))
        yield fault_of(line, method, asker, answer, reached=code in asker.counties)
        yield told_apart(answer, missing)


def walk_counties(world: World, line: Line, method: str, asker: Asker) -> Iterator[str]:
    url = address(line, {})
    sent_on = asker.role in line.sent_on
    missing = asker.ask(method, f"{url}?county=9999")
    yield fault_of(line, method, asker, asker.ask(method, url), reached=True)
    yield fault_of(line, method, asker, missing, reached=sent_on)
    for code in {*asker.counties[:1], *counties_tried(line, method, asker)}:
        answer = asker.ask(method, f"{url}?county={code}")
        yield fault_of(line, method, asker, answer, reached=sent_on or code in asker.counties)
        yield told_apart(answer, missing)


def walk_scope(_world: World, line: Line, method: str, asker: Asker) -> Iterator[str]:
    url = address(line, {})
    for query in ("", *(f"?county={code}" for code in counties_tried(line, method, asker))):
        yield fault_of(line, method, asker, asker.ask(method, url + query), reached=True)


def walk_own(world: World, line: Line, method: str, asker: Asker) -> Iterator[str]:
    if not line.at:
        yield fault_of(line, method, asker, asker.ask(method, address(line, {})), reached=True)
        return
    missing = asker.ask(method, address(line, None))
    yield fault_of(line, method, asker, missing, reached=False)
    for other in {one.name: one for one in (asker, *list(world.askers.values())[1:4])}.values():
        if other.user is not None:
            answer = asker.ask(method, address(line, other.rows))
            yield fault_of(line, method, asker, answer, reached=other is asker)
            yield told_apart(answer, missing)


def walk_platform(world: World, line: Line, method: str, asker: Asker) -> Iterator[str]:
    yield fault_of(line, method, asker, asker.ask(method, address(line, world.platform)), reached=True)
    if any(word[0] != "=" for word in line.at.values()):
        missing = asker.ask(method, address(line, None))
        yield fault_of(line, method, asker, missing, reached=False)


WALKS = {ROW: walk_rows, COUNTY: walk_counties, SCOPE: walk_scope, OWN: walk_own, PLATFORM: walk_platform}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_question_about_no_single_district_is_not_there_for_a_district_governor(world: World, method: str) -> None:
    asker, rows = world.askers["district_governor 231301"], world.counties["2313"].rows
    for name in ("desk:question-record", "desk:question-close"):
        line = next(one for one in TABLE if one.name == name)
        if method in line.methods.split():
            elsewhere = asker.ask(method, address(line, {"answered_question": rows["question_elsewhere"]}))
            missing = asker.ask(method, address(line, None))
            assert fault_of(line, method, asker, elsewhere, reached=False) == told_apart(elsewhere, missing) == ""


def test_static_files_need_no_sign_in(world: World) -> None:
    assert world.askers["anonymous"].ask("GET", "/static/core/icon.svg").status_code == 200


@pytest.mark.parametrize("path", ["/static/../config/settings.py", "/static/core/../../config/settings.py", "/var/"])
def test_what_is_no_static_file_is_not_served(world: World, path: str) -> None:
    answer = world.askers["anonymous"].ask("GET", path)
    assert answer.status_code in {302, 404}
