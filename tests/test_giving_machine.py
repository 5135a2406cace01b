"""Any sequence of acts from the promise to the family's door keeps every invariant; more runs: ``hamafza bench machine``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hamafza.config.trials.giving_machine import run_machine
from hamafza.config.trials.giving_stage import set_stage
from hamafza.places.tests.factories import make_places


@pytest.mark.django_db
def test_any_sequence_of_giving_keeps_every_invariant(tmp_path: Path, settings: Any) -> None:
    make_places()
    settings.HAMAFZA_TEST_CLOCK = tmp_path / "day"
    seen = run_machine(set_stage(tmp_path / "day"), runs=30, steps=30)
    assert seen.runs >= 30
