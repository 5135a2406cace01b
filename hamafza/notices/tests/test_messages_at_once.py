"""Eight workers that take up one message at the same moment send it once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from hamafza.core.scope import counties
from hamafza.notices.choices import MessageState
from hamafza.notices.commands.deliver import deliver
from hamafza.notices.commands.message import Recipient, send_message
from hamafza.notices.tests.sms_service import sms_service
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 8


def test_message_taken_up_at_once_is_sent_once(places: dict[str, Place], settings: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer, and that of the tests lies in memory")
    with counties([COUNTY]):
        message = send_message(Recipient(mobile="09121234567"), "giving.sign_in.given", {"county": "", "username": "x"})
    assert message is not None
    ready = Barrier(WORKERS)

    def run(_number: int) -> str:
        try:
            ready.wait(10)
            return deliver(message.pk, county=COUNTY)
        finally:
            connection.close()

    with sms_service() as service, ThreadPoolExecutor(WORKERS) as pool:
        settings.HAMAFZA_SMS_URL = service.url
        states = set(pool.map(run, range(WORKERS)))
    assert len(service.came) == 1
    assert states <= {MessageState.SENDING, MessageState.SENT}
