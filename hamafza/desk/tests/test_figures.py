"""The desk's figures: arithmetic without a database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from hamafza.commitments.choices import Obstacle
from hamafza.desk.figures import Account, Climbed, Figures, Line, Promise, Said, account_of, accounts_by, by_kind
from hamafza.desk.periods import period_of

AUTUMN = period_of("1405-S3")
TODAY = date(2026, 11, 22)


def promise(owner: str = "کار", **changes: Any) -> Promise:
    said: dict[str, Any] = {
        "place": "2313",
        "given_on": date(2026, 9, 1),
        "due_on": date(2026, 11, 1),
        "original_due_on": date(2026, 10, 1),
    }
    return Promise(owner=owner, **(said | changes))


def done(reported: date, **changes: Any) -> Promise:
    return promise(reported_on=reported, verified_on=reported, **changes)


def account(*promises: Promise) -> Account:
    return account_of(promises, AUTUMN, until=TODAY)


def test_on_time_is_measured_by_both_dates() -> None:
    found = account(done(date(2026, 10, 15)), done(date(2026, 9, 25)), done(date(2026, 11, 5)))
    assert (found.done, found.on_time, found.on_first_date) == (3, 2, 1)
    assert Line.of(found).median_days == 44


def test_done_counts_in_the_period_in_which_it_was_verified_and_on_time_by_its_report() -> None:
    late_word = promise(reported_on=date(2026, 9, 20), verified_on=date(2026, 10, 3))
    assert account(late_word).on_first_date == 1
    earlier = account_of([late_word], period_of("1405-S2"), until=date(2026, 9, 23))
    assert (earlier.promised, earlier.done) == (1, 1)


def test_late_open_waiting_dropped_and_what_is_in_the_way() -> None:
    bodies = accounts_by(
        lambda one: one.owner,
        [
            promise(obstacle=Obstacle.MONEY),
            promise(due_on=date(2026, 12, 1)),
            promise(due_on=TODAY),
            promise(dropped_on=date(2026, 10, 9)),
            promise("فنی", obstacle=Obstacle.MONEY),
            promise("فنی", reported_on=date(2026, 11, 20)),
        ],
        AUTUMN,
        until=TODAY,
    )
    counted = {owner: (one.promised, one.late, one.open, one.waiting, one.dropped) for owner, one in bodies.items()}
    assert counted == {"کار": (4, 1, 3, 0, 1), "فنی": (2, 1, 2, 1, 0)}
    assert Line.of(bodies["کار"]).kept == 0.0
    assert Line.of(bodies["فنی"]).obstacles == (("money", 1),)
    assert Line.of(bodies["فنی"]).median_days is None


def test_what_ended_before_the_period_or_begins_after_it_does_not_count() -> None:
    found = account(
        done(date(2026, 9, 22)),
        promise(dropped_on=date(2026, 9, 22)),
        promise(given_on=date(2026, 12, 22)),
        promise(given_on=date(2026, 9, 23)),
    )
    assert (found.promised, found.given) == (1, 1)


def test_nothing_due_says_nothing_of_promises_kept() -> None:
    to_come = date(2026, 12, 1)
    assert Line.of(account(promise(due_on=to_come, original_due_on=to_come))).kept is None


def test_first_date_that_was_missed_and_moved_is_a_promise_not_kept() -> None:
    found = Line.of(account(done(date(2026, 9, 25)), promise(due_on=date(2026, 12, 1))))
    assert (found.late, found.missed_first, found.due, found.kept) == (0, 1, 2, 0.5)


def test_due_on_the_last_day_is_late_once_that_day_is_over() -> None:
    aban, last = period_of("1405-08"), date(2026, 11, 21)
    owed = promise(due_on=last, original_due_on=last)
    counted = [account_of([owed], aban, until=aban.over_until(today)).late for today in (last, TODAY)]
    assert counted == [0, 1]


def test_bodies_of_a_kind_add_up() -> None:
    bodies = [
        Line(code="a", name="یاس", kind="charity", promised=3, done=2, on_first_date=1, late=1),
        Line(code="b", name="سپید", kind="charity", promised=2, done=1, on_first_date=1),
        Line(code="c", name="کار", kind="agency", promised=9),
    ]
    assert by_kind(bodies) == [
        Line(code="agency", kind="agency", promised=9),
        Line(code="charity", kind="charity", promised=5, done=3, on_first_date=2, late=1),
    ]


def test_figures_read_back_from_json() -> None:
    line = Line(code="a", name="یاس", kind="charity", promised=3, median_days=4, obstacles=(("money", 2),))
    figures = Figures(
        place="2313", place_name="پاکدشت", place_kind="county", period="1405-S3", on="2026-11-22", total=line,
        before=Line(), bodies=(line,), counties=(line,), said=(Said("strength", "کار خوب", "شورا", "2026-11-01"),),
        climbed=(Climbed("k", "1405/3", "ده شغل", "کار", "پاکدشت", "2026-11-01", "2026-11-15"),), left_out=2,
        runs=True, climbed_count=21, unsaid=(("strength", 4),),
    )  # fmt: skip
    kept = json.loads(json.dumps(figures.as_json()))
    assert Figures.from_json(kept) == figures
    assert figures.more_climbed == 20
    for name in ("runs", "climbed_count", "unsaid"):
        del kept[name]
    assert Figures.from_json(kept) == replace(figures, runs=False, climbed_count=1, unsaid=())


def test_words_that_are_cut_are_counted() -> None:
    said = tuple(
        Said(kind, f"{kind} {place}", "شورا", "2026-11-01") for kind in ("strength", "obstacle") for place in "abc"
    )
    figures = Figures(
        "2313", "پاکدشت", "county", "1405-S3", "2026-11-22", Line(), Line(), said=said, unsaid=(("obstacle", 4),)
    )
    assert figures.said_of("obstacle", most=2) == ((said[3], said[4]), 5)
    assert figures.said_of("strength", most=6) == (said[:3], 0)
