"""PostgreSQL that knows who acts and which counties are open.

Before a statement the session settings ``hamafza.actor`` and ``hamafza.counties`` are brought up to date when they
differ from what was told last. A rollback takes settings back with it, so it forgets what was told.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from hamafza.core.session import current_actor, current_scope

TELL = "SELECT set_config('hamafza.actor', %s, false), set_config('hamafza.counties', %s, false)"


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: tuple[str, str] | None = None
        self.execute_wrappers.append(self._tell)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._told = None
        return super().get_new_connection(conn_params)

    def _rollback(self) -> None:
        self._told = None
        super()._rollback()  # type: ignore[misc]  # private: the one place that knows of a rollback

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # as above
        self._told = None

    def _tell(self, execute: Any, query: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        wanted = (current_actor(), current_scope().as_setting())
        if self._told != wanted and self.connection.info.transaction_status != TransactionStatus.INERROR:
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute(TELL, wanted)
            self._told = wanted
        return execute(query, params, many, context)
