"""SQLite that knows who acts: triggers call ``hamafza_actor()``.

A connection opened by any other program lacks the function, so a change of an audited table from outside is refused
instead of going unrecorded.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base

from hamafza.core.session import current_actor


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.create_function("hamafza_actor", 0, current_actor)
        # INSERT OR REPLACE removes rows: only so do their DELETE triggers write it into the trail.
        connection.execute("PRAGMA recursive_triggers = ON")
        return connection
