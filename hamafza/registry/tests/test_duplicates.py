from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn, make_actor
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY
from hamafza.registry.commands.decide_duplicate import decide_duplicate, reopen_duplicate
from hamafza.registry.commands.find_duplicates import find_duplicates
from hamafza.registry.models import DuplicateCandidate, Person
from hamafza.registry.queries.comparing import CountyFiles, contacts_of
from hamafza.registry.queries.duplicates import scored_pairs
from hamafza.registry.similarity import REVIEW_THRESHOLD, Identified
from hamafza.registry.tests.factories import a_head, a_household

pytestmark = pytest.mark.django_db
LIST = "/clients/duplicates/"


@pytest.fixture
def twice(county: Place) -> tuple[Person, Person]:
    """One person on two files."""
    return entered_twice(county, last_name="منصوری")


def entered_twice(county: Place, *, last_name: str, year: int = 1978) -> tuple[Person, Person]:
    home = a_household(county=county, address="خیابان بهار پلاک ۴")
    known: dict[str, Any] = {"father_name": "عبدالله", "sex": "female", "mobile": f"0915{year * 7 % 10000:04}789"}
    first = a_head(
        household=home, first_name="گلنار", last_name=last_name, born_on=date(year, 8, 12), origin_row=7, **known
    )
    second = a_head(
        county=county,
        first_name="سیده گلنار",
        last_name=f"سید {last_name}",
        born_on=date(year, 8, 13),
        identity_number="",
        origin_row=31,
        **known,
    )
    return first, second


def the_pair() -> DuplicateCandidate:
    return DuplicateCandidate.objects.get()


def test_finding_lists_one_person_on_two_files(twice: tuple[Person, Person]) -> None:
    assert find_duplicates(COUNTY) == 1
    (pair,) = scored_pairs(COUNTY)
    assert {pair.a, pair.b} == {person.pk for person in twice}
    assert {pair.a_row, pair.b_row} == {7, 31}
    assert pair.score >= REVIEW_THRESHOLD


def test_finding_leaves_out_another_county(twice: tuple[Person, Person], places: dict[str, Place]) -> None:
    entered_twice(places[SISTER_COUNTY], last_name="منصوری")
    find_duplicates(COUNTY)
    with counties([SISTER_COUNTY]):
        assert not DuplicateCandidate.objects.exists()


def test_file_merged_while_the_search_runs_is_not_compared(twice: tuple[Person, Person]) -> None:
    first, second = twice
    Person.objects.filter(pk=second.pk).update(merged_into=first)
    assert set(contacts_of(COUNTY, [first.pk, second.pk])) == {first.pk}


def test_people_read_at_once_are_given_back_as_they_were() -> None:
    home, day = uuid4(), date(1978, 8, 12)
    people = [
        Identified(uuid4(), "گلنار", "منصوری", "عبدالله", day, "female", home),
        Identified(uuid4(), "گلنار", "کاظمی", "", None, "", None),
        Identified(uuid4(), "علی", "منصوری", "گلنار", day, "male", home),
    ]
    files = CountyFiles(COUNTY)
    for one in people:
        files.add(one, mobile="")
    assert [files.person(place) for place in range(3)] == people


def test_finding_again_writes_nothing(twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    before = DuplicateCandidate.objects.values_list().get()
    find_duplicates(COUNTY)
    assert DuplicateCandidate.objects.values_list().get() == before


def test_finding_for_one_person_compares_only_her(twice: tuple[Person, Person], county: Place) -> None:
    entered_twice(county, last_name="نوری", year=1950)
    assert find_duplicates(COUNTY, persons=[twice[0].pk]) == 1
    assert find_duplicates(COUNTY) == 2


def test_finding_after_a_correction_takes_the_pair_away(twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    other = twice[1]
    other.first_name, other.father_name, other.born_on = "پروین", "نادر", date(1950, 1, 1)
    other.save()
    assert find_duplicates(COUNTY) == 0
    assert not DuplicateCandidate.objects.exists()


def test_finding_again_keeps_a_decision(twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    decide_duplicate(the_pair(), decision="different", by=make_actor())
    assert find_duplicates(COUNTY) == 0
    assert the_pair().decision == "different"
    assert list(scored_pairs(COUNTY)) == []


def test_deciding_notes_who_and_when(twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    actor = make_actor()
    decided = decide_duplicate(the_pair(), decision="same", by=actor)
    assert (decided.decision, decided.decided_by_id, decided.decided_at is not None) == ("same", actor.user_id, True)


def test_deciding_twice_is_refused(twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    decide_duplicate(the_pair(), decision="same", by=make_actor())
    with pytest.raises(Refusal):
        decide_duplicate(the_pair(), decision="different", by=make_actor())


def test_deciding_on_nothing_is_refused(twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    with pytest.raises(Refusal):
        decide_duplicate(the_pair(), decision="open", by=make_actor())


def test_taking_back_opens_the_pair_again(twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    decide_duplicate(the_pair(), decision="same", by=make_actor())
    reopened = reopen_duplicate(the_pair(), by=make_actor())
    assert (reopened.decision, reopened.decided_by_id) == ("open", None)
    with pytest.raises(Refusal):
        reopen_duplicate(the_pair(), by=make_actor())


def test_pair_is_on_file_once_and_in_order(twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    pair = the_pair()
    with pytest.raises(IntegrityError), transaction.atomic():
        DuplicateCandidate.objects.create(county_id=COUNTY, a_id=pair.a_id, b_id=pair.b_id, score=500)
    with pytest.raises(IntegrityError), transaction.atomic():
        DuplicateCandidate.objects.create(county_id=COUNTY, a_id=pair.b_id, b_id=pair.a_id, score=500)


def test_list_shows_both_files_masked_and_the_parts(worker: Client, twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    page = worker.get(LIST).content.decode()
    assert "سید منصوری" in page
    assert twice[0].identity_number not in page
    assert twice[0].mobile not in page
    assert "<details" in page


def test_decision_on_the_page_may_be_undone(worker: Client, twice: tuple[Person, Person]) -> None:
    find_duplicates(COUNTY)
    page = worker.post(f"{LIST}{the_pair().pk}/decide/", {"decision": "same"}, follow=True).content.decode()
    assert the_pair().decision == "same"
    assert f"{LIST}{the_pair().pk}/reopen/" in page
    worker.post(f"{LIST}{the_pair().pk}/reopen/")
    assert the_pair().decision == "open"


@pytest.mark.parametrize("step", ["decide", "reopen"])
def test_steps_are_not_for_get(worker: Client, twice: tuple[Person, Person], step: str) -> None:
    find_duplicates(COUNTY)
    assert worker.get(f"{LIST}{the_pair().pk}/{step}/").status_code == 405


@pytest.mark.parametrize("step", ["decide", "reopen"])
def test_pair_of_another_county_is_not_found(signed_in: SignedIn, twice: tuple[Person, Person], step: str) -> None:
    find_duplicates(COUNTY)
    stranger = signed_in(Role.COUNTY_HEAD, SISTER_COUNTY)
    assert stranger.post(f"{LIST}{the_pair().pk}/{step}/", {"decision": "same"}).status_code == 404
    assert "منصوری" not in stranger.get(LIST).content.decode()


@pytest.mark.parametrize("role", [Role.PROVINCE_DIRECTOR, Role.GOVERNOR_OFFICE, Role.NATIONAL_ADMIN, Role.AUDITOR])
def test_list_is_only_for_those_who_review(signed_in: SignedIn, role: Role) -> None:
    assert signed_in(role).get(LIST).status_code == 404


@pytest.mark.parametrize("query", ["?minimum=abc&decision=no&after=xx", "?minimum=99999", "?minimum=300&decision=same"])
def test_list_with_a_strange_address_still_answers(worker: Client, query: str) -> None:
    assert worker.get(f"{LIST}{query}").status_code == 200


def test_list_pages_show_every_pair_once(worker: Client, county: Place) -> None:
    names = ("نوری", "ملکی", "زارع", "یزدانی", "شریفی", "قنبری", "عظیمی", "ترابی", "فلاح", "غفاری", "خسروی", "رضایی")
    [entered_twice(county, last_name=name, year=1924 + 7 * place) for place, name in enumerate(names)]
    assert find_duplicates(COUNTY) == 12
    first = worker.get(LIST)
    second = worker.get(f"{LIST}{first.context['next_url']}")
    shown = [pair.id for page in (first, second) for pair in page.context["pairs"]]
    assert (len(shown), len(set(shown))) == (12, 12)


def test_list_asks_as_much_for_one_pair_as_for_three(worker: Client, county: Place) -> None:
    entered_twice(county, last_name="نوری", year=1950)
    find_duplicates(COUNTY)
    one = queries_of(worker)
    entered_twice(county, last_name="ملکی", year=1964)
    entered_twice(county, last_name="زارع", year=1987)
    find_duplicates(COUNTY)
    assert queries_of(worker) == one


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    return len(queries)
