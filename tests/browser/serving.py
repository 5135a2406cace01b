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
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
HAMAFZA = (sys.executable, "-m", "hamafza.config.cli")


@dataclass(frozen=True)
class Served:
    """A program that answers, and the rows that its pages are asked for (`rows.py`)."""

    url: str
    home: Path
    rows: dict[str, str]


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """Set up as a new office does, start as it does, and end what was started, and nothing else."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HAMAFZA_", "DJANGO_"))}
    environment |= {"HAMAFZA_HOME": str(home), "PYTHONUTF8": "1"}
    _run(*HAMAFZA, "init", "--demo", environment=environment)
    rows: dict[str, Any] = json.loads(_run(sys.executable, "-m", "tests.browser.rows", environment=environment))
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    log = home / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*HAMAFZA, "serve", "--port", str(port)],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_for(url, process, log)
            yield Served(url, home, rows)
        finally:
            process.terminate()  # the server ends its web and its worker itself
            process.wait(30)


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
