"""Reports that are kept: once, for ever, and with nobody's name."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from hamafza.accounts.choices import Role
from hamafza.accounts.models import Organization
from hamafza.commitments.choices import Confidentiality
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.guards import faulty_guards
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.councils.choices import NoteKind, Visibility
from hamafza.councils.models import CouncilNote
from hamafza.desk.commands.snapshots import take_snapshot
from hamafza.desk.exports.letter import letter_of
from hamafza.desk.guards import DESK, Refused
from hamafza.desk.models import Snapshot, sha256
from hamafza.desk.periods import Period, between, period_at
from hamafza.desk.queries.figures import figures_of
from hamafza.desk.queries.snapshots import Report, tampered_with
from hamafza.desk.tests.factories import a_commitment, a_cover, a_note, a_snapshot, an_officer
from hamafza.documents.pdf import make_pdf
from hamafza.documents.word import make_word
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, PROVINCE, SISTER_COUNTY
from hamafza.registry.tests.factories import a_household, a_person


def month() -> Period:
    return period_at("month", clock.today())


def take(place: Place, **changes: Any) -> Snapshot:
    said: dict[str, Any] = {
        "period": month(), "cover": a_cover(), "by": an_officer(Role.GOVERNOR_OFFICE), "key": uuid7(), **changes,
    }  # fmt: skip
    return take_snapshot(place, [place.code], **said)


def refused(**changes: Any) -> str:
    with pytest.raises(Refusal) as said:
        take(**changes)
    return said.value.code


def word_text(content: bytes) -> str:
    """All texts of a Word file, as one."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in sorted(parts.namelist()) if name.endswith(".xml"))


def test_snapshot_is_taken_once_for_a_form(county: Place) -> None:
    officer, key = an_officer(Role.GOVERNOR_OFFICE), uuid7()
    first = take(county, by=officer, key=key)
    assert take(county, by=officer, key=key).pk == first.pk
    assert refused(place=county, by=officer, key=key, cover=a_cover(to="دیگری")) == "other_request"
    assert [one.number for one in (first, take(county, by=officer))] == [1, 2]


def test_snapshot_says_what_it_was_whatever_changes(county: Place) -> None:
    held = a_commitment()
    a_note("همکاری خوب هلال احمر")
    snapshot = a_snapshot(remark="با سپاس از همه", signer="علی نوری")
    paper = letter_of(Report.from_text(snapshot.text))
    pdf, word = make_pdf("documents/paper", paper.as_data()), make_word(paper)
    a_commitment(done=True)
    a_note("مانعی تازه", kind=NoteKind.OBSTACLE)
    Organization.objects.filter(pk=held.owner_id).update(name_fa="اداره‌ای با نام نو")
    Place.objects.filter(pk=county.pk).update(name_fa="نام نو")
    again = letter_of(Report.from_text(Snapshot.objects.get(pk=snapshot.pk).text))
    assert again == paper
    with translation.override("en"):
        assert letter_of(Report.from_text(snapshot.text)) == paper
    assert make_pdf("documents/paper", again.as_data()) == pdf
    assert word_text(make_word(again)) == word_text(word)
    assert figures_of(county, [COUNTY], month(), today=clock.today()) != Report.from_text(snapshot.text).figures


def test_snapshot_is_sound_until_somebody_changes_it(county: Place) -> None:
    snapshot = a_snapshot()
    assert snapshot.hash == sha256(snapshot.text)
    assert list(tampered_with()) == []
    snapshot.text = snapshot.text.replace("پاکدشت", "تهران")
    assert not snapshot.is_sound


@pytest.mark.parametrize("change", ["text = '{}'", "hash = 'x'", "number = 9"])
def test_snapshot_is_not_rewritten_past_the_commands(county: Place, change: str) -> None:
    a_snapshot()
    for sql in (f"UPDATE desk_snapshot SET {change}", "DELETE FROM desk_snapshot"):
        with pytest.raises(DatabaseError, match=Refused.KEPT), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_guards_stand(places: None) -> None:
    assert faulty_guards(connection, DESK) == []


def test_period_that_has_not_begun_refused(county: Place) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    assert refused(place=county, period=between(tomorrow, tomorrow)) == "ahead"


@pytest.mark.parametrize("remark", ["شماره ۰۹۱۲۳۴۵۶۷۸۹", "کد ملی 0499370899", "نشانی: خیابان امام"])
def test_remark_that_tells_of_a_client_refused(county: Place, remark: str) -> None:
    assert refused(place=county, cover=a_cover(remark=remark)) == "identity"
    assert Snapshot.objects.count() == 0


def test_remark_does_not_tell_who_is_on_file(county: Place) -> None:
    a_person(household=a_household(county=county), first_name="زهرا", last_name="کاظمی‌نژاد")
    for name in ("زهرا کاظمی‌نژاد", "کسی که نیست"):
        assert a_snapshot(remark=f"به {name} رسیدگی شود").pk


@pytest.mark.parametrize("role", [Role.COUNTY_HEAD, Role.SOCIAL_WORKER, Role.AGENCY_OFFICER, Role.PROVINCE_DIRECTOR])
def test_who_keeps_no_desk_takes_no_snapshot(county: Place, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        take(county, by=an_officer(role))


def test_closed_matters_and_words_about_clients_are_in_no_report(county: Place) -> None:
    person = a_person(household=a_household(county=county), first_name="سکینه", last_name="موسوی")
    a_commitment(title="تعهد رازآلود", confidentiality=Confidentiality.CLOSED, word="رازآلود")
    a_commitment(title="شغل برای خانم سکینه موسوی", due_on=clock.today())
    a_note("سکینه موسوی راضی است")
    a_note("تماس با ۰۹۱۲۱۱۱۲۲۳۳ خوب بود")
    a_note("رازی از شورای بسته", visibility=Visibility.CLOSED)
    closed = a_note("رازی از دستوری بسته")
    CouncilNote.objects.filter(pk=closed.pk).update(visibility=Visibility.CLOSED)
    a_note("همکاری خوب دستگاه‌ها")
    snapshot = a_snapshot()
    figures = Report.from_text(snapshot.text).figures
    assert (figures.total.promised, figures.left_out) == (1, 2)
    assert {one.text for one in figures.said} == {"همکاری خوب دستگاه‌ها", "اعتبار نرسیده"}
    paper = letter_of(Report.from_text(snapshot.text))
    for text in (snapshot.text, json.dumps(paper.as_data(), ensure_ascii=False), word_text(make_word(paper))):
        assert "همکاری خوب" in text
        found = [
            secret for secret in ("رازآلود", "موسوی", person.identity_number, "۰۹۱۲۱۱۱", "شورای بسته") if secret in text
        ]
        assert found == []


def test_province_has_its_counties_side_by_side_with_as_many_queries(
    places: dict[str, Place], django_assert_num_queries: Any
) -> None:
    a_commitment(COUNTY)
    a_commitment(COUNTY, done=True)
    a_commitment(SISTER_COUNTY)
    every = [PROVINCE, COUNTY, SISTER_COUNTY]
    with counties(every):
        figures = figures_of(places[PROVINCE], every, month(), today=clock.today())
        with django_assert_num_queries(9):
            figures_of(places[PROVINCE], every, month(), today=clock.today())
    assert [(one.code, one.promised, one.done) for one in figures.counties] == [
        (COUNTY, 2, 1), (SISTER_COUNTY, 1, 0), (PROVINCE, 0, 0),
    ]  # fmt: skip
    assert figures.total.promised == 3
