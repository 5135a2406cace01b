"""The desk of a district governor: the county's figures, and of needs without names those of the district alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.rules import PERMISSIONS
from hamafza.accounts.tests.factories import give
from hamafza.accounts.tests.fixtures import SignedIn
from hamafza.commitments.commands.answer import report
from hamafza.commitments.order import Report
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.desk.commands.questions import answer, ask, close
from hamafza.desk.models import Question
from hamafza.desk.queries.needs import needs_by_domain
from hamafza.desk.tests.factories import (
    a_commitment,
    a_question,
    a_row,
    a_snapshot,
    an_officer,
    families_alike,
)
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.needs.queries.anonymous import anonymous_lines
from hamafza.notices.models import Notice
from hamafza.places.models import Place
from hamafza.places.tests.factories import CENTRAL, COUNTY, SHARIFABAD, SISTER_COUNTY

LIST, EXPORT = "/needs/anonymous/", "/needs/anonymous/export.csv"
HEAD: dict[str, Any] = {"first_name": "رازنام", "last_name": "رازفامیل"}


@pytest.fixture
def families(county: Place) -> None:
    """A line of housing in each district, one of jobs in Central alone, and one of health that stands for both."""
    for district in (SHARIFABAD, CENTRAL):
        families_alike(district=district, **HEAD)
        families_alike(domain=Domain.HEALTH, district=district, count=4, **HEAD)
    families_alike(domain=Domain.JOB, district=CENTRAL, count=7, **HEAD)


@pytest.fixture
def bakhshdar(signed_in: SignedIn) -> Client:
    return signed_in(Role.DISTRICT_GOVERNOR, SHARIFABAD)


def districts_shown(client: Client, **asked: str) -> set[tuple[str, str | None]]:
    return {(row.cell.domain, row.cell.district) for row in client.get(LIST, asked).context["rows"]}


def refusal(act: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as said:
        act(*args, **named)
    return said.value.code


# --- the list without names ---


def test_list_shows_lines_of_the_district_and_none_of_another_or_of_the_whole_county(
    families: None, bakhshdar: Client, signed_in: SignedIn
) -> None:
    whole = {(Domain.HOUSING, SHARIFABAD), (Domain.HOUSING, CENTRAL), (Domain.JOB, CENTRAL), (Domain.HEALTH, None)}
    assert districts_shown(signed_in(Role.GOVERNOR_OFFICE)) == whole
    assert districts_shown(bakhshdar) == {(Domain.HOUSING, SHARIFABAD)}
    assert districts_shown(signed_in(Role.DISTRICT_GOVERNOR, CENTRAL)) == {
        (Domain.HOUSING, CENTRAL), (Domain.JOB, CENTRAL),
    }  # fmt: skip
    assert districts_shown(signed_in(Role.DISTRICT_GOVERNOR, "230601")) == set()


@pytest.mark.parametrize("domain", ["", *Domain.values])
def test_lines_of_a_district_are_the_countys_own(families: None, domain: str) -> None:
    whole = anonymous_lines(COUNTY, on=clock.today(), domain=domain)
    for district in (SHARIFABAD, CENTRAL):
        own = anonymous_lines(COUNTY, on=clock.today(), domain=domain, districts=frozenset({district}))
        assert own == [line for line in whole if line.cell.district == district]
    assert anonymous_lines(COUNTY, on=clock.today(), domain=domain, districts=frozenset()) == []


@pytest.mark.parametrize("url", [LIST, EXPORT])
@pytest.mark.parametrize(
    "asked", [{"district": CENTRAL}, {"district": "230601"}, {"district": "x"}, {"county": SISTER_COUNTY}]
)
def test_hand_made_address_of_another_district_is_not_there(
    families: None, bakhshdar: Client, url: str, asked: dict[str, str]
) -> None:
    assert bakhshdar.get(url, {"district": SHARIFABAD}).status_code == 200
    assert bakhshdar.get(url, asked).status_code == 404


def test_pages_and_file_name_the_district_and_nobody(families: None, bakhshdar: Client) -> None:
    file = bakhshdar.get(EXPORT).content.decode("utf-8-sig")
    page = bakhshdar.get(LIST).text
    for text in (file, page):
        assert "بخش شریف‌آباد · پاکدشت" in text
        assert "مرکزی" not in text
        assert "راز" not in text
    assert 'name="district"' not in page
    assert str(Domain.JOB.label) not in file


def test_who_has_the_county_too_sees_all(families: None, bakhshdar: Client) -> None:
    user = bakhshdar.user
    give(user, Role.GOVERNOR_OFFICE, COUNTY)
    assert len(districts_shown(bakhshdar)) == 4
    assert districts_shown(bakhshdar, district=CENTRAL) == {(Domain.HOUSING, CENTRAL), (Domain.JOB, CENTRAL)}
    assert bakhshdar.get(f"/desk/questions/{a_question(district=CENTRAL).pk}/").status_code == 200
    assert "میز بخشدار" not in bakhshdar.get("/desk/").text


def test_who_has_two_districts_chooses_between_them(families: None, bakhshdar: Client) -> None:
    user = bakhshdar.user
    give(user, Role.DISTRICT_GOVERNOR, CENTRAL)
    assert len(districts_shown(bakhshdar)) == 3
    assert districts_shown(bakhshdar, district=SHARIFABAD) == {(Domain.HOUSING, SHARIFABAD)}
    assert 'name="district"' in bakhshdar.get(LIST).text


def test_way_to_ask_stands_beside_the_rows_one_may_ask_about(families: None, signed_in: SignedIn) -> None:
    director = signed_in(Role.PROVINCE_DIRECTOR)
    give(director.user, Role.DISTRICT_GOVERNOR, SHARIFABAD)
    rows = director.get(LIST, {"county": COUNTY}).context["rows"]
    assert {row.cell.district for row in rows if row.url} == {SHARIFABAD}
    assert len(rows) == 4


# --- questions ---


def test_question_about_a_row_of_the_district_is_asked_answered_and_closed(families: None, bakhshdar: Client) -> None:
    user: User = bakhshdar.user
    row = a_row(district=SHARIFABAD)
    assert f"row={row}" in bakhshdar.get(LIST).text
    form = bakhshdar.get("/desk/questions/new/", {"county": COUNTY, "row": row})
    assert "بخش شریف‌آباد · پاکدشت" in form.text
    said = {"county": COUNTY, "row": row, "key": uuid7(), "text": "چرا مسکن آنان آماده نیست؟"}
    assert bakhshdar.post("/desk/questions/new/", said).status_code == 302
    question = Question.objects.get()
    assert (question.district_id, question.asked_by_id) == (SHARIFABAD, user.pk)
    answer(question, text="زمین آماده است", by=an_officer(Role.COUNTY_HEAD))
    assert Notice.objects.filter(user=user, code="desk.answered", url=f"/desk/questions/{question.pk}/").count() == 1
    for url in (f"/desk/questions/{question.pk}/", "/desk/questions/", "/desk/"):
        page = bakhshdar.get(url)
        assert (page.status_code, f"/desk/questions/{question.pk}/" in page.text) == (200, True)
        assert "راز" not in page.text
    assert bakhshdar.post(f"/desk/questions/{question.pk}/close/").status_code == 302
    question.refresh_from_db()
    assert question.state == "closed"


@pytest.mark.parametrize(("domain", "district"), [(Domain.HOUSING, CENTRAL), (Domain.HEALTH, None)])
def test_row_of_another_district_or_of_the_whole_county_cannot_be_asked_about(
    families: None, bakhshdar: Client, domain: str, district: str | None
) -> None:
    row = a_row(domain=domain, district=district)
    form = bakhshdar.get("/desk/questions/new/", {"county": COUNTY, "row": row})
    assert (form.status_code, form.context["about"]) == (200, None)
    sent = bakhshdar.post("/desk/questions/new/", {"county": COUNTY, "row": row, "key": uuid7(), "text": "چرا؟"})
    assert sent.status_code == 422
    asker = actor_for(bakhshdar.user)
    assert refusal(ask, COUNTY, row=row, text="چرا؟", by=asker, key=uuid7()) == "no_such_row"
    assert not Question.objects.exists()


def test_question_of_another_district_or_of_the_whole_county_is_not_there(families: None, bakhshdar: Client) -> None:
    own = a_question(text="پرسش من", district=SHARIFABAD)
    others = [a_question(text="پرسش دیگری", district=CENTRAL)]
    asker = an_officer(Role.GOVERNOR_OFFICE)
    row = a_row(domain=Domain.HEALTH)
    others.append(ask(COUNTY, row=row, text="پرسش دیگری", by=asker, key=uuid7()))
    page = bakhshdar.get("/desk/questions/").text
    assert f"/desk/questions/{own.pk}/" in page
    assert "پرسش دیگری" not in page
    head, him = an_officer(Role.COUNTY_HEAD), actor_for(bakhshdar.user)
    for other in others:
        assert bakhshdar.get(f"/desk/questions/{other.pk}/").status_code == 404
        held = answer(other, text="پاسخ دیگری", by=head)
        assert bakhshdar.post(f"/desk/questions/{other.pk}/close/").status_code == 404
        with pytest.raises(PermissionDenied):
            close(held, by=him)
    assert "دیگری" not in bakhshdar.get("/desk/questions/", {"state": "answered"}).text


def test_answer_waits_no_more_for_who_left_the_district(families: None, bakhshdar: Client) -> None:
    user: User = bakhshdar.user
    question = a_question(by=actor_for(user), district=SHARIFABAD)
    answer(question, text="زمین آماده است", by=an_officer(Role.COUNTY_HEAD))
    assert f"/desk/questions/{question.pk}/" in bakhshdar.get("/desk/").text
    user.duties.update(place=CENTRAL)
    assert f"/desk/questions/{question.pk}/" not in bakhshdar.get("/desk/").text
    assert bakhshdar.get(f"/desk/questions/{question.pk}/").status_code == 404


# --- the desk ---


def test_desk_names_the_district_and_shows_the_bodies_of_the_county(families: None, bakhshdar: Client) -> None:
    a_commitment()
    page = bakhshdar.get("/desk/").text
    for text in ("میز بخشدار", "بخش شریف‌آباد", "شهرستان پاکدشت", "اداره کار", "اعتبار نرسیده"):
        assert text in page
    assert "مرکزی" not in page


def test_desk_offers_nothing_that_is_not_his(families: None, bakhshdar: Client, signed_in: SignedIn) -> None:
    held = a_commitment()
    report(held, Report(text="انجام شد", is_claim=True), by=an_officer(Role.AGENCY_OFFICER, organization=held.owner))
    his, governors = bakhshdar.get("/desk/").text, signed_in(Role.GOVERNOR_OFFICE).get("/desk/").text
    for url in ("state=claimed", "/desk/reports/new/"):
        assert url not in his
        assert url in governors


def test_needs_of_the_district_are_sums_of_the_lines_it_shows(families: None, bakhshdar: Client) -> None:
    assert needs_by_domain(COUNTY, frozenset({CENTRAL}), on=clock.today()) == [(Domain.JOB, 7), (Domain.HOUSING, 6)]
    shown = bakhshdar.get("/desk/").context["needs"]
    assert [(label, count) for label, count, _url in shown] == [(Domain.HOUSING.label, 6)]
    assert [bakhshdar.get(url).status_code for *_line, url in shown] == [200]
    for need in Need.objects.filter(domain=Domain.HOUSING, district=SHARIFABAD)[:2]:
        need.delete()
    assert bakhshdar.get("/desk/").context["needs"] == []


@pytest.mark.parametrize("place", [SHARIFABAD, CENTRAL, SISTER_COUNTY, "23"])
def test_desk_of_another_place_is_not_there(county: Place, bakhshdar: Client, place: str) -> None:
    assert bakhshdar.get("/desk/", {"place": COUNTY}).status_code == 200
    assert bakhshdar.get("/desk/", {"place": place}).status_code == 404


def test_reports_are_read_and_not_written(county: Place, bakhshdar: Client) -> None:
    snapshot = a_snapshot()
    for part in ("", "letter.pdf", "letter.docx"):
        assert bakhshdar.get(f"/desk/reports/{snapshot.pk}/{part}").status_code == 200
    assert bakhshdar.get("/desk/reports/new/").status_code == 404


def test_commitments_and_programmes_are_read_without_closed_ones(county: Place, bakhshdar: Client) -> None:
    told, hidden = a_commitment(), a_commitment(word="محرمانه", confidentiality="closed")
    user: User = bakhshdar.user
    User.objects.filter(pk=user.pk).update(organization=hidden.issuer)
    page = bakhshdar.get("/commitments/").text
    assert f"/commitments/{told.pk}/" in page
    assert f"/commitments/{hidden.pk}/" not in page
    assert hidden.title not in page
    assert bakhshdar.get(f"/commitments/{told.pk}/").status_code == 200
    assert bakhshdar.get(f"/commitments/{hidden.pk}/").status_code == 404
    for url in ("/commitments/division/", "/commitments/programmes/"):
        assert bakhshdar.get(url).status_code == 200
    for url in (f"/commitments/{told.pk}/verify/", f"/commitments/{told.pk}/cancel/"):
        assert bakhshdar.post(url).status_code == 404


def test_desk_is_his_first_page(county: Place, bakhshdar: Client) -> None:
    assert bakhshdar.get("/").headers["Location"] == "/desk/"


def test_pages_need_no_more_queries_than_the_governors(families: None, bakhshdar: Client, signed_in: SignedIn) -> None:
    a_commitment()
    a_question(district=SHARIFABAD)
    governor = signed_in(Role.GOVERNOR_OFFICE)
    assert query_count(bakhshdar, "/desk/") <= query_count(governor, "/desk/") <= 24
    for url in (LIST, "/desk/questions/", "/desk/questions/new/", "/commitments/"):
        assert query_count(bakhshdar, url) <= 15


def query_count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_no_permission_of_his_changes_what_bodies_owe() -> None:
    looks = {Permission.SEE_DESK, Permission.SEE_COMMITMENTS, Permission.SEE_ANONYMOUS_LISTS}
    assert PERMISSIONS[Role.DISTRICT_GOVERNOR] == {*looks, Permission.ASK_ABOUT_NEEDS}
