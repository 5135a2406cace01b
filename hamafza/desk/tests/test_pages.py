"""The desk's pages: of a county, of a province, of reports; who may see them, and how many queries they need."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import give, make_organization, make_user
from hamafza.accounts.tests.fixtures import SignedIn
from hamafza.commitments.commands.climb import escalate
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import Table, days
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.core.persian import persian_digits
from hamafza.core.scope import counties
from hamafza.desk.models import Snapshot
from hamafza.desk.queries.snapshots import Report
from hamafza.desk.tests.factories import a_commitment, a_note, a_snapshot
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, PROVINCE, SHARIFABAD, SISTER_COUNTY
from hamafza.registry.tests.factories import a_household, a_person


@pytest.fixture
def governor(signed_in: SignedIn) -> Client:
    return signed_in(Role.GOVERNOR_OFFICE)


@pytest.fixture
def governor_general(places: dict[str, Place]) -> Client:
    user, client = make_user(), Client()
    give(user, Role.GOVERNOR_OFFICE, PROVINCE)
    client.force_login(user)
    return client


def test_desk_shows_figures_obstacles_and_strengths(county: Place, governor: Client) -> None:
    a_commitment()
    a_commitment(done=True)
    a_note("همکاری خوب هلال احمر")
    page = governor.get("/desk/").text
    for text in ("اداره کار", "اعتبار نرسیده", "همکاری خوب هلال احمر"):
        assert text in page


def test_what_climbed_to_the_governor_stands_there_with_its_day(
    table: Table, governor: Client, move_to: MoveTo
) -> None:
    late = table.given(due_on=days(3), title="کاری که دیر شد")
    table.given(due_on=days(10), title="کاری که هنوز نرسیده")
    move_to(days(3 + 14))
    escalate(COUNTY, on=clock.today())
    page = governor.get("/desk/").text
    assert "کاری که دیر شد" in page
    assert f"/commitments/{late.pk}/" in page
    assert "کاری که هنوز نرسیده" not in page


def test_late_alone_leads_to_its_list_and_only_while_the_period_runs(
    table: Table, governor: Client, move_to: MoveTo
) -> None:
    for on in (days(3), days(4), days(60)):
        table.given(due_on=on)
    move_to(days(10))
    page = governor.get("/desk/")
    urls = {one.label: one.url for one in page.context["headlines"]}
    assert sorted(urls.values()) == ["#bodies", "#bodies", "#climbed", f"/commitments/?place={COUNTY}&state=late"]
    [body] = page.context["bodies"]
    assert (body.url, body.line.late) == ("", 2)
    assert [
        len(governor.get(url).context["rows"]) for url in (f"/commitments/?place={COUNTY}&state=late", body.late_url)
    ] == [2, 2]
    move_to(days(40))
    finished = governor.get("/desk/", {"period": "1405-09"})
    assert finished.context["figures"].total.late == 2
    assert "state=late" not in finished.text


def test_title_that_is_left_out_gives_way_to_a_number_in_persian_digits(
    table: Table, governor: Client, move_to: MoveTo
) -> None:
    a_person(household=a_household(county=table.secretariat.place), first_name="زهرا", last_name="کاظمی‌نژاد")
    held = table.given(due_on=days(3), title="شغل برای زهرا کاظمی نژاد")
    move_to(days(20))
    escalate(COUNTY, on=clock.today())
    page = governor.get("/desk/", {"period": "1405"}).text
    assert f"<bdi>{persian_digits(f'{held.jalali_year}/{held.number}')}</bdi>" in page
    assert "زهرا" not in page


@pytest.mark.parametrize(
    ("role", "at", "words"),
    [
        (Role.GOVERNOR_OFFICE, COUNTY, "نیازمند دستور شما"),
        (Role.COUNCIL_SECRETARY, COUNTY, "در انتظار دستور فرماندار"),
        (Role.DISTRICT_GOVERNOR, SHARIFABAD, "در انتظار دستور فرماندار"),
    ],
)
def test_word_of_the_governor_is_asked_of_her_office_alone(
    county: Place, signed_in: SignedIn, role: Role, at: str, words: str
) -> None:
    reader, kept = signed_in(role, at), a_snapshot()
    for url in ("/desk/", f"/desk/reports/{kept.pk}/"):
        page = reader.get(url)
        assert words in page.text
        assert [one.text for one in page.context["headlines"]][-1] == words


def test_words_that_are_cut_say_how_many_more_there_are(county: Place, governor: Client) -> None:
    for number in range(9):
        a_note(f"همکاری خوب {number}")
    assert "و ۳ مورد دیگر" in governor.get("/desk/").text
    assert "و ۳ مورد دیگر" in governor.get(f"/desk/reports/{a_snapshot().pk}/").text


def test_secretary_keeps_what_waits_for_her(county: Place, signed_in: SignedIn) -> None:
    assert "در انتظار من" in signed_in(Role.COUNCIL_SECRETARY).get("/desk/").text


def test_letter_is_offered_in_persian_and_on_paper_of_the_place(county: Place) -> None:
    user, client = make_user(), Client()
    user.organization = make_organization("دفتری در استان", place=PROVINCE)
    user.save()
    give(user, Role.GOVERNOR_OFFICE, COUNTY)
    client.force_login(user)
    client.cookies["hamafza_language"] = "en"
    page = client.get("/desk/reports/new/")
    form = page.context["form"]
    assert '<html lang="en"' in page.text
    assert form.initial["post"] == "فرماندار پاکدشت"
    assert form.initial["to"].endswith("شهرستان پاکدشت")
    client.post("/desk/reports/new/", {"key": uuid7(), "period": "1405-09", "to": "x", "post": "y"})
    assert Report.from_text(Snapshot.objects.get().text).cover.organisation == "فرمانداری شهرستان پاکدشت"


@pytest.mark.parametrize("period", ["1405-08", "1405-S3", "1405", "1404", "x", "1405-08-01~1405-08-09"])
def test_every_period_has_a_page(county: Place, governor: Client, period: str) -> None:
    assert governor.get("/desk/", {"period": period}).status_code == 200
    assert governor.get("/desk/", {"since": "۱۴۰۵/۰۱/۰۱", "until": "۱۴۰۵/۰۸/۱۵", "period": period}).status_code == 200


@pytest.mark.parametrize("place", [SISTER_COUNTY, FAR_COUNTY, PROVINCE, "9999", "IR"])
def test_desk_of_another_place_is_not_there(county: Place, governor: Client, place: str) -> None:
    assert governor.get("/desk/", {"place": place}).status_code == 404
    assert governor.get("/desk/reports/", {"place": place}).status_code == 404
    assert governor.post("/desk/reports/new/", {"place": place}).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.COUNTY_HEAD, Role.SOCIAL_WORKER, Role.AGENCY_OFFICER, Role.PROVINCE_DIRECTOR, Role.BENEFACTOR]
)
def test_who_has_no_desk_sees_none(county: Place, signed_in: SignedIn, role: Role) -> None:
    snapshot, client = a_snapshot(), signed_in(role)
    of_one = [f"/desk/reports/{snapshot.pk}/{part}" for part in ("", "letter.pdf", "letter.docx")]
    for url in ("/desk/", "/desk/reports/", "/desk/reports/new/", *of_one):
        assert client.get(url).status_code == 404


def test_province_sees_its_counties_and_opens_each(county: Place, governor_general: Client) -> None:
    a_commitment(COUNTY)
    a_commitment(SISTER_COUNTY)
    page = governor_general.get("/desk/").text
    for code, name in ((COUNTY, "پاکدشت"), (SISTER_COUNTY, "ورامین")):
        assert f"/desk/?place={code}&amp;period=" in page
        assert name in page
        assert governor_general.get("/desk/", {"place": code}).status_code == 200
    assert governor_general.get("/desk/", {"place": FAR_COUNTY}).status_code == 404


def test_desk_needs_as_many_queries_for_more_bodies_and_counties(
    county: Place, governor: Client, governor_general: Client, django_assert_max_num_queries: Any
) -> None:
    a_commitment()
    for client in (governor, governor_general):
        client.get("/desk/")
        with django_assert_max_num_queries(24) as one:
            client.get("/desk/")
        a_commitment(COUNTY, word="دیگر")
        a_commitment(SISTER_COUNTY, word="سوم")
        with django_assert_max_num_queries(len(one)):
            client.get("/desk/")


def test_report_is_written_kept_and_taken_out(county: Place, governor: Client) -> None:
    a_commitment()
    form = {"key": uuid7(), "period": "1405-09", "to": "رؤسای محترم", "post": "فرماندار", "remark": "با سپاس"}
    sent = governor.post("/desk/reports/new/", form)
    again = governor.post("/desk/reports/new/", form)
    snapshot = Snapshot.objects.get()
    assert sent["Location"] == again["Location"] == f"/desk/reports/{snapshot.pk}/"
    page = governor.get(sent["Location"])
    assert "با سپاس" in page.text
    assert f"/desk/reports/{snapshot.pk}/" in governor.get("/desk/reports/").text
    pdf = governor.get(f"/desk/reports/{snapshot.pk}/letter.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    word = governor.get(f"/desk/reports/{snapshot.pk}/letter.docx")
    assert zipfile.ZipFile(io.BytesIO(word.content)).testzip() is None
    assert "no-store" in word["Cache-Control"]


def test_page_of_a_report_stays_the_same(county: Place, governor: Client) -> None:
    a_commitment()
    url = f"/desk/reports/{a_snapshot().pk}/"
    before = main_of(governor.get(url).text)
    a_commitment(done=True, word="دیگر")
    a_note("تازه")
    assert main_of(governor.get(url).text) == before


def main_of(page: str) -> str:
    """What the page says, without the shell around it."""
    return page.partition("<main")[2].partition("</main>")[0]


def test_wrong_report_loses_nothing_typed(county: Place, governor: Client) -> None:
    sent = governor.post(
        "/desk/reports/new/",
        {"key": uuid7(), "period": "1405-09", "to": "x", "post": "y", "remark": "تلفن 09121112233"},
    )
    assert (sent.status_code, "09121112233" in sent.text, Snapshot.objects.count()) == (422, True, 0)
    late = governor.post("/desk/reports/new/", {"key": uuid7(), "period": "x", "to": "x", "post": "y"})
    assert late.status_code == 422


def test_report_of_another_county_is_not_there(county: Place, governor: Client) -> None:
    with counties([SISTER_COUNTY]):
        snapshot = a_snapshot(SISTER_COUNTY)
    for part in ("", "letter.pdf", "letter.docx"):
        assert governor.get(f"/desk/reports/{snapshot.pk}/{part}").status_code == 404


def test_list_of_reports_has_as_many_queries_at_three_as_at_one(
    county: Place, governor: Client, django_assert_max_num_queries: Any
) -> None:
    a_snapshot()
    governor.get("/desk/reports/")
    with django_assert_max_num_queries(15) as one:
        governor.get("/desk/reports/")
    a_snapshot()
    a_snapshot()
    with django_assert_max_num_queries(len(one)):
        governor.get("/desk/reports/")
