"""An import whose process is killed ten times leaves no half row and ends as if nobody had disturbed it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection

from hamafza.config.trials.kills import kill_imports
from hamafza.intake.specimen import write_specimen


def server() -> str:
    """The address of the PostgreSQL of this test run; empty on SQLite."""
    if connection.vendor == "sqlite":
        return ""
    database = settings.DATABASES["default"]
    return f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/postgres"


def test_import_killed_ten_times_is_whole_and_equal_to_an_undisturbed_one(tmp_path: Path) -> None:
    sheet = tmp_path / "clients.csv"
    write_specimen(sheet, rows=1200)
    seen = kill_imports(sheet, times=10, seed=4, server=server())
    assert (seen.kills, seen.half_rows, seen.different) == (10, [], [])
