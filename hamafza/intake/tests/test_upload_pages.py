"""Steps 1 and 2 of an import: the file, and what its columns mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import give
from hamafza.core.scope import counties
from hamafza.documents import store
from hamafza.intake import forms
from hamafza.intake.choices import BatchState, Outcome
from hamafza.intake.commands.advance import advance
from hamafza.intake.models import ImportBatch, ImportRow, RememberedMapping
from hamafza.intake.sheets.phrases import Meaning
from hamafza.intake.tests.factories import (
    HEAD,
    HEADER,
    ROWS,
    SPOUSE,
    csv_file,
    make_batch,
    xlsx,
)
from hamafza.intake.tests.pages import WRONG, again, columns_form, only_batch, send, text, url
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SISTER_COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("division")]


# Step 1


def test_upload_of_a_list_leads_to_its_columns(worker: Client) -> None:
    response = send(worker, xlsx(ROWS), "مددجویان.xlsx")
    batch = only_batch()
    assert response.url == url("columns", batch)
    assert (batch.file_name, batch.created_by, batch.state) == ("مددجویان.xlsx", worker.user, BatchState.UPLOADED)


def test_upload_keeps_the_file_sealed_only(worker: Client, settings: Any) -> None:
    content = csv_file(ROWS)
    send(worker, content, "clients.csv")
    files = [
        path
        for path in Path(settings.HAMAFZA_HOME).rglob("*")
        if path.is_file() and path.suffix not in {".sqlite3", ".db"}
    ]
    assert not [path for path in files if "صادقی".encode() in path.read_bytes()]
    assert b"".join(store.read_sealed(only_batch().file_key)) == content


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.xlsx"),
        (b"%PDF-1.4 letter", "letter.pdf"),
        (b"one,two\n1,2\n", "numbers.csv"),
        (b"PK\x03\x04broken", "broken.xlsx"),
    ],
)
def test_upload_of_no_client_list_says_why_beside_the_field(worker: Client, content: bytes, name: str) -> None:
    response = send(worker, content, name)
    assert response.status_code == WRONG
    assert len(response.context["form"].errors["file"]) == 1
    with counties([COUNTY]):
        assert ImportBatch.objects.count() == 0


def test_upload_without_a_file_says_so(worker: Client) -> None:
    response = worker.post(reverse("intake:upload"), {})
    assert (response.status_code, list(response.context["form"].errors)) == (WRONG, ["file"])


def test_upload_beyond_the_limit_is_refused_with_the_limit(
    worker: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    monkeypatch.setattr("hamafza.intake.views.upload.MOST_BYTES", 1000)
    response = send(worker, xlsx(ROWS))
    assert response.status_code == WRONG
    assert response.context["form"].errors["file"] == [str(forms._too_large())]


def test_upload_of_an_unfinished_file_goes_on_where_it_was(worker: Client) -> None:
    batch = make_batch(BatchState.STAGED)
    with store.open_sealed(batch.file_key) as file:
        content = file.read()
    assert send(worker, content).url == url("batch-record", batch)
    assert only_batch().pk == batch.pk


def test_upload_of_a_finished_file_says_when_it_was_imported(worker: Client) -> None:
    done = make_batch(BatchState.DONE)
    with store.open_sealed(done.file_key) as file:
        content = file.read()
    page = worker.get(send(worker, content).url)
    assert page.context["before"].pk == done.pk
    assert url("batch-record", done) in text(page)


def test_upload_asks_for_the_county_when_there_are_several(worker: Client) -> None:
    give(worker.user, Role.SOCIAL_WORKER, SISTER_COUNTY)
    assert list(worker.get(reverse("intake:upload")).context["form"].fields) == ["file", "county"]
    send(worker, xlsx(ROWS), county=SISTER_COUNTY)
    assert only_batch(SISTER_COUNTY).county_id == SISTER_COUNTY


def test_upload_for_a_county_not_held_is_refused(worker: Client) -> None:
    give(worker.user, Role.SOCIAL_WORKER, SISTER_COUNTY)
    assert send(worker, xlsx(ROWS), county=FAR_COUNTY).status_code == WRONG


# Step 2


def test_columns_shows_each_heading_with_its_first_values(worker: Client) -> None:
    understood = worker.get(url("columns", make_batch())).context["understood"]
    assert [(column.heading, column.meaning.initial) for column in understood][:3] == [
        ("شماره پرونده", "file_number"),
        ("کد ملی", "identity_number"),
        ("نام", "first_name"),
    ]
    assert understood[0].samples == ["0012", "0013", "0014"]


def test_columns_puts_guesses_on_top(worker: Client) -> None:
    header = [*HEADER[:7], "ستون نو", "نیازها", "رنگ چشم"]
    rows = [[*HEAD[:7], f"0912123456{number}", "شغل", "سبز"] for number in range(5)]
    page = worker.get(url("columns", make_batch(content=xlsx(rows, header=header))))
    guesses = [(column.heading, column.meaning.initial) for column in page.context["unsure"]]
    assert guesses == [("ستون نو", "mobile"), ("رنگ چشم", "")]


def test_columns_as_proposed_starts_reading(worker: Client, django_capture_on_commit_callbacks: Any) -> None:
    batch = make_batch()
    with django_capture_on_commit_callbacks(execute=True):
        response = worker.post(url("columns", batch), columns_form(worker, batch))
    assert response.url == url("batch-record", batch)
    assert (again(batch).state, again(batch).expected_rows) == (BatchState.MAPPED, 5)
    assert list(DBTaskResult.objects.values_list("args_kwargs__args", flat=True)) == [[str(batch.pk), COUNTY]]


def test_columns_corrected_are_remembered_for_the_office(worker: Client) -> None:
    batch = make_batch()
    worker.post(url("columns", batch), columns_form(worker, batch, **{"meaning-4": ""}))
    other = make_batch(rows=[SPOUSE])
    form = worker.get(url("columns", other)).context["form"]
    assert form.fields["meaning-4"].initial == ""
    with counties([COUNTY]):
        assert RememberedMapping.objects.get().saved_by == worker.user


def test_columns_without_the_tick_are_not_remembered(worker: Client) -> None:
    batch = make_batch()
    given = columns_form(worker, batch)
    del given["remember"]
    worker.post(url("columns", batch), given)
    with counties([COUNTY]):
        assert not RememberedMapping.objects.exists()


def test_columns_with_one_meaning_twice_says_so_and_keeps_the_choice(worker: Client) -> None:
    batch = make_batch()
    response = worker.post(url("columns", batch), columns_form(worker, batch, **{"meaning-4": "first_name"}))
    assert response.status_code == WRONG
    assert "«نام پدر»" in text(response)
    assert response.context["form"]["meaning-4"].value() == "first_name"
    assert again(batch).state == BatchState.UPLOADED


def test_columns_unit_of_income_is_kept(worker: Client) -> None:
    batch = make_batch(content=xlsx([[*HEAD, 500]], header=[*HEADER, "درآمد ماهانه"]))
    worker.post(url("columns", batch), columns_form(worker, batch, **{"unit-9": "toman"}))
    assert (again(batch).mapping or [])[9][2:4] == [Meaning.INCOME, "toman"]


def test_columns_changed_after_the_preview_reads_the_rows_anew(worker: Client) -> None:
    batch = make_batch(BatchState.STAGED)
    worker.post(url("columns", batch), columns_form(worker, batch, **{"meaning-5": ""}))
    with counties([COUNTY]):
        assert ImportRow.objects.count() == 0
    advance(batch.pk, county=COUNTY)
    with counties([COUNTY]):
        assert ImportRow.objects.filter(outcome=Outcome.REFUSED).count() == 2


def test_columns_of_a_done_import_leads_to_its_result(worker: Client) -> None:
    batch = make_batch(BatchState.DONE)
    assert worker.get(url("columns", batch)).url == url("batch-record", batch)
    assert worker.post(url("columns", batch), {}).url == url("batch-record", batch)


def test_meanings_offered_are_all_there_are() -> None:
    assert {member for _group, members in forms.GROUPED for member in members} == set(Meaning)
