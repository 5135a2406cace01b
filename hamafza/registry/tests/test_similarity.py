from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from hamafza.registry.similarity import (
    REVIEW_THRESHOLD,
    Contacts,
    Identified,
    is_worth_opening,
    score_pair,
)
from hamafza.registry.similarity.blocking import LARGEST_BLOCKS, Blocks, block_keys
from hamafza.registry.similarity.contacts import Match, number_match, place_match
from hamafza.registry.similarity.dates import Gap, gap
from hamafza.registry.similarity.names import Likeness, likeness, skeleton
from hamafza.registry.similarity.score import jalali_digits
from hamafza.registry.tests.synthetic_county import County, make_county

COUNTY = make_county(persons=1_000, seed=1, noise=1)
#: Two keys by their place in `block_keys`: a coarse and a fine one.
BIRTHDAY, NAMES_AND_FATHER = 0, 2
FREQUENCIES = COUNTY.frequencies()
HOME = Contacts(mobile="09121234567", address="خیابان بهار، کوچه ۴، پلاک ۱۹", postal_code="3971471731")


def a_file(**values: Any) -> Identified:
    known: dict[str, Any] = {
        "id": uuid4(),
        "first_name": "رضا",
        "last_name": "احمدی",
        "father_name": "حسن",
        "born_on": date(1985, 5, 14),
        "sex": "male",
        "household": uuid4(),
        **values,
    }
    return Identified(**known)


def score(a: Identified, b: Identified, *, of_a: Contacts = HOME, of_b: Contacts = HOME) -> int:
    opened = {a.id: of_a, b.id: of_b}
    if not is_worth_opening(a, b, frequencies=FREQUENCIES):
        return 0
    found = score_pair(a, b, frequencies=FREQUENCIES, contacts=lambda one: opened[one.id])
    return found.score if found else 0


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("رضا", "رضا", Likeness.EQUAL),
        ("سید رضا", "رضا", Likeness.EQUAL),
        ("سیده فاطمه", "فاطمه", Likeness.EQUAL),
        ("قره‌داغي", "قره داغی", Likeness.EQUAL),
        ("أمیرحسین", "امیر حسین", Likeness.EQUAL),
        ("ذبیح", "زبیح", Likeness.SOUND),
        ("ثریا", "سریا", Likeness.SOUND),
        ("طاهره", "تاهره", Likeness.SOUND),
        ("صدیقه", "سدیغه", Likeness.SOUND),
        ("محممد", "محمد", Likeness.SOUND),
        ("معصومه", "مصعومه", Likeness.SLIP),
        ("شیرین", "شیرن", Likeness.SLIP),
        ("فاطمه زهرا", "فاطمه", Likeness.PART),
        ("امیرحسین", "حسین", Likeness.PART),
        ("", "رضا", Likeness.MISSING),
        ("رضا", "مریم", Likeness.DIFFERENT),
    ],
)
def test_comparing_names_says_how_they_differ(a: str, b: str, expected: Likeness) -> None:
    assert likeness(a, b) == likeness(b, a) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (date(1985, 5, 14), date(1985, 5, 14), Gap.EQUAL),
        (date(1985, 5, 14), date(1985, 5, 15), Gap.NEXT_DAY),
        (date(1977, 1, 26), date(1977, 1, 25), Gap.NEXT_DAY),
        (date(1985, 5, 14), date(1986, 5, 14), Gap.DIGIT),
        (date(1985, 5, 14), None, Gap.MISSING),
        (date(1985, 5, 14), date(1999, 11, 2), Gap.DIFFERENT),
    ],
)
def test_comparing_dates_says_how_they_differ(a: date, b: date | None, expected: Gap) -> None:
    assert gap(a, b, digits_a=jalali_digits(a), digits_b=jalali_digits(b) if b else "") == expected


def test_day_and_month_exchanged_is_swapped() -> None:
    a, b = date(1982, 5, 26), date(1982, 8, 25)  # 1361/3/5 and 1361/6/3, near enough to be typed wrong
    assert gap(a, b, digits_a="13610305", digits_b="13610503") == Gap.SWAPPED


def test_number_with_neighbouring_digits_exchanged_is_close() -> None:
    assert number_match("0099603081", "0099630081") == Match.CLOSE


def test_one_address_in_other_words_is_one_home() -> None:
    assert place_match("خ بهار، ک ۴، پ ۱۹", "پلاک 19 کوچه 4 خیابان بهار", postal_a="", postal_b="") == Match.EQUAL


def test_another_house_in_the_street_is_another_home() -> None:
    assert place_match("خیابان بهار پلاک ۱۹", "خیابان بهار پلاک ۹۱", postal_a="", postal_b="") == Match.DIFFERENT


def test_skeleton_survives_vowels_doubling_and_exchange() -> None:
    assert skeleton("محمّد") == skeleton("محممد") == skeleton("حممد")


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"first_name": "سید رضا", "last_name": "سید احمدی"},
        {"born_on": date(1985, 5, 15)},
        {"last_name": "احممدی"},
        {"father_name": ""},
        {"first_name": "احمدی", "last_name": "رضا"},
        {"first_name": "رظا", "father_name": "هسن"},
        {"born_on": None},
    ],
)
def test_second_entry_of_one_person_is_shown(again: dict[str, Any]) -> None:
    assert score(a_file(), a_file(**again)) >= REVIEW_THRESHOLD


def test_other_number_other_home_and_a_day_off_is_shown() -> None:
    elsewhere = Contacts("0099603081", "09351112233", "روستای یبر", "")
    here = HOME._replace(identity="0657975435")
    assert score(a_file(), a_file(born_on=date(1985, 5, 15)), of_a=here, of_b=elsewhere) >= REVIEW_THRESHOLD


@pytest.mark.parametrize(("a", "b"), [("حسن", "حسین"), ("رضا", "مهدی"), ("امیر", "امیرحسین"), ("محمدحسن", "محمدحسین")])
def test_twins_are_two_persons(a: str, b: str) -> None:
    home = uuid4()
    one = HOME._replace(identity="0099603081")
    other = HOME._replace(identity="0657975435")
    assert (
        score(a_file(first_name=a, household=home), a_file(first_name=b, household=home), of_a=one, of_b=other)
        < REVIEW_THRESHOLD
    )


def test_brothers_of_like_names_are_two_persons() -> None:
    assert score(a_file(first_name="حسن"), a_file(first_name="حسین", born_on=date(1988, 2, 1))) < REVIEW_THRESHOLD


def test_father_and_son_of_like_names_are_two_persons() -> None:
    son = a_file(first_name="رضا", father_name="رضاعلی", born_on=date(2010, 1, 1))
    assert score(a_file(first_name="رضاعلی", born_on=date(1970, 1, 1)), son) < REVIEW_THRESHOLD


@pytest.mark.parametrize(
    "other", [{"father_name": "بهرام"}, {"born_on": date(1999, 11, 2)}, {"sex": "female", "born_on": None}]
)
def test_namesakes_are_two_persons(other: dict[str, Any]) -> None:
    elsewhere = Contacts("0657975435", "09351112233", "روستای یبر", "")
    assert (
        score(a_file(), a_file(**other), of_a=HOME._replace(identity="0099603081"), of_b=elsewhere) < REVIEW_THRESHOLD
    )


def test_score_is_the_same_either_way_round() -> None:
    a, b = a_file(), a_file(first_name="فاطمه", last_name="رضا احمدی")
    assert score(a, b) == score(b, a)


def test_parts_add_up_to_the_score() -> None:
    a, b = a_file(), a_file(born_on=date(1985, 5, 15), last_name="احممدی")
    found = score_pair(a, b, frequencies=FREQUENCIES, contacts=lambda one: HOME)
    assert found is not None
    assert abs(sum(finding.points for finding in found.findings) - found.score) <= len(found.findings)
    assert found.as_parts()["rule"] == 1


def test_blocks_give_every_pair_once() -> None:
    blocks = Blocks()
    people = [
        a_file(),
        a_file(),
        a_file(first_name="مریم", last_name="نوری", father_name="علی", born_on=date(1950, 1, 1)),
    ]
    for person in people:
        blocks.add(block_keys(person, mobile=""))
    assert [pair for portion in blocks.pairs() for pair in portion] == [(0, 1)]


@pytest.mark.parametrize(("size", "coarse", "fine"), [(20, 190, 190), (21, 0, 210), (120, 0, 7_140), (121, 0, 0)])
def test_coarse_keys_are_left_to_the_finer_ones_sooner(size: int, coarse: int, fine: int) -> None:
    for number, most in ((BIRTHDAY, coarse), (NAMES_AND_FATHER, fine)):
        blocks = Blocks()
        for _one in range(size):
            blocks.add(tuple("same" if place == number else "" for place in range(len(LARGEST_BLOCKS))))
        assert sum(len(portion) for portion in blocks.pairs()) == most


def test_every_key_has_its_largest_block() -> None:
    assert len(block_keys(COUNTY.people[0], mobile="")) == len(LARGEST_BLOCKS)


def test_blocks_of_some_leave_out_the_others() -> None:
    blocks = Blocks()
    for _ in range(3):
        blocks.add(block_keys(a_file(), mobile=""))
    assert {pair for portion in blocks.pairs(only=frozenset({2})) for pair in portion} == {(0, 2), (1, 2)}


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_synthetic_county_nine_in_ten_found_and_most_of_those_listed_true(seed: int) -> None:
    county = make_county(persons=2_400, seed=seed, noise=2, twice=0.03)
    listed = listed_in(county)
    assert len(listed & county.same) >= 0.90 * len(county.same)
    assert len(listed & county.same) >= 0.85 * len(listed)


def listed_in(county: County) -> set[frozenset[Any]]:
    """The pairs at or above the review threshold."""
    frequencies, blocks, people = county.frequencies(), Blocks(), county.people
    for person in people:
        blocks.add(block_keys(person, mobile=county.contacts[person.id].mobile))
    pairs = [(people[a], people[b]) for portion in blocks.pairs() for a, b in portion]
    worth = [pair for pair in pairs if is_worth_opening(*pair, frequencies=frequencies)]
    scores = [
        (a, b, score_pair(a, b, frequencies=frequencies, contacts=lambda one: county.contacts[one.id]))
        for a, b in worth
    ]
    return {frozenset((a.id, b.id)) for a, b, found in scores if found and found.score >= REVIEW_THRESHOLD}
