"""A council of a county's table, and a day that tests move."""

from __future__ import annotations

import pytest

from hamafza.commitments.tests.conftest import MoveTo, move_to, table  # noqa: F401 - fixtures
from hamafza.commitments.tests.factories import Table
from hamafza.councils.tests.factories import Chamber, a_chamber

FIRST = "2026-11-22"


@pytest.fixture
def chamber(table: Table, move_to: MoveTo) -> Chamber:  # noqa: F811 - the fixtures above
    return a_chamber(table)
