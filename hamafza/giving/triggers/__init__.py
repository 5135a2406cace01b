"""The guards of giving, for both databases: the ring-fence of what is decided, and the rows that say whose money it was."""

from hamafza.core.guards import Guards
from hamafza.giving.triggers import postgresql, sqlite
from hamafza.giving.triggers.refusals import PREFIX, Refused

GIVING = Guards(PREFIX, sqlite.GUARDS, postgresql.GUARDS)

__all__ = ["GIVING", "Refused"]
