"""A day that tests move, and the table of one county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings

from hamafza.commitments.tests.factories import Table, a_table
from hamafza.places.models import Place

MoveTo = Callable[[date], None]


@pytest.fixture
def move_to(settings: LazySettings, tmp_path: Path) -> MoveTo:
    """Lets the program believe that it is another day."""
    settings.HAMAFZA_TEST_CLOCK = tmp_path / "day"

    def move(day: date) -> None:
        (tmp_path / "day").write_text(day.isoformat())

    move(date(2026, 11, 22))
    return move


@pytest.fixture
def table(county: Place) -> Table:
    return a_table()
