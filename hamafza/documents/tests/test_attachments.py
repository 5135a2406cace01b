"""Papers of a record: by the owner's rules, by content, sealed, and each download recorded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404, HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.guard import admit
from hamafza.accounts.tests.factories import SignedIn
from hamafza.audit.models import ReadEntry
from hamafza.core import scope
from hamafza.documents import owners
from hamafza.documents.models import Attachment
from hamafza.documents.rules import MOST_BYTES
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY

#: A kind of record of the tests: one known record, in Pakdasht.
RECORD = uuid4()
LIST = f"/files/trial/{RECORD}/"
PDF = b"%PDF-1.7\nhello"


def rule(permission: Permission) -> Callable[[HttpRequest, UUID], owners.Record]:
    def check(request: HttpRequest, source_id: UUID) -> owners.Record:
        actor = admit(request, permission)
        if source_id != RECORD or COUNTY not in actor.counties_with(permission):
            raise Http404
        return owners.Record(county=COUNTY, title="پرونده ۱۲", url="/")

    return check


@pytest.fixture(autouse=True)
def trial(tmp_path: Path, db: None) -> Iterator[None]:
    owners.register(owners.Owner("trial", see=rule(Permission.SEE_CLIENTS), edit=rule(Permission.EDIT_CLIENTS)))
    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path
    yield
    settings.MEDIA_ROOT = before


def office(*names: str, size: int = 10) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("[Content_Types].xml", *names):
            file.writestr(name, bytes(size))
    return packed.getvalue()


def add(client: Client, name: str = "رأی کمیسیون.pdf", data: bytes = PDF, title: str = "") -> int:
    return client.post(f"{LIST}add/", {"file": SimpleUploadedFile(name, data), "title": title}).status_code


def only() -> Attachment:
    with scope.counties([COUNTY]):
        return Attachment.objects.get()


def test_add_and_download_gives_the_same_file_and_records_the_read(worker: Client) -> None:
    assert add(worker) == 302
    response = worker.get(f"{LIST}{only().pk}/")
    assert b"".join(response) == PDF
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/pdf")
    with scope.counties([COUNTY]):
        read = ReadEntry.objects.get()
    assert (read.subject_type, read.county_id, read.actor) == (
        "documents.attachment",
        COUNTY,
        f"user:{worker.user.pk}",
    )


def test_add_keeps_neither_title_nor_content_readable(worker: Client) -> None:
    add(worker, title="رأی کمیسیون پزشکی")
    with scope.counties([COUNTY]), connection.cursor() as cursor:
        cursor.execute("SELECT title FROM documents_attachment")
        sealed = bytes(cursor.fetchone()[0])
    assert "کمیسیون".encode() not in sealed
    assert all(PDF not in path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    assert (only().title, only().size, only().county_id) == ("رأی کمیسیون پزشکی", len(PDF), COUNTY)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0rest"),
        ("a.JPEG", b"\xff\xd8\xff\xe0rest"),
        ("a.png", b"\x89PNG\r\n\x1a\nrest"),
        ("a.docx", office("word/document.xml")),
        ("a.xlsx", office("xl/workbook.xml")),
    ],
)
def test_add_takes_what_an_office_has(worker: Client, name: str, data: bytes) -> None:
    assert add(worker, name, data) == 302


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.exe", b"MZ"),
        ("a.pdf", b"MZ"),
        ("a.pdf", b"<html>%PDF-"),
        ("a.html", PDF),
        ("a.png", b"\xff\xd8\xff\xe0rest"),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.docx", office("xl/workbook.xml")),
        ("a.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin")),
        ("a.xlsx", office("xl/workbook.xml", *(f"x{n}" for n in range(21)), size=10_000_000)),
        ("a.zip", office("x")),
        ("a.pdf", b""),
        ("a.pdf", PDF + bytes(MOST_BYTES)),
    ],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),
)
def test_add_refuses_everything_else_and_keeps_nothing(worker: Client, name: str, data: bytes) -> None:
    assert add(worker, name, data) == 422
    with scope.counties([COUNTY]):
        assert not Attachment.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("role", "county", "see", "change"),
    [
        (Role.SOCIAL_WORKER, COUNTY, 200, 302),
        (Role.PROVINCE_DIRECTOR, COUNTY, 200, 404),
        (Role.SOCIAL_WORKER, SISTER_COUNTY, 404, 404),
        (Role.GOVERNOR_OFFICE, COUNTY, 404, 404),
        (Role.AUDITOR, COUNTY, 404, 404),
        (Role.NATIONAL_ADMIN, COUNTY, 404, 404),
    ],
)
def test_papers_open_by_the_owners_rules(
    signed_in: SignedIn, worker: Client, role: Role, county: str, see: int, change: int
) -> None:
    add(worker)
    client, paper = signed_in(role, county), f"{LIST}{only().pk}/"
    assert [client.get(page).status_code for page in (LIST, paper)] == [see, see]
    assert [add(client), client.post(f"{paper}remove/").status_code] == [change, change]


@pytest.mark.parametrize(
    "page",
    [f"/files/trial/{uuid4()}/", f"/files/nothing/{RECORD}/", f"{LIST}{uuid4()}/"],
    ids=["no record", "no kind", "no paper"],
)
def test_papers_of_no_such_record_are_not_there(worker: Client, page: str) -> None:
    assert worker.get(page).status_code == 404


def test_paper_of_another_record_is_not_there(worker: Client) -> None:
    add(worker)
    other = only()
    with scope.counties([COUNTY]):
        Attachment.objects.filter(pk=other.pk).update(source_id=uuid4())
    assert worker.get(f"{LIST}{other.pk}/").status_code == 404


def test_removed_paper_is_not_there_until_it_is_put_back(worker: Client) -> None:
    add(worker)
    paper = f"{LIST}{only().pk}/"
    worker.post(f"{paper}remove/")
    gone = worker.get(paper).status_code
    again = worker.post(f"{paper}remove/").status_code
    worker.post(f"{paper}restore/")
    assert [gone, again, worker.get(paper).status_code] == [404, 404, 200]


def test_changes_by_get_are_refused(worker: Client) -> None:
    add(worker)
    paper = f"{LIST}{only().pk}/"
    assert [worker.get(f"{paper}{act}/").status_code for act in ("remove", "restore")] == [405, 405]


def test_list_asks_as_often_for_three_papers_as_for_one(worker: Client) -> None:
    counts = []
    for _ in range(2):
        add(worker)
        worker.get(LIST)  # draws the message of the upload away
        with CaptureQueriesContext(connection) as found:
            worker.get(LIST)
        counts.append(len(found))
        add(worker)
    assert counts[0] == counts[1]
