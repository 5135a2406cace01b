"""Messages: to one user, in her language, read by her alone."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from hamafza.accounts.choices import Role
from hamafza.accounts.commands.duties import end_duty, give_duty
from hamafza.accounts.tests.factories import make_actor, make_user
from hamafza.accounts.tests.queries import query_count
from hamafza.notices.commands.notify import mark_all_read, notify
from hamafza.notices.context import bell
from hamafza.notices.models import Notice
from hamafza.notices.queries.notices import CAP, unread_count
from hamafza.notices.texts import TEXTS, icon_of, sentence
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.usefixtures("places")
LIST = reverse("notices:notice-list")
DONE: dict[str, str | int] = {"file": "clients.xlsx", "created": 1200, "matched": 3, "refused": 1}


def test_notify_says_it_in_the_language_and_digits_of_the_reader(worker: Client) -> None:
    notify(worker.user, code="intake.batch.done", params=DONE, url="/imports/")
    with translation.override("en"):
        said = sentence("intake.batch.done", DONE)
    assert said == "The spreadsheet “clients.xlsx” is imported: 1,200 new, 3 known, 1 refused rows."
    assert "۱٬۲۰۰" in worker.get(LIST).content.decode()


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_text_has_an_icon(code: str) -> None:
    assert icon_of(code)


@pytest.mark.parametrize(
    ("code", "params", "url", "error"),
    [
        ("no.such", {}, "", KeyError),
        ("needs.due", {}, "", KeyError),
        ("needs.due", {"count": 1}, "//evil.example", ValueError),
        ("needs.due", {"count": 1}, "javascript:x", ValueError),
    ],
)
def test_notify_nonsense_raises(code: str, params: dict[str, int], url: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        notify(make_user(), code=code, params=params, url=url)
    assert not Notice.objects.exists()


def test_given_and_ended_duty_are_told_to_their_holder() -> None:
    user, by = make_user(), make_actor(Role.NATIONAL_ADMIN)
    duty = give_duty(user, role=Role.SOCIAL_WORKER, place=COUNTY, valid_from=timezone.localdate(), by=by)
    end_duty(duty, by=by)
    said = {(notice.user_id, notice.code) for notice in Notice.objects.all()}
    assert said == {(user.pk, "accounts.duty.given"), (user.pk, "accounts.duty.ended")}


def test_list_shows_only_own_messages(worker: Client, head: Client) -> None:
    notify(worker.user, code="needs.due", params={"count": 5})
    assert len(worker.get(LIST).context["rows"]) == 1
    assert len(head.get(LIST).context["rows"]) == 0


def test_open_marks_read_and_leads_on(worker: Client) -> None:
    notice = notify(worker.user, code="needs.due", params={"count": 5}, url="/needs/due/")
    response = worker.post(reverse("notices:notice-open", args=[notice.pk]))
    notice.refresh_from_db()
    assert response.url == "/needs/due/"
    assert notice.read_at is not None


def test_open_of_somebody_elses_message_is_not_there(worker: Client, head: Client) -> None:
    notice = notify(worker.user, code="needs.due", params={"count": 5})
    assert head.post(reverse("notices:notice-open", args=[notice.pk])).status_code == 404
    assert unread_count(worker.user) == 1


def test_read_all_reads_only_own(worker: Client, head: Client) -> None:
    for client in (worker, worker, head):
        notify(client.user, code="needs.due", params={"count": 5})
    worker.post(reverse("notices:notice-read-all"))
    assert (unread_count(worker.user), unread_count(head.user)) == (0, 1)


def test_actions_by_get_are_refused(worker: Client) -> None:
    notice = notify(worker.user, code="needs.due", params={"count": 5})
    pages = [reverse("notices:notice-open", args=[notice.pk]), reverse("notices:notice-read-all")]
    assert [worker.get(page).status_code for page in pages] == [405, 405]


def test_list_without_sign_in_leads_to_sign_in(client: Client) -> None:
    assert client.get(LIST).status_code == 302


def test_list_goes_on_after_thirty(worker: Client) -> None:
    for number in range(35):
        notify(worker.user, code="needs.due", params={"count": number})
    first = worker.get(LIST)
    second = worker.get(LIST + first.context["more_url"])
    counts = [line.notice.params["count"] for page in (first, second) for line in page.context["rows"]]
    assert counts == list(range(34, -1, -1))
    assert second.context["more_url"] == ""


def test_list_asks_as_often_for_three_messages_as_for_one(worker: Client) -> None:
    notify(worker.user, code="needs.due", params={"count": 1})
    one = query_count(worker, LIST)
    notify(worker.user, code="needs.due", params={"count": 2})
    notify(worker.user, code="needs.due", params={"count": 3})
    assert query_count(worker, LIST) == one


@pytest.mark.parametrize(("made", "unread", "capped"), [(0, 0, False), (2, 2, False), (CAP + 5, CAP, True)])
def test_bell_counts_unread_up_to_a_cap(made: int, unread: int, capped: bool) -> None:
    request = RequestFactory().get("/")
    request.user = make_user()
    Notice.objects.bulk_create(Notice(user=request.user, code="needs.due") for _ in range(made))
    found = bell(request)["bell"]
    assert (found.unread, found.capped, found.url) == (unread, capped, LIST)


def test_mark_all_read_answers_how_many() -> None:
    user = make_user()
    notify(user, code="needs.due", params={"count": 1})
    assert [mark_all_read(user), mark_all_read(user)] == [1, 0]
