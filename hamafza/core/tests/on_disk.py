"""For tests of several threads: a database in which writers wait for each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection


@pytest.fixture
def on_disk(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database in which threads wait for each other as in real work.

    Tests on SQLite run in memory, where a second connection is refused at once; here they get a copy in a file, which is
    thrown away. Other databases are as they are.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    held: Any = connection.connection
    path, name = tmp_path / "copy.sqlite3", connection.settings_dict["NAME"]
    with sqlite3.connect(path) as copy:
        held.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.connection = name, held
