"""A home that is made for a trial and removed after it, on SQLite or in a database of its own on PostgreSQL."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"


@dataclass(frozen=True, slots=True)
class TrialHome:
    """Folder and environment for the commands of one trial."""

    folder: Path
    environ: dict[str, str]

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Start ``hamafza WORDS``; its output is collected."""
        command = [sys.executable, "-m", "hamafza.config.cli", *words]
        return subprocess.Popen(command, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words: str) -> str:
        """Run ``hamafza WORDS`` to its end; gives its standard output, raises when it fails."""
        with self.begin(*words) as process:
            output, messages = process.communicate()
        if process.returncode:
            raise RuntimeError(f"hamafza {' '.join(words)} ended with {process.returncode}: {messages}")
        return output


@contextmanager
def trial_home(server: str = "", *, like: TrialHome | None = None) -> Iterator[TrialHome]:
    """An empty home, or a copy of another one that nobody is using.

    ``server``: address of any database of a PostgreSQL server whose role may create databases; empty: SQLite.
    """
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HAMAFZA_")}
    template = like.environ.get("HAMAFZA_DATABASE_URL", "") if like else ""
    with tempfile.TemporaryDirectory(prefix="hamafza-trial-") as folder, _database(server, template) as address:
        if like:
            shutil.copytree(like.folder, folder, dirs_exist_ok=True)
        environ |= {"HAMAFZA_HOME": folder} | ({"HAMAFZA_DATABASE_URL": address} if address else {})
        yield TrialHome(Path(folder), environ)


@contextmanager
def _database(server: str, template: str) -> Iterator[str]:
    """A fresh database's address, dropped at the end; empty for SQLite."""
    if not server:
        yield ""
        return
    name = f"hamafza_trial_{secrets.token_hex(4)}"
    model = urlsplit(template).path.strip("/") or "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(model))
        connection.execute(make)
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            # Not WITH (FORCE): it fails while the server's own vacuum, which is not ours to end, is at work there.
            connection.execute(END_SESSIONS, [name])
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
