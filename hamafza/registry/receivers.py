"""What the registry does when something else has happened."""

from __future__ import annotations

from typing import Any

from django.db import connections

from hamafza.core.db import install_name_search
from hamafza.registry.queries.search import SEARCH


def keep_name_search(sender: Any, *, using: str, **kwargs: Any) -> None:
    """After every migration the index of names stands as it should."""
    if SEARCH.table in connections[using].introspection.table_names():
        install_name_search(connections[using], SEARCH)
