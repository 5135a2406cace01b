"""What the ledger's checks cost: entries posted a second beside the same rows bare, and how long it takes to prove them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from hamafza.config.trials.home import TrialHome, trial_home

CHILD = """
import json, sys
import django
django.setup()
from hamafza.config.trials import books
print(json.dumps(getattr(books, sys.argv[1])(int(sys.argv[2]))))
"""


def ledger_speed(*, entries: int, lines: int, server: str = "") -> dict[str, Any]:
    """``entries`` are posted one by one, each in its own transaction; ``lines`` are proved. Each in a fresh home."""
    figures: dict[str, Any] = {"database": "postgresql" if server else "sqlite"}
    for act, number in (("post_and_compare", entries), ("prove_many", lines)):
        if number:
            with trial_home(server) as home:
                home.run("init")
                figures |= _measured(home, act, number)
    return figures


def _measured(home: TrialHome, act: str, number: int) -> dict[str, Any]:
    environ = {**home.environ, "DJANGO_SETTINGS_MODULE": "hamafza.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, act, str(number)], env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures
