"""Steps 3 and 4 of an import: progress, preview, writing, result."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import signed_in_client
from hamafza.core.scope import counties
from hamafza.documents import store
from hamafza.intake.choices import BatchState
from hamafza.intake.commands.advance import advance
from hamafza.intake.models import ImportBatch, ImportRow
from hamafza.intake.tests.factories import (
    make_batch,
)
from hamafza.intake.tests.pages import again, text, url
from hamafza.needs.models import Need
from hamafza.notices.models import Notice
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("division")]


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
