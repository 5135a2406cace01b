"""The pages of an import: each for whom it is meant, each step as a clerk takes it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from python_calamine import CalamineWorkbook

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import give, signed_in_client
from hamafza.core.scope import counties
from hamafza.documents import store
from hamafza.intake import forms
from hamafza.intake.choices import FAULT_NAMES, REASON_HEADING, BatchState, Outcome
from hamafza.intake.commands.advance import advance
from hamafza.intake.commands.clear import clear_old_imports
from hamafza.intake.models import ImportBatch, ImportRow, RememberedMapping
from hamafza.intake.sheets.faults import REFUSALS, WARNINGS
from hamafza.intake.sheets.phrases import Meaning
from hamafza.intake.specimen import Style, population, write_sheet
from hamafza.intake.tests.factories import (
    HEAD,
    HEADER,
    ROWS,
    SPOUSE,
    WRONG_NUMBER,
    csv_file,
    make_batch,
    upload_of,
    xlsx,
)
from hamafza.needs.models import Need
from hamafza.notices.models import Notice
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SISTER_COUNTY, make_places
from hamafza.registry.models import Person

pytestmark = pytest.mark.django_db

NOT_FOUND, NOT_ALLOWED, WRONG = 404, 405, 422
PAGES = ["batch-record", "columns", "row-list", "refused", "refused-sheet", "warnings"]
ACTIONS = ["batch-begin", "batch-drop", "batch-go-on"]
STRANGERS = [Role.PROVINCE_DIRECTOR, Role.GOVERNOR_OFFICE, Role.AUDITOR, Role.NATIONAL_ADMIN]


@pytest.fixture(autouse=True)
def _places() -> None:
    make_places()


@pytest.fixture
def worker() -> Client:
    return signed_in_client(Role.SOCIAL_WORKER)


def url(name: str, batch: ImportBatch) -> str:
    return reverse(f"intake:{name}", args=[batch.pk])


def again(batch: ImportBatch) -> ImportBatch:
    with counties([batch.county_id]):
        return ImportBatch.objects.get(pk=batch.pk)


def only_batch(county: str = COUNTY) -> ImportBatch:
    with counties([county]):
        return ImportBatch.objects.get()


def send(client: Client, content: bytes, name: str = "clients.xlsx", **more: str) -> Any:
    return client.post(reverse("intake:upload"), {"file": upload_of(content, name), **more})


def columns_form(client: Client, batch: ImportBatch, **changed: str) -> dict[str, str]:
    form = client.get(url("columns", batch)).context["form"]
    proposed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "on" if value is True else value for name, value in proposed.items()} | changed


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# Who may


@pytest.mark.parametrize("name", PAGES)
def test_page_of_the_county_opens(worker: Client, name: str) -> None:
    batch = make_batch(BatchState.STAGED)
    assert worker.get(url(name, batch)).status_code == 200


@pytest.mark.parametrize("county", [SISTER_COUNTY, FAR_COUNTY])
@pytest.mark.parametrize("name", PAGES)
def test_page_of_another_county_is_not_found(worker: Client, name: str, county: str) -> None:
    assert worker.get(url(name, make_batch(BatchState.STAGED, county=county))).status_code == NOT_FOUND


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("name", PAGES)
def test_page_for_a_role_that_may_not_import_is_not_found(name: str, role: Role) -> None:
    assert signed_in_client(role).get(url(name, make_batch(BatchState.STAGED))).status_code == NOT_FOUND


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("name", ["batch-list", "upload"])
def test_list_and_upload_for_a_role_that_may_not_import_are_not_found(name: str, role: Role) -> None:
    assert signed_in_client(role).get(reverse(f"intake:{name}")).status_code == NOT_FOUND


@pytest.mark.parametrize("name", ACTIONS)
def test_action_in_another_county_is_not_found_and_does_nothing(worker: Client, name: str) -> None:
    batch = make_batch(BatchState.STAGED, county=SISTER_COUNTY)
    assert worker.post(url(name, batch)).status_code == NOT_FOUND
    assert again(batch).state == BatchState.STAGED


@pytest.mark.parametrize("name", ACTIONS)
def test_action_by_get_is_not_allowed(worker: Client, name: str) -> None:
    assert worker.get(url(name, make_batch(BatchState.STAGED))).status_code == NOT_ALLOWED


def test_anonymous_is_sent_to_sign_in() -> None:
    assert reverse("accounts:sign-in") in Client().get(reverse("intake:batch-list")).url


# The list


def test_list_shows_the_imports_of_the_county_alone(worker: Client) -> None:
    ours = make_batch(BatchState.DONE, name="ours.xlsx")
    make_batch(BatchState.DONE, county=SISTER_COUNTY, name="theirs.xlsx")
    rows = worker.get(reverse("intake:batch-list")).context["rows"]
    assert [(row.file_name, row.rows, row.created, row.refused) for row in rows] == [("ours.xlsx", 5, 2, 3)]
    assert rows[0].url == url("batch-record", ours)


def test_empty_list_gives_the_first_step(worker: Client) -> None:
    assert f'class="btn btn-primary" href="{reverse("intake:upload")}"' in text(
        worker.get(reverse("intake:batch-list"))
    )


def test_list_of_a_county_not_held_is_not_found(worker: Client) -> None:
    assert worker.get(reverse("intake:batch-list"), {"county": SISTER_COUNTY}).status_code == NOT_FOUND


def test_list_goes_on_where_the_page_ends(worker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamafza.intake.queries.batches.PAGE", 2)
    names = [
        make_batch(name=f"{number}.csv", content=csv_file([[*HEAD[:2], str(number)]])).file_name for number in range(3)
    ]
    first = worker.get(reverse("intake:batch-list"))
    second = worker.get(reverse("intake:batch-list") + first.context["more_url"])
    assert [row.file_name for row in [*first.context["rows"], *second.context["rows"]]] == names[::-1]
    assert second.context["more_url"] == ""


def test_list_asks_the_database_as_often_for_three_imports_as_for_one(worker: Client) -> None:
    counts = []
    for number in (1, 2, 3):
        make_batch(user=worker.user, content=csv_file([[*HEAD[:2], str(number)]]))
        with CaptureQueriesContext(connection) as queries:
            worker.get(reverse("intake:batch-list"))
        counts.append(len(queries))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("name", ["refused", "warnings", "row-list"])
def test_rows_ask_the_database_as_often_for_three_rows_as_for_one(worker: Client, name: str) -> None:
    def queries(count: int) -> int:
        wrong = [[str(number), "", "", "", "ب", "", "", "", ""] for number in range(count)]
        taken = [
            [f"9{count}{number}", "", "علی", f"نام{number}", "", "", "سرپرست", "12", ""] for number in range(count)
        ]
        batch = make_batch(BatchState.DONE, rows=[*wrong, *taken])
        with CaptureQueriesContext(connection) as captured:
            response = worker.get(url(name, batch))
        assert len(response.context["rows"]) == count
        return len(captured)

    assert queries(1) == queries(3)


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


# Steps 3 and 4


def test_progress_tells_how_far_and_asks_again(worker: Client) -> None:
    batch = make_batch(BatchState.MAPPED)
    page = worker.get(url("batch-record", batch))
    assert page.context["progress"].total == 5
    assert 'hx-trigger="every 1s"' in text(page)


def test_progress_reckons_the_time_left(worker: Client) -> None:
    batch, now = make_batch(BatchState.STAGED), timezone.now()
    with counties([COUNTY]):
        ImportBatch.objects.update(
            state=BatchState.APPLYING,
            row_count=100,
            done_count=25,
            entered_at=now - timedelta(seconds=10),
            moved_at=now,
        )
    progress = worker.get(url("batch-record", batch)).context["progress"]
    assert (progress.done, progress.total, round(progress.seconds_left), progress.note) == (25, 100, 30, "")


def test_progress_that_stands_still_says_so(worker: Client) -> None:
    batch = make_batch(BatchState.MAPPED)
    with counties([COUNTY]):
        ImportBatch.objects.update(moved_at=timezone.now() - timedelta(seconds=25))
    assert worker.get(url("batch-record", batch)).context["progress"].note


def test_progress_that_has_ended_makes_the_browser_load_the_page_anew(worker: Client) -> None:
    response = worker.get(url("batch-record", make_batch(BatchState.STAGED)), headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"


def test_preview_counts_without_writing(worker: Client) -> None:
    page = worker.get(url("batch-record", make_batch(BatchState.STAGED)))
    counts, faults = page.context["counts"], page.context["faults"]
    assert (counts.created, counts.matched, counts.refused, faults.warned_rows, page.context["taken"]) == (
        2,
        0,
        3,
        1,
        2,
    )
    assert dict(faults.refused) == {"bad_check_digit": 1, "bad_date": 1, "no_name": 1}
    with counties([COUNTY]):
        assert not Person.objects.exists()


def test_begin_lets_the_worker_write_and_result_says_what_is_next(
    worker: Client, django_capture_on_commit_callbacks: Any
) -> None:
    batch = make_batch(BatchState.STAGED)
    with django_capture_on_commit_callbacks(execute=True):
        worker.post(url("batch-begin", batch))
    assert (again(batch).state, DBTaskResult.objects.count()) == (BatchState.APPLYING, 1)
    advance(batch.pk, county=COUNTY)
    page = worker.get(url("batch-record", batch))
    assert (page.context["counts"].created, page.context["who"]) == (2, str(worker.user))
    assert url("refused", batch) in text(page)
    assert reverse("needs:need-list") in text(page)
    with counties([COUNTY]):
        assert (Person.objects.count(), Need.objects.count()) == (2, 3)


def test_begin_twice_writes_once(worker: Client) -> None:
    batch = make_batch(BatchState.STAGED)
    worker.post(url("batch-begin", batch))
    assert worker.post(url("batch-begin", batch), follow=True).context["messages"]


def test_done_import_tells_its_sender(worker: Client) -> None:
    batch = make_batch(BatchState.DONE, user=worker.user)
    notice = Notice.objects.get()
    assert (notice.user, notice.code, notice.url) == (worker.user, "intake.batch.done", url("batch-record", batch))
    assert notice.params == {"file": "clients.xlsx", "created": 2, "matched": 0, "refused": 3}


def test_drop_forgets_rows_and_file(worker: Client) -> None:
    batch = make_batch(BatchState.STAGED)
    assert worker.post(url("batch-drop", batch)).url == reverse("intake:batch-list")
    with counties([COUNTY]):
        assert (again(batch).state, again(batch).file_key, ImportRow.objects.count()) == (BatchState.DROPPED, "", 0)
    assert worker.get(url("batch-record", batch)).context["dropped"] is True


@pytest.mark.parametrize("state", [BatchState.MAPPED, BatchState.DONE])
def test_drop_of_what_is_in_hand_or_written_is_refused(worker: Client, state: BatchState) -> None:
    batch = make_batch(state)
    worker.post(url("batch-drop", batch))
    assert again(batch).state == state


def test_import_of_a_file_that_is_gone_fails_with_a_sentence(worker: Client) -> None:
    batch = make_batch(BatchState.MAPPED, user=worker.user)
    store.remove(batch.file_key)
    with pytest.raises(FileNotFoundError):
        advance(batch.pk, county=COUNTY)
    page = worker.get(url("batch-record", batch))
    assert again(batch).failure in text(page)
    assert page.context["may_go_on"] is True
    assert Notice.objects.get().code == "intake.batch.failed"


def test_import_whose_sender_may_no_longer_stops_and_a_colleague_goes_on(worker: Client) -> None:
    batch = make_batch(BatchState.STAGED, user=worker.user)
    worker.post(url("batch-begin", batch))
    worker.user.duties.update(ended_at=timezone.now())
    advance(batch.pk, county=COUNTY)
    colleague = signed_in_client(Role.SOCIAL_WORKER)
    assert (again(batch).state, colleague.get(url("batch-record", batch)).context["writing"]) == (
        BatchState.APPLYING,
        True,
    )
    colleague.post(url("batch-go-on", batch))
    advance(batch.pk, county=COUNTY)
    assert (again(batch).state, again(batch).created_by) == (BatchState.DONE, colleague.user)


def test_uploaded_import_leads_to_its_columns(worker: Client) -> None:
    batch = make_batch()
    assert worker.get(url("batch-record", batch)).url == url("columns", batch)


# Rows


def test_refused_shows_row_column_value_and_reason(worker: Client) -> None:
    rows = worker.get(url("refused", make_batch(BatchState.STAGED))).context["rows"]
    assert [(fault.row, fault.column, fault.code, fault.value) for fault in rows] == [
        (4, "کد ملی", "bad_check_digit", "0099603082"),
        (5, "تاریخ تولد", "bad_date", "1350/13/40"),
        (6, "نام", "no_name", ""),
    ]


def test_refused_of_one_kind(worker: Client) -> None:
    page = worker.get(url("refused", make_batch(BatchState.STAGED)), {"code": "bad_date"})
    assert [fault.row for fault in page.context["rows"]] == [5]
    assert page.context["count"] == 1


def test_refused_goes_on_where_the_page_ends(worker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamafza.intake.queries.staged.PAGE", 2)
    batch = make_batch(BatchState.STAGED)
    first = worker.get(url("refused", batch))
    second = worker.get(url("refused", batch) + first.context["more_url"])
    assert [fault.row for fault in [*first.context["rows"], *second.context["rows"]]] == [4, 5, 6]
    assert second.context["more_url"] == ""


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "۵", ""])
def test_refused_after_no_number_begins_at_the_first_row(worker: Client, after: str) -> None:
    assert len(worker.get(url("refused", make_batch(BatchState.STAGED)), {"after": after}).context["rows"]) == 3


def test_warnings_shows_what_was_left_out(worker: Client) -> None:
    rows = worker.get(url("warnings", make_batch(BatchState.STAGED))).context["rows"]
    assert [(fault.row, fault.column, fault.code, fault.value) for fault in rows] == [
        (3, "تلفن همراه", "bad_mobile", "123")
    ]


@pytest.mark.parametrize(
    ("outcome", "names"),
    [
        ("created", ["مصطفی صادقی", "پروین سلیمانی"]),
        ("matched", ["مصطفی صادقی"]),
        ("changed", []),
        ("refused", ["مصطفی صادقی", "پروین سلیمانی"]),
    ],
)
def test_row_list_shows_the_rows_of_an_outcome(worker: Client, outcome: str, names: list[str]) -> None:
    page = worker.get(url("row-list", make_batch(BatchState.DONE, rows=[HEAD, SPOUSE, HEAD])), {"outcome": outcome})
    assert [row.name for row in page.context["rows"]] == names


def test_row_list_of_a_done_import_leads_to_the_persons(worker: Client) -> None:
    page = worker.get(url("row-list", make_batch(BatchState.DONE)))
    with counties([COUNTY]):
        persons = {person.origin_row: person.pk for person in Person.objects.all()}
    assert {row.row: row.person for row in page.context["rows"]} == persons


def test_each_fault_has_a_name() -> None:
    assert set(FAULT_NAMES) == set(REFUSALS) | set(WARNINGS)


@pytest.mark.parametrize("name", ["row-list", "refused", "warnings"])
def test_rows_that_were_removed_are_said_to_be(worker: Client, name: str) -> None:
    batch = make_batch(BatchState.DONE)
    clear_old_imports(before=timezone.now() + timedelta(seconds=1))
    response = worker.get(url(name, batch))
    assert "intake/cleared.html" in [template.name for template in response.templates]


def test_result_stays_when_the_rows_were_removed(worker: Client) -> None:
    batch = make_batch(BatchState.DONE)
    clear_old_imports(before=timezone.now() + timedelta(seconds=1))
    page = worker.get(url("batch-record", batch))
    assert (page.context["counts"].created, page.context["kept"]) == (2, False)
    assert worker.get(url("refused-sheet", batch)).url == url("refused", batch)


# The refused rows as a spreadsheet


def cells_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_refused_sheet_holds_just_the_refused_rows_as_written(worker: Client) -> None:
    header, *rows = cells_of(worker.get(url("refused-sheet", make_batch(BatchState.STAGED))).content)
    assert header == [*HEADER, REASON_HEADING]
    assert [row[:-1] for row in rows] == ROWS[2:]
    assert "0099603082" in str(rows[0][-1])


def test_refused_sheet_corrected_and_sent_again_creates_all_once(worker: Client) -> None:
    done = make_batch(BatchState.DONE)
    header, number, date, name = cells_of(worker.get(url("refused-sheet", done)).content)
    number[1], date[5], name[2] = "", "1350/12/29", "حمید"
    again_sent = make_batch(BatchState.DONE, content=xlsx([number, date, name], header=[str(one) for one in header]))
    assert again_sent.result == {"rows": 3, "created": 3, "matched": 0, "changed": 0, "refused": 0}
    with counties([COUNTY]):
        assert Person.objects.count() == 5
        assert set(Person.objects.values_list("household__file_number", flat=True)) == {"0012", "0013", "0014", "0015"}


@pytest.mark.parametrize(
    "style",
    [
        Style(dates="serial", numeric_ids=True),
        Style(headings="en", unit="toman", dates="gregorian"),
        Style(kind="csv", names="one", dates="short"),
    ],
    ids=["numbers", "English, toman", "one name column"],
)
def test_refused_sheet_of_any_style_corrected_is_taken_whole(worker: Client, tmp_path: Path, style: Style) -> None:
    path = tmp_path / f"sheet.{style.kind}"
    key = write_sheet(path, population(30, seed=11, faults=2), style)
    done = make_batch(BatchState.DONE, content=path.read_bytes())
    content = worker.get(url("refused-sheet", done)).content
    header, *rows = cells_of(content)
    meanings = {use[2]: use[0] for use in done.mapping or [] if use[2]}
    corrected = [[*row] for row in rows]
    name = meanings.get("first_name", meanings.get("full_name", 0))
    for number, row in enumerate(corrected):
        row[meanings["identity_number"]], row[meanings["born_on"]], row[name] = "", "1360/01/01", f"نام {number}"
    back = make_batch(BatchState.DONE, content=xlsx(corrected, header=header))
    assert (len(rows), back.row_count) == (key["refused_total"], key["refused_total"])
    assert back.result is not None
    assert (back.result["created"], back.result["refused"]) == (key["refused_total"], 0)


def test_refused_sheet_sent_back_as_it_is_gets_no_second_column_of_reasons(worker: Client) -> None:
    content = worker.get(url("refused-sheet", make_batch(BatchState.STAGED))).content
    back = make_batch(BatchState.STAGED, content=content)
    assert [use[2] for use in back.mapping][-1] == ""
    header, *rows = cells_of(worker.get(url("refused-sheet", back)).content)
    assert header == [*HEADER, REASON_HEADING]
    assert len(rows) == 3


def test_refused_sheet_keeps_what_the_office_said_of_its_columns(worker: Client) -> None:
    batch = make_batch()
    worker.post(url("columns", batch), columns_form(worker, batch, **{"meaning-4": ""}))
    advance(batch.pk, county=COUNTY)
    content = worker.get(url("refused-sheet", batch)).content
    send(worker, content, "refused.xlsx")
    with counties([COUNTY]):
        sent = ImportBatch.objects.latest("pk")
    form = worker.get(url("columns", sent)).context["form"]
    assert form.fields["meaning-4"].initial == ""


def test_refused_sheet_holds_no_formula(worker: Client) -> None:
    wrong = [*WRONG_NUMBER[:4], '=HYPERLINK("http","x")', *WRONG_NUMBER[5:]]
    content = worker.get(
        url("refused-sheet", make_batch(BatchState.STAGED, content=csv_file([wrong]).replace(b'""', b"")))
    ).content
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"rightToLeft" in sheet
