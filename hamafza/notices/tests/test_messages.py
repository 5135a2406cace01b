"""The outbox: written with what it tells of, sent once, kept where no sender is set up."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from hamafza.core.scope import counties
from hamafza.notices.choices import MessageChannel, MessageState
from hamafza.notices.commands.deliver import LEFT_ALONE, PAUSES, deliver, deliver_waiting
from hamafza.notices.commands.message import Recipient, send_message
from hamafza.notices.models import Message
from hamafza.notices.queries.messages import counties_with_mail, in_words
from hamafza.notices.tests.sms_service import sms_service
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY

CODE = "giving.sign_in.given"
PARAMS: dict[str, str | int] = {"county": "پاکدشت", "username": "khayyer"}
MOBILE = "09121234567"

pytestmark = pytest.mark.django_db


def a_message(to: Recipient | None = None) -> Message:
    message = send_message(to or Recipient(mobile=MOBILE), CODE, PARAMS, county=COUNTY)
    assert message is not None
    return message


def state_of(message: Message) -> str:
    return Message.objects.get(pk=message.pk).state


def test_message_offline_is_kept_for_the_office_to_see(county: Place) -> None:
    message = a_message()
    assert deliver(message.pk, county=county.pk) == MessageState.KEPT
    assert "khayyer" in in_words(message)


def test_message_takes_the_mobile_before_the_address(county: Place) -> None:
    both = a_message(Recipient(mobile="+98 912 123 4567", email="a@example.ir"))
    by_mail = a_message(Recipient(email="a@example.ir"))
    assert (both.channel, both.address) == (MessageChannel.SMS, MOBILE)
    assert (by_mail.channel, by_mail.address) == (MessageChannel.EMAIL, "a@example.ir")


def test_message_to_nowhere_is_none(county: Place) -> None:
    assert send_message(Recipient(mobile="12"), CODE, PARAMS) is None
    assert not Message.objects.exists()


def test_message_lies_sealed_in_the_database(county: Place) -> None:
    a_message()
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, params FROM notices_message")
        address, params = (bytes(value) for value in cursor.fetchone())
    assert MOBILE.encode() not in address
    assert b"khayyer" not in params


def test_message_of_an_unknown_text_or_parameter_is_a_fault(county: Place) -> None:
    with pytest.raises(KeyError):
        send_message(Recipient(mobile=MOBILE), "no.such.text", {})
    with pytest.raises(KeyError):
        send_message(Recipient(mobile=MOBILE), CODE, {})


def test_message_without_a_county_where_two_are_open_is_a_fault(county: Place) -> None:
    with counties([COUNTY, FAR_COUNTY]), pytest.raises(ValueError, match="county"):
        send_message(Recipient(mobile=MOBILE), CODE, PARAMS)


def test_message_is_given_to_the_worker_when_its_transaction_stands(
    county: Place, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = a_message()
    [waiting] = DBTaskResult.objects.filter(task_path__endswith="send_one")
    assert waiting.args_kwargs["args"] == [str(message.pk), COUNTY]


def test_message_of_a_transaction_that_fails_is_never_written(county: Place) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        a_message()
        raise RuntimeError
    assert not Message.objects.exists()


def test_sms_goes_to_the_service_once_with_its_token(county: Place, settings: Any) -> None:
    message = a_message()
    with sms_service() as service:
        settings.HAMAFZA_SMS_URL, settings.HAMAFZA_SMS_TOKEN = service.url, "geheim"
        states = [deliver(message.pk, county=COUNTY), deliver(message.pk, county=COUNTY)]
    assert states == [MessageState.SENT, MessageState.SENT]
    assert service.came == [
        {"to": MOBILE, "text": in_words(message), "key": str(message.pk), "token": "Bearer geheim"},
    ]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (503, MessageState.WAITING),
        (429, MessageState.WAITING),
        (400, MessageState.FAILED),
        (302, MessageState.FAILED),
        (500, MessageState.UNSURE),
        (0, MessageState.UNSURE),
    ],
)
def test_sms_that_the_service_does_not_take_is_marked_by_its_answer(
    county: Place, settings: Any, status: int, state: str
) -> None:
    message = a_message()
    with sms_service(status) as service:
        settings.HAMAFZA_SMS_URL = service.url
        deliver(message.pk, county=COUNTY)
    assert state_of(message) == state
    assert len(service.came) == 1
    assert MOBILE not in Message.objects.get().error


def test_sms_to_a_closed_port_waits_and_is_given_up_after_the_last_pause(county: Place, settings: Any) -> None:
    settings.HAMAFZA_SMS_URL = "http://127.0.0.1:9/send"
    message = a_message()
    states = []
    for _try in range(len(PAUSES) + 1):
        Message.objects.update(try_after=timezone.now())
        states.append(deliver(message.pk, county=COUNTY))
    assert states == [*[MessageState.WAITING] * len(PAUSES), MessageState.FAILED]
    assert DBTaskResult.objects.filter(task_path__endswith="send_one", run_after__gt=timezone.now()).count() == 3


def test_sms_before_its_pause_is_over_is_left(county: Place) -> None:
    message = a_message()
    Message.objects.update(try_after=timezone.now() + timedelta(minutes=1))
    assert deliver(message.pk, county=COUNTY) == MessageState.WAITING


def test_email_goes_out_by_django(county: Place, settings: Any) -> None:
    settings.HAMAFZA_MAIL_FROM = "office@example.ir"
    message = a_message(Recipient(email="a@example.ir"))
    assert deliver(message.pk, county=COUNTY) == MessageState.SENT
    [sent] = mail.outbox
    assert (sent.to, sent.body) == (["a@example.ir"], in_words(message))


def test_message_left_by_a_worker_that_stopped_is_not_sent_again(county: Place) -> None:
    left, fresh = a_message(), a_message()
    Message.objects.filter(pk=left.pk).update(
        state=MessageState.SENDING, try_after=timezone.now() - LEFT_ALONE - timedelta(seconds=1)
    )
    assert deliver_waiting(COUNTY) == 1
    assert (state_of(left), state_of(fresh)) == (MessageState.UNSURE, MessageState.KEPT)


def test_counties_with_mail_are_those_where_something_waits(county: Place) -> None:
    message = a_message()
    before = counties_with_mail()
    deliver(message.pk, county=COUNTY)
    assert (before, counties_with_mail()) == ([COUNTY], [])


def test_secret_of_a_message_is_hidden_on_a_page(county: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    message = Message(county=county, code=CODE)
    message.params = json.dumps(PARAMS)
    monkeypatch.setattr("hamafza.notices.queries.messages.SECRET", frozenset({"username"}))
    assert "khayyer" not in in_words(message, hide_secrets=True)
    assert "khayyer" in in_words(message)
