"""A real ``hamafza serve``, web and worker, with the demonstration county, in a home that is thrown away."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
HAMAFZA = (sys.executable, "-m", "hamafza.config.cli")


@dataclass(frozen=True)
class Served:
    """A program that answers, the rows that its pages are asked for (`rows.py`), and its day when that is a test's."""

    url: str
    home: Path
    rows: dict[str, str]
    clock: Path | None = None

    def run(self, *command: str) -> str:
        """What a command of the same home, on the same day, prints."""
        return _run(*command, environment=_environment(self.home, clock=self.clock))


def demonstrate(home: Path) -> None:
    """Set up as a new office does that wants to try."""
    _run(*HAMAFZA, "init", "--demo", environment=_environment(home))


def rows_of(home: Path) -> dict[str, str]:
    """Make a row of every kind in a demonstration home."""
    rows: dict[str, str] = json.loads(_run(sys.executable, "-m", "tests.browser.rows", environment=_environment(home)))
    return rows


@contextmanager
def serving(home: Path, *, rows: dict[str, str] | None = None, clock: Path | None = None) -> Iterator[Served]:
    """Start a demonstration home as an office does, and end what was started, and nothing else.

    ``clock`` is a file that holds the day the program believes it is.
    """
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    log = home / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*HAMAFZA, "serve", "--port", str(port)],
            cwd=ROOT, env=_environment(home, clock=clock), stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_for(url, process, log)
            yield Served(url, home, rows or {}, clock)
        finally:
            process.terminate()  # the server ends its web and its worker itself
            process.wait(30)


def _environment(home: Path, *, clock: Path | None = None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HAMAFZA_", "DJANGO_"))}
    moved = {"HAMAFZA_DEBUG": "1", "HAMAFZA_TEST_CLOCK": str(clock)} if clock else {}
    return kept | {"HAMAFZA_HOME": str(home), "PYTHONUTF8": "1"} | moved


def _run(*command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/accounts/sign-in/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the server did not answer at {url}:\n{log.read_text('utf-8', 'replace')}")
