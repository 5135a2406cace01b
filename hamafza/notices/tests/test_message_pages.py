"""The office's page of messages: addresses masked, codes hidden, one county at a time."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn, make_actor
from hamafza.audit.models import ReadEntry
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.notices.choices import MessageChannel, MessageState
from hamafza.notices.commands.reveal import reveal_message
from hamafza.notices.models import Message
from hamafza.notices.texts import SECRET, TEXTS
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

LIST = reverse("notices:message-list")
MOBILE, SHOWN = "09121234567", "۰۹۱۲۱۲۳۴۵۶۷"


@pytest.fixture
def _text_with_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with a one-time code, whichever apps have one."""
    monkeypatch.setitem(TEXTS, "test.code", ("کد شما %(code)s است.", "key"))
    assert "code" in SECRET


def a_message(code: str = "giving.sign_in.given", *, county: str = COUNTY, **fields: str) -> Message:
    with counties([county]):
        message = Message(county_id=county, channel=MessageChannel.SMS, address=MOBILE, code=code, **fields)
        message.params = json.dumps({"county": "پاکدشت", "username": "zahra", "code": "483920"})
        message.save(force_insert=True)
    return message


@pytest.mark.parametrize("role", [Role.GIVING_OFFICER, Role.COUNTY_HEAD, Role.ACCOUNTANT])
def test_messages_stand_there_with_a_masked_address(signed_in: SignedIn, role: Role) -> None:
    a_message()
    page = signed_in(role).get(LIST).content.decode()
    assert ("zahra" in page, MOBILE in page, SHOWN in page) == (True, False, False)


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.BENEFACTOR, Role.DELIVERER, Role.GOVERNOR_OFFICE, None])
def test_messages_for_another_role_are_not_found(signed_in: SignedIn, role: Role | None) -> None:
    assert signed_in(role).get(LIST).status_code == 404


def test_messages_of_another_county_are_not_found(head: Client) -> None:
    far = a_message(county=FAR_COUNTY)
    assert head.get(LIST, {"county": FAR_COUNTY}).status_code == 404
    assert head.post(reverse("notices:message-reveal", args=[far.pk]), {"reason": "چون"}).status_code == 404


def test_messages_of_one_and_of_three_ask_the_same_queries(head: Client) -> None:
    a_message()
    head.get(LIST)
    with CaptureQueriesContext(connection) as one:
        head.get(LIST)
    a_message(state=MessageState.KEPT)
    a_message(state=MessageState.SENT)
    with CaptureQueriesContext(connection) as three:
        head.get(LIST)
    assert len(three) == len(one)


@pytest.mark.usefixtures("_text_with_a_code")
def test_code_is_hidden_and_shown_with_a_reason_when_no_sender_took_it(head: Client) -> None:
    message = a_message("test.code", state=MessageState.KEPT)
    page = head.get(LIST).content.decode()
    url = reverse("notices:message-reveal", args=[message.pk])
    assert ("483920" in page, url in page) == (False, True)
    assert "483920" in head.post(url, {"reason": "پیامک نرسید"}).content.decode().replace("۴۸۳۹۲۰", "483920")
    with counties([COUNTY]):
        assert ReadEntry.objects.filter(subject_type="notices.message", reason="پیامک نرسید").count() == 1


@pytest.mark.usefixtures("_text_with_a_code")
def test_code_of_a_message_that_went_out_is_never_shown(head: Client) -> None:
    message = a_message("test.code", state=MessageState.SENT)
    assert reverse("notices:message-reveal", args=[message.pk]) not in head.get(LIST).content.decode()
    with counties([COUNTY]), pytest.raises(Refusal):
        reveal_message(message, reason="می‌خواهم بدانم", by=make_actor(Role.COUNTY_HEAD))


def test_reveal_by_the_giving_officer_is_not_found(signed_in: SignedIn) -> None:
    url = reverse("notices:message-reveal", args=[a_message(state=MessageState.KEPT).pk])
    assert signed_in(Role.GIVING_OFFICER).post(url, {"reason": "چون"}).status_code == 404


def test_messages_filtered_by_state(head: Client, county: Place) -> None:
    a_message(state=MessageState.SENT)
    failed = a_message(state=MessageState.FAILED)
    rows = head.get(LIST, {"state": "failed"}).context["rows"]
    assert [row.message.pk for row in rows] == [failed.pk]
