"""What somebody may send who knows the id of another county's row, and what an old session may still do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hamafza.accounts.choices import Role
from hamafza.accounts.models import Duty, User
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import give, make_organization, make_user, signed_in_client
from hamafza.audit.models import ReadEntry
from hamafza.audit.queries.subjects import stored_id
from hamafza.core.scope import counties
from hamafza.distribution.tests.factories import a_closed_count, a_kit, a_lot, a_round, a_store
from hamafza.giving.choices import Moderation
from hamafza.giving.commands.donations import confirm_donation, write_donation
from hamafza.giving.models import Allocation, Disbursement
from hamafza.giving.tests.factories_benefactor import a_benefactor, a_capacity, a_match
from hamafza.giving.tests.factories_donation import a_gift, goods, money
from hamafza.giving.tests.factories_item import an_item
from hamafza.giving.tests.factories_pledge import a_gift_for, a_pledge, weekly
from hamafza.giving.tests.factories_spending import a_held, a_published_card
from hamafza.intake.models import ImportBatch
from hamafza.ledger.tests.factories import a_fund
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.models import Assessment, Need
from hamafza.needs.tests.factories import a_need
from hamafza.notices.commands.message import Recipient, send_message
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SISTER_COUNTY
from hamafza.registry.models import DuplicateCandidate, Household, Person
from hamafza.registry.tests.factories import a_head
from tests.askers import Asker, World, seeded_world
from tests.crawling import read, unpacked
from tests.seeded_county import DISTRICTS, SeededCounty, fold
from tests.test_url_table import address
from tests.url_table import COUNTY as BY_COUNTY, PLATFORM, SCOPE, TABLE, Line

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), seeded_world() as made:
        yield made


@pytest.fixture
def head(world: World) -> Asker:
    return world.askers[f"{Role.COUNTY_HEAD} {COUNTY}"]


@pytest.fixture
def worker(world: World) -> Asker:
    return world.askers[f"{Role.SOCIAL_WORKER} {COUNTY}"]


@pytest.fixture
def own(world: World) -> SeededCounty:
    return world.counties[COUNTY]


@pytest.fixture
def other(world: World) -> SeededCounty:
    return world.counties[SISTER_COUNTY]


def send(asker: Asker, view: str, *args: Any, **data: Any) -> Any:
    """A POST that stays (the test's own savepoint takes it back), with redirects not followed."""
    answer = asker.client.post(reverse(view, args=args), data)
    answer.body = answer.getvalue()
    return answer


def says_nothing_of(seeded: SeededCounty, answer: Any, *, typed: tuple[str, ...] = ()) -> bool:
    """Whether the answer holds no word and no key of the county, but what was typed."""
    text = read(answer.body.decode())
    for word in typed:
        text = text.replace(fold(word), "")
    return not any(fold(word) in text for word in seeded.plain) and not any(key in text for key in seeded.keys)


def state_of(row: models.Model) -> dict[str, Any]:
    """The row as it lies in the database."""
    with counties([row.county_id]):
        return dict(type(row)._default_manager.filter(pk=row.pk).values().get())


def count(model: type[models.Model], code: str) -> int:
    with counties([code]):
        return model._default_manager.count()


# --- ids of another county in the body -------------------------------------------------------------------------------


def test_person_moved_to_a_household_of_another_county_stays(
    head: Asker, own: SeededCounty, other: SeededCounty
) -> None:
    before, number = state_of(own["person"]), other["household"].file_number
    answer = send(
        head, "registry:person-move", own["person"].pk, to="file", file_number=number, reason="x", relation="other"
    )
    assert (answer.status_code, state_of(own["person"])) == (422, before)
    assert says_nothing_of(other, answer, typed=(number,))


@pytest.mark.parametrize("name", ["needs:need-create", "needs:assessment-create"])
def test_person_of_another_county_cannot_be_chosen(
    head: Asker, own: SeededCounty, other: SeededCounty, name: str
) -> None:
    before = count(Need, COUNTY), count(Assessment, COUNTY)
    answer = send(
        head, name, own["household"].pk, domain="health", person=str(other["person"].pk), severity=3, required=1,
        health=4, health_person=str(other["person"].pk), source="office", assessed_on="1404/01/01", since="1404/01/01",
    )  # fmt: skip
    assert (answer.status_code, count(Need, COUNTY), count(Assessment, COUNTY)) == (422, *before)
    assert fold(other.word) not in read(answer.body.decode())


def test_drafts_of_another_county_are_not_approved_among_own(
    head: Asker, own: SeededCounty, other: SeededCounty
) -> None:
    answer = send(head, "needs:approve-selected", pk=[str(other["draft"].pk), str(own["draft"].pk)])
    assert answer.status_code == 302
    assert (state_of(own["draft"])["state"], state_of(other["draft"])["state"]) == (NeedState.OPEN, NeedState.DRAFT)


@pytest.mark.parametrize("code", [SISTER_COUNTY, FAR_COUNTY])
def test_household_cannot_be_opened_in_another_county(head: Asker, code: str) -> None:
    before = count(Household, code)
    fields = {"county": code, "first_name": "نو", "last_name": "نو", "relation": "head", "district": DISTRICTS[code]}
    assert send(head, "registry:household-create", **fields).status_code == 422
    assert count(Household, code) == before


def test_household_cannot_be_put_into_a_district_of_another_county(head: Asker, own: SeededCounty) -> None:
    row = state_of(own["household"])
    answer = send(
        head, "registry:household-edit", own["household"].pk, version=row["version"], district=DISTRICTS[SISTER_COUNTY]
    )
    assert (answer.status_code, state_of(own["household"])["district_id"]) == (422, row["district_id"])


def test_spreadsheet_cannot_be_sent_for_another_county(head: Asker) -> None:
    file = SimpleUploadedFile("a.csv", "نام,نام خانوادگی\nنو,نو\n".encode(), content_type="text/csv")
    before = count(ImportBatch, SISTER_COUNTY)
    send(head, "intake:upload", file=file, county=SISTER_COUNTY)
    assert count(ImportBatch, SISTER_COUNTY) == before


@pytest.mark.parametrize("name", ["registry:on-file", "registry:household-create"])
def test_identity_number_of_another_county_brings_none_of_its_data(head: Asker, other: SeededCounty, name: str) -> None:
    person = other["person"]
    typed = (person.identity_number, person.last_name, person.first_name)
    answer = send(
        head, name, identity_number=typed[0], last_name=typed[1], first_name=typed[2], county=COUNTY, relation="head",
        born_on="1359/10/11", mobile="",
    )  # fmt: skip
    assert answer.status_code in {200, 422}
    assert says_nothing_of(other, answer, typed=typed)


def test_paper_of_another_record_is_not_found_under_own(head: Asker, own: SeededCounty, other: SeededCounty) -> None:
    for paper in (other["person_paper"], own["household_paper"]):
        url = reverse("documents:attachment-download", args=["person", own["person"].pk, paper.pk])
        assert head.ask("GET", url).status_code == 404


# --- rows of a colleague ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["needs:list-rename", "needs:list-delete"])
def test_list_of_a_colleague_is_left_alone(head: Asker, own: SeededCounty, name: str) -> None:
    before = state_of(own["list"])
    answer = send(head, name, own["list"].pk, name="از من")
    assert (answer.status_code, state_of(own["list"])) == (409, before)
    assert fold(own["list"].name) not in read(answer.body.decode())


def test_list_of_a_colleague_is_not_offered(head: Asker, own: SeededCounty) -> None:
    assert own["list"].name not in head.ask("GET", reverse("needs:need-list")).body.decode()


# --- what is masked, and how it is shown -----------------------------------------------------------------------------

REVEALED = [
    ("registry:person-reveal", "person", "identity_number"),
    ("registry:person-reveal", "person", "mobile"),
    ("registry:person-reveal", "person", "iban"),
    ("registry:household-reveal", "household", "address"),
    ("registry:household-reveal", "household", "postal_code"),
    ("needs:need-reveal", "need", "note"),
    ("needs:assessment-reveal", "assessment", "note"),
]


def reads(code: str) -> int:
    return count(ReadEntry, code)


def reveal(asker: Asker, own: SeededCounty, name: str, kind: str, field: str, reason: str) -> Any:
    words = [own[kind].pk, field] if name.startswith("registry") else [own[kind].pk]
    return send(asker, name, *words, reason=reason)


@pytest.mark.parametrize(("name", "kind", "field"), REVEALED)
def test_sealed_value_with_a_reason_is_shown_and_logged(
    worker: Asker, own: SeededCounty, name: str, kind: str, field: str
) -> None:
    before = reads(COUNTY)
    answer = reveal(worker, own, name, kind, field, "برای تماس با خانواده")
    assert fold(getattr(own[kind], field)) in read(answer.body.decode())
    assert reads(COUNTY) == before + 1
    with counties([COUNTY]):
        entry = ReadEntry.objects.order_by("-id")[0]
    assert (entry.actor, entry.subject_id, entry.reason) == (
        f"user:{worker.user.pk}", stored_id(type(own[kind]), own[kind].pk), "برای تماس با خانواده",
    )  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "field"), REVEALED)
def test_sealed_value_without_a_reason_stays_masked(
    worker: Asker, own: SeededCounty, name: str, kind: str, field: str
) -> None:
    before = reads(COUNTY)
    answer = reveal(worker, own, name, kind, field, " ")
    assert answer.status_code in {409, 422}
    assert fold(getattr(own[kind], field)) not in read(answer.body.decode())
    assert reads(COUNTY) == before


def test_special_class_with_a_reason_is_shown_and_logged(worker: Asker, own: SeededCounty) -> None:
    before = reads(COUNTY)
    answer = send(worker, "registry:person-special", own["person"].pk, reason="برای ارجاع")
    assert fold(str(own["membership"].get_group_display())) in read(answer.body.decode())
    assert reads(COUNTY) == before + 1


LOGGED = ["registry:duplicate-list", "needs:need-list-print", "needs:need-list-export"]


@pytest.mark.parametrize("name", LOGGED)
def test_list_that_shows_more_than_a_mask_is_logged(worker: Asker, name: str) -> None:
    before = reads(COUNTY)
    line = next(line for line in TABLE if line.name == name)
    assert worker.client.get(address(line, {})).getvalue()
    assert reads(COUNTY) > before


@pytest.mark.parametrize("name", ["documents:attachment-download", "intake:refused-sheet"])
def test_file_that_leaves_is_logged(worker: Asker, own: SeededCounty, name: str) -> None:
    before = reads(COUNTY)
    line = next(line for line in TABLE if line.name == name)
    assert worker.client.get(address(line, own.rows)).getvalue()
    assert reads(COUNTY) == before + 1


NUMBERS = "needs:need-list-numbers"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_with_numbers_holds_own_county_alone_and_is_logged(
    world: World, worker: Asker, own: SeededCounty, kind: str
) -> None:
    before = reads(COUNTY)
    text = read(unpacked(send(worker, NUMBERS, kind=kind, reason="برای معرفی به بانک").body))
    assert own["person"].identity_number in text
    assert not any(fold(other.word) in text for other in world.counties.values() if other is not own)
    assert reads(COUNTY) > before


@pytest.mark.parametrize(("county", "reason", "status"), [(COUNTY, "", 422), (SISTER_COUNTY, "برای بانک", 404)])
def test_list_with_numbers_without_reason_or_duty_shows_none(
    world: World, worker: Asker, county: str, reason: str, status: int
) -> None:
    answer = send(worker, NUMBERS, kind="csv", county=county, reason=reason)
    assert answer.status_code == status
    assert world.counties[county]["person"].identity_number not in read(answer.body.decode())


# --- stale sessions (S-A6) -------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(world: World) -> Client:
    """Somebody whose duty and account this test may change."""
    client = signed_in_client(Role.SOCIAL_WORKER, COUNTY)
    assert client.get(reverse("needs:need-list")).status_code == 200
    return client


def duties(client: Client) -> Any:
    return Duty.objects.filter(user=client.user)


def test_duty_ended_refuses_the_next_request(fresh: Client, own: SeededCounty) -> None:
    duties(fresh).update(ended_at=timezone.now())
    assert fresh.get(reverse("needs:need-list")).status_code == 404
    assert fresh.get(reverse("registry:person-record", args=[own["person"].pk])).status_code == 404


def test_duty_whose_last_day_has_passed_refuses_the_next_request(fresh: Client) -> None:
    duties(fresh).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert fresh.get(reverse("needs:need-list")).status_code == 404


def test_duty_moved_to_another_county_closes_the_former(fresh: Client, own: SeededCounty, other: SeededCounty) -> None:
    duties(fresh).update(place_id=SISTER_COUNTY)
    assert fresh.get(reverse("registry:person-record", args=[own["person"].pk])).status_code == 404
    assert fresh.get(reverse("registry:person-record", args=[other["person"].pk])).status_code == 200


def test_user_switched_off_must_sign_in_again(fresh: Client) -> None:
    User.objects.filter(pk=fresh.user.pk).update(is_active=False)
    answer = fresh.get(reverse("needs:need-list"))
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in"))


def test_reveal_after_the_duty_ended_shows_and_logs_nothing(fresh: Client, own: SeededCounty) -> None:
    duties(fresh).update(ended_at=timezone.now())
    before = reads(COUNTY)
    answer = fresh.post(reverse("registry:person-reveal", args=[own["person"].pk, "mobile"]), {"reason": "تماس"})
    assert (answer.status_code, reads(COUNTY)) == (404, before)
    assert own["person"].mobile not in read(answer.content.decode())


# --- counts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "model", "filters"),
    [
        ("registry:household-list", Household, {}),
        ("needs:need-list", Need, {"state__in": (NeedState.OPEN, NeedState.PARTLY_MET)}),
        ("needs:approval-list", Need, {"state__in": (NeedState.DRAFT, NeedState.ASSESSED)}),
    ],
)
def test_count_of_a_list_is_of_own_county_alone(head: Asker, name: str, model: Any, filters: dict[str, Any]) -> None:
    with counties([COUNTY]):
        expected = model.objects.filter(**filters).count()
    for query in ("", f"?{urlencode({'district': DISTRICTS[SISTER_COUNTY]})}"):
        assert head.ask("GET", reverse(name) + query).context["count"] == expected


# --- queries (S-E7) --------------------------------------------------------------------------------------------------

MOST_QUERIES = 15
#: The desk puts the figures of a period together from what bodies did in it and in the one before.
MOST_OF = {"desk:board": 30}
LISTS = [line for line in TABLE if line.of in {BY_COUNTY, SCOPE, PLATFORM} and line.methods == "GET" and not line.at]
LISTS += [line for line in TABLE if line.name in {"needs:need-list-export", "needs:need-list-anonymous-export"}]
#: Who asks for a list: the first of these who may have it. National lists have their own reader.
READERS = (
    Role.COUNTY_HEAD, Role.SOCIAL_WORKER, Role.GIVING_OFFICER, Role.ACCOUNTANT, Role.STOREKEEPER, Role.AUDITOR,
    Role.BENEFACTOR, Role.GOVERNOR_OFFICE,
)  # fmt: skip


def reader_of(world: World, line: Line) -> Asker:
    if line.of == PLATFORM:
        return world.askers[f"{Role.NATIONAL_ADMIN} IR"]
    if isinstance(line.who, str):
        return world.askers[f"{Role.COUNTY_HEAD} {COUNTY}"]
    return world.askers[f"{next(role for role in READERS if role in line.who)} {COUNTY}"]


def queries_of(asker: Asker, line: Line) -> list[str]:
    url = address(line, {})
    asker.client.get(url)  # what is worked out anew when it is stale is worked out now
    with CaptureQueriesContext(connection) as captured:
        answer = asker.client.get(url)
        assert answer.getvalue()
    assert answer.status_code in line.answers
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


@pytest.mark.parametrize("line", LISTS, ids=lambda line: line.name)
def test_list_asks_as_many_queries_with_more_rows(world: World, line: Line) -> None:
    asker = reader_of(world, line)
    # The clock stands still: once a minute a request also notes that its session is in use.
    with time_machine.travel(timezone.now(), tick=False):
        few = queries_of(asker, line)
        more_rows(world.counties[COUNTY], asker.user)
        many = queries_of(asker, line)
    assert many[len(few) :] == []
    assert len(many) <= MOST_OF.get(line.name, MOST_QUERIES)


def more_rows(own: SeededCounty, user: Any) -> None:
    """Four more of everything a list may show."""
    with counties([COUNTY]):
        for number in range(4):
            person: Person = a_head(first_name=f"بیشتر {number}")
            a_need(person, domain=Domain.JOB, valid_to=timezone.localdate() - timedelta(days=1))
            a_need(person, domain=Domain.HEALTH, state=NeedState.DRAFT, created_by=user)
            a_need(person.household, domain=Domain.HOUSING, severity=5)
            first, second = sorted((person, own["person"]), key=lambda one: one.pk.int)
            DuplicateCandidate.objects.create(county_id=COUNTY, a=first, b=second, score=900, parts={})
            ImportBatch.objects.create(county_id=COUNTY, file_name=f"{number}.csv", file_hash="", created_by=user)
            give(make_user(full_name=f"کاربر {number}"), Role.SOCIAL_WORKER, SISTER_COUNTY)
            make_organization(f"نهاد {number}")
            Place.objects.create(code=f"9{number}", kind="province", parent_id="IR", name_fa=f"استان {number}")
            more_gifts(own, person, number)


def more_gifts(own: SeededCounty, person: Person, number: int) -> None:
    """One more of everything that lists of giving show: of the benefactor who signs in, of another, of the office."""
    system = system_actor("test")
    other = a_benefactor(f"خیر بیشتر {number}", county=COUNTY)
    item = an_item(f"قلم بیشتر {number}", county=COUNTY)
    a_match(a_capacity(other), a_need(person, domain=Domain.EDUCATION))
    a_capacity(other, moderation=Moderation.NEW)
    for giver in (own["benefactor"], other):
        pledge = a_pledge(giver, schedule=weekly(timezone.localdate() - timedelta(days=20)))
        wish = {"purpose": Domain.LIVELIHOOD}
        kept = [money(1_000_000), goods(item, 3)]
        for gift in (a_gift(*kept, benefactor=giver, wish=wish), a_gift(money(5), benefactor=giver)):
            confirm_donation(write_donation(COUNTY, gift=gift, by=system), by=system)
        write_donation(COUNTY, gift=a_gift(money(7), benefactor=giver), by=system)
        a_gift_for(pledge.instalments.order_by("due_on")[0], 2)
        home = a_need(person.household, domain=Domain.HOUSEHOLD_GOODS, item=f"فرش {giver.name}", required=2, reserved=1)
        a_held(a_published_card(home), giver)
    fund, need = a_fund(COUNTY, rial=1_000), a_need(person, domain=Domain.REHABILITATION)
    asked = Allocation.objects.create(county_id=COUNTY, fund=fund, need=need, what="خرید", amount=10)
    Disbursement.objects.create(county_id=COUNTY, allocation=asked, amount=10, method="seller", payee="فروشگاه")
    send_message(Recipient(mobile="09121110044"), "distribution.code", {"code": "12345"}, county=COUNTY)
    a_lot(item, county=COUNTY)
    a_round(item, county=COUNTY)
    a_closed_count(a_store(county=COUNTY))
    a_kit({item: 1}, county=COUNTY)
