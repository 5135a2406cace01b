"""Which database: SQLite in ``HAMAFZA_HOME``, or PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

#: A receipt handed out must survive a power cut: WAL with FULL. Writers queue up at the start of a transaction.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=-65536;"
)


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "hamafza.core.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_PRAGMAS},
        # Said aloud because pytest-xdist knows only Django's own engine to test in memory.
        "TEST": {"NAME": ":memory:"},
    }


def postgresql(address: str) -> dict[str, Any]:
    """Settings from ``postgresql://user:password@host:port/name?option=value``; a host with ``/`` is a socket folder."""
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("HAMAFZA_DATABASE_URL must look like postgresql://user:password@host:port/name.")
    return {
        "ENGINE": "hamafza.core.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def database(address: str, *, home: Path) -> dict[str, Any]:
    """The ``default`` database."""
    return postgresql(address) if address else sqlite(home / "hamafza.sqlite3")
