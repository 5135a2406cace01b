"""Which facts a card may show: classes of five, nobody left behind, whom a card may still mean."""

from __future__ import annotations

from itertools import permutations
from typing import Any
from uuid import UUID, uuid5

from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.giving.anonymity import (
    CROWD,
    FACTS,
    NeedFacts,
    age_band,
    amount_band,
    classes_of,
    crowd_of,
    households,
    kept,
    possible,
    size_band,
)

SPACE = UUID(int=5)


def an_id(number: int) -> UUID:
    return uuid5(SPACE, str(number))


def facts_of(number: int, **known: Any) -> NeedFacts:
    return NeedFacts(an_id(number), an_id(1000 + number), "housing", "ودیعه", **known)


facts = st.builds(
    lambda amount, group, size, age, sex, special: (amount, group, size, age, sex, special),
    *(st.sampled_from(["", "1", "2"]) for _ in FACTS),
    st.booleans(),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(facts, max_size=40))
def test_class_holds_five_households_and_every_need_stands_in_one_at_most(rows: list[tuple[str, ...]]) -> None:
    needs = [
        NeedFacts(an_id(n), an_id(1000 + n // 2), "housing", "ودیعه", *row[:5], special=bool(row[5]))  # type: ignore[arg-type]
        for n, row in enumerate(rows)
    ]
    found = classes_of(needs)
    placed = [one.need for crowd in found for one in crowd.members]
    assert all(households(crowd.members) >= CROWD for crowd in found)
    assert len(placed) == len(set(placed))
    assert not {one.need for one in needs if one.special} & set(placed)
    assert all(getattr(one, name) == value for crowd in found for one in crowd.members for name, value in crowd.shown)
    assert all([name for name, _ in crowd.shown] == sorted(dict(crowd.shown), key=FACTS.index) for crowd in found)


def test_class_below_five_has_no_card() -> None:
    assert classes_of([facts_of(n) for n in range(4)]) == []


def test_class_of_one_large_family_has_no_card() -> None:
    needs = [NeedFacts(an_id(n), an_id(1), "job", "") for n in range(9)]
    assert classes_of(needs) == []


def test_need_that_stands_alone_takes_others_along() -> None:
    """Five of one age and one of another: an age on five cards would tell that the sixth is the other one."""
    needs = [*(facts_of(n, amount="1") for n in range(5)), facts_of(5, amount="2")]
    assert [(one.shown, len(one.members)) for one in classes_of(needs)] == [((), 6)]


def test_two_crowds_are_told_apart() -> None:
    needs = [*(facts_of(n, amount="1") for n in range(5)), *(facts_of(n, amount="2") for n in range(5, 11))]
    assert [one.shown for one in classes_of(needs)] == [(("amount", "1"),), (("amount", "2"),)]


def test_crowd_of_a_special_need_is_none() -> None:
    needs = [facts_of(n) for n in range(9)]
    hidden = NeedFacts(an_id(50), an_id(1050), "housing", "ودیعه", special=True)
    assert crowd_of(hidden.need, [*needs, hidden]) is None
    assert crowd_of(needs[0].need, needs) is not None


def test_kept_of_a_large_crowd_holds_the_need_itself() -> None:
    found = kept([facts_of(n) for n in range(200)], an_id(7))
    assert (len(found), str(an_id(7)) in found) == (60, True)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sets(st.integers(0, 5), min_size=1), min_size=1, max_size=4))
def test_possible_is_what_trying_every_way_finds(crowds: list[set[int]]) -> None:
    named = {str(place): {an_id(n) for n in crowd} for place, crowd in enumerate(crowds)}
    ways = [
        way
        for way in permutations(range(6), len(crowds))
        if all(need in crowd for need, crowd in zip(way, crowds, strict=True))
    ]
    expected = {str(place): {an_id(way[place]) for way in ways} for place in range(len(crowds))}
    assert possible(named) == expected


def test_sixth_beside_five_that_are_all_shown_would_be_known() -> None:
    five = {an_id(n) for n in range(5)}
    cards = {str(n): five for n in range(5)}
    assert possible({**cards, "new": five | {an_id(5)}})["new"] == {an_id(5)}


def test_bands_are_wide() -> None:
    assert [amount_band(rial) for rial in (None, 50_000_000, 50_000_001, 10**11)] == ["", "0", "1", "5"]
    assert [size_band(persons) for persons in (0, 1, 2, 3, 4, 6)] == ["", "0", "1", "1", "2", "3"]
    assert [age_band(years) for years in (None, 18, 39, 80, 97)] == ["", "10", "30", "80", "80"]
