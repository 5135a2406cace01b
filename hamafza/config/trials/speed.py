"""How fast an import is, beside the same target rows written bare, and how much memory it takes."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from hamafza.config.trials.home import TrialHome, trial_home

COUNTY = "2313"
BARE = """
import json
import django
django.setup()
from hamafza.config.trials.bare import bare_seconds
print(json.dumps(bare_seconds()))
"""


def import_speed(sheet: Path, *, server: str = "") -> dict[str, Any]:
    """Import with audit on, in its own process from start to end; then the same rows bare, in the same database."""
    with trial_home(server) as home:
        home.run("init")
        begun = time.monotonic()
        report = json.loads(home.run("import-clients", str(sheet), "--county", COUNTY, "--json"))
        seconds = time.monotonic() - begun
        written, bare = _bare(home)
    return {
        "database": "postgresql" if server else "sqlite",
        "rows": report["rows"],
        "created": report["created"],
        "seconds": round(seconds, 2),
        "rows_per_second": round(report["rows"] / seconds),
        "target_rows": written,
        "bare_seconds": round(bare, 3),
        "ratio_to_bare": round(seconds / bare, 1),
    }


def import_memory(sheet: Path, *, server: str = "") -> dict[str, Any]:
    """The largest resident size of the importing process, in MB."""
    with trial_home(server) as home:
        home.run("init")
        begun = time.monotonic()
        with home.begin("import-clients", str(sheet), "--county", COUNTY) as process:
            _output, messages = process.communicate()
        if process.returncode:
            raise RuntimeError(messages)
        seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"database": "postgresql" if server else "sqlite", "seconds": round(seconds, 1), "peak_mb": round(peak)}


def _bare(home: TrialHome) -> tuple[int, float]:
    environ = {**home.environ, "DJANGO_SETTINGS_MODULE": "hamafza.config.settings"}
    done = subprocess.run([sys.executable, "-c", BARE], env=environ, capture_output=True, text=True, check=True)
    rows, seconds = json.loads(done.stdout)
    return rows, seconds
