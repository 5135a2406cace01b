"""The triggers that write the trail and keep it append-only, for both databases.

`recorded_tables()` says what is recorded, `sqlite` and `postgresql` say how: each offers ``expected()``, the objects
that must stand in the database, ``faulty(connection)``, the names of those that do not, and ``install(connection)``.
"""

from hamafza.audit.triggers.tables import Table, append_only_tables, recorded_tables, walled_tables
from hamafza.audit.triggers.vendor import drop_for, faulty, install

__all__ = ["Table", "append_only_tables", "drop_for", "faulty", "install", "recorded_tables", "walled_tables"]
