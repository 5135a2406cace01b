"""What the database refuses at the last moment is a page that says so; two that come at once make one."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse

from hamafza.commitments.commands import decide, give
from hamafza.commitments.commands.give import write_commitment
from hamafza.commitments.models import Commitment
from hamafza.commitments.tests.factories import Table, client_of
from hamafza.commitments.tests.test_guards import ROW, run
from hamafza.core.ids import uuid7


def test_refused_by_a_rule_of_rows_is_a_page_and_a_line_in_the_log(
    table: Table, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held = table.given()
    monkeypatch.setattr(decide, "close", lambda held, by: run(ROW.format("state = 'closed'"), held.pk))
    with caplog.at_level(logging.WARNING, logger="hamafza.core.middleware"):
        answer = client_of(table.secretary).post(reverse("commitments:commitment-close", args=[held.pk]))
    assert answer.status_code == 409
    assert "ثبت شده است نمی‌خواند" in answer.content.decode()
    assert "commitments: " in caplog.text


def test_any_other_fault_of_the_database_stays_a_fault(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(held: Commitment, by: object) -> None:
        raise IntegrityError("UNIQUE constraint failed: commitments_commitment.key")

    monkeypatch.setattr(decide, "close", fails)
    with pytest.raises(IntegrityError):
        client_of(table.secretary).post(reverse("commitments:commitment-close", args=[table.given().pk]))


def test_two_orders_of_one_form_at_once_make_one(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    key, check = uuid7(), give._check
    quicker: list[Commitment | None] = []

    def somebody_is_quicker(order: Any) -> None:
        check(order)
        if not quicker:
            quicker.append(None)
            quicker[0] = write_commitment(table.county, order, by=table.secretary, key=key)

    monkeypatch.setattr(give, "_check", somebody_is_quicker)
    made = write_commitment(table.county, table.order(), by=table.secretary, key=key)
    assert ([made], Commitment.objects.count()) == (quicker, 1)
