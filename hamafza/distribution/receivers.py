"""Guards of stock off before tables change, and standing after."""

from __future__ import annotations

from typing import Any

from django.db import connections

from hamafza.audit.receivers import is_last_of_ours
from hamafza.core.guards import drop_guards, install_guards
from hamafza.distribution.triggers import STOCK


def clear_the_way(sender: Any, *, using: str, plan: Any = (), **kwargs: Any) -> None:
    """SQLite refuses to remake a table that a trigger elsewhere names."""
    if is_last_of_ours(sender) and plan:
        drop_guards(connections[using], STOCK)


def install_triggers(sender: Any, *, using: str, **kwargs: Any) -> None:
    """After migrating, and after tests have emptied the tables."""
    if is_last_of_ours(sender):
        install_guards(connections[using], STOCK)
