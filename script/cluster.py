"""A PostgreSQL of one's own for the length of a test run, thrown away afterwards.

Found on PATH or in Debian's folders; run as an unprivileged user when called by root, because PostgreSQL refuses root.
It listens on 127.0.0.1 on a free port, and its data are in a folder that only its user can read. The role that tests
use is as weak as in production: no superuser, no way past row-level security; it may create databases, as test runners do.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

SETTINGS = {
    # A crash may lose everything: it is all made up anyway.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Fifty givers at once, in each of two processes, and what their tests hold besides.
    "max_connections": "200",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
    "logging_collector": "off",
}


class ClusterError(Exception):
    """No cluster could be started; the text says why."""


@dataclass(frozen=True)
class Cluster:
    url: str
    version: str


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`, of the newest version installed, or None."""
    folders = sorted(
        (folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()),
        key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path and (Path(on_path).resolve().parent / "postgres").exists():
        folders.append(Path(on_path).resolve().parent)
    return folders[0] if folders else None


def version_of(folder: Path) -> str:
    """For instance "15.18"."""
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)?", answer)
    return found.group() if found else "?"


@contextlib.contextmanager
def throwaway_cluster() -> Iterator[Cluster]:
    """Starts a cluster and stops it at the end, also when interrupted. Raises ClusterError when it cannot."""
    folder = binaries()
    if folder is None:
        raise ClusterError("PostgreSQL's programs were not found (Debian, Ubuntu: apt install postgresql)")
    owner = _owner()
    home = Path(tempfile.mkdtemp(prefix="hamafza-pg-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if owner:
            os.chown(home, owner.pw_uid, owner.pw_gid)
        port = _free_port()
        _run_initdb(folder, home, owner)
        server = _start(folder, home, owner, port)
        url = _prepare(server, home, port)
        yield Cluster(url=url, version=version_of(folder))
    finally:
        if server:
            _stop(server)
        shutil.rmtree(home, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ClusterError("running as root, and there is no user postgres or nobody to run PostgreSQL as")


def _as(owner: pwd.struct_passwd | None, home: Path) -> dict[str, Any]:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    options: dict[str, Any] = {"cwd": home, "env": environment, "stdin": subprocess.DEVNULL}
    if owner:
        options |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    return options


def _run_initdb(folder: Path, home: Path, owner: pwd.struct_passwd | None) -> None:
    # C.UTF-8, not C: the trigram index must know Persian letters as letters.
    made = subprocess.run(
        [
            *(str(folder / "initdb"), "--pgdata", str(home / "data"), "--username", "keeper", "--encoding", "UTF8"),
            *("--locale", "C.UTF-8", "--auth-local", "trust", "--auth-host", "scram-sha-256"),
            *("--no-sync", "--no-instructions"),
        ],
        capture_output=True,
        text=True,
        check=False,
        **_as(owner, home),
    )
    if made.returncode:
        raise ClusterError(f"initdb failed: {made.stderr.strip()}")


def _start(folder: Path, home: Path, owner: pwd.struct_passwd | None, port: int) -> subprocess.Popen[bytes]:
    settings = {**SETTINGS, "port": str(port), "unix_socket_directories": str(home)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [folder / "postgres", "-D", home / "data", *options],
            stdout=log,
            stderr=log,
            # Ctrl-C is for us: the server is stopped when the tests have ended.
            start_new_session=True,
            **_as(owner, home),
        )


def _prepare(server: subprocess.Popen[bytes], home: Path, port: int) -> str:
    password = secrets.token_urlsafe(16)
    with _connected(server, home, port) as connection:
        connection.execute(
            sql.SQL(
                "CREATE ROLE hamafza LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD {}"
            ).format(sql.Literal(password))
        )
        connection.execute("CREATE DATABASE hamafza OWNER hamafza")
    return f"postgresql://hamafza:{password}@127.0.0.1:{port}/hamafza"


def _connected(server: subprocess.Popen[bytes], home: Path, port: int) -> psycopg.Connection:
    for _ in range(300):
        if server.poll() is not None:
            break
        with contextlib.suppress(psycopg.OperationalError):
            return psycopg.connect(host=str(home), port=port, user="keeper", dbname="postgres", autocommit=True)
        time.sleep(0.1)
    raise ClusterError(f"the server did not start: {(home / 'log').read_text(errors='replace')[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    for stop in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            server.send_signal(stop)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def leave_on_signals() -> None:
    """An end by SIGTERM or a closed terminal unwinds like Ctrl-C, so that what was started is stopped."""

    def leave(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def main(command: list[str]) -> int:
    if not command:
        print("usage: script/cluster COMMAND...", file=sys.stderr)
        return 2
    leave_on_signals()
    try:
        with throwaway_cluster() as cluster:
            print(f"PostgreSQL {cluster.version}", file=sys.stderr)
            return subprocess.run(
                command, check=False, env={**os.environ, "HAMAFZA_DATABASE_URL": cluster.url}
            ).returncode
    except ClusterError as error:
        print(f"script/cluster: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
