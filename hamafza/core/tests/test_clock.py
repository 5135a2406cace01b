"""The clock that a trial may move."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from pytest_django.fixtures import Settings

from hamafza.config import environment
from hamafza.core import clock


def test_today_without_a_test_clock_is_the_day_of_the_office() -> None:
    assert clock.today() == timezone.localdate()


def test_today_with_a_test_clock_is_the_day_in_its_file(settings: Settings, tmp_path: Path) -> None:
    settings.HAMAFZA_TEST_CLOCK = tmp_path / "day"
    settings.HAMAFZA_TEST_CLOCK.write_text("2026-12-24\n")
    assert clock.today() == datetime.date(2026, 12, 24)
    assert timezone.localdate(clock.now()) == datetime.date(2026, 12, 24)


def test_a_test_clock_where_real_work_is_done_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HAMAFZA_TEST_CLOCK", str(tmp_path / "day"))
    with pytest.raises(ImproperlyConfigured, match="HAMAFZA_DEBUG"):
        environment.test_clock("HAMAFZA_TEST_CLOCK", allowed=False)
    assert environment.test_clock("HAMAFZA_TEST_CLOCK", allowed=True) == tmp_path / "day"
