"""The guards of stock, for both databases: what no command, no raw SQL and no fault of the program can get past."""

from hamafza.core.guards import Guards
from hamafza.distribution.triggers import postgresql, sqlite
from hamafza.distribution.triggers.refusals import PREFIX, Refused

STOCK = Guards(PREFIX, sqlite.GUARDS, postgresql.GUARDS)

__all__ = ["STOCK", "Refused"]
