"""An import killed at random moments: no half row at any of them, and in the end the same as undisturbed (S-D1)."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hamafza.config.trials.home import TrialHome, trial_home

COUNTY = "2313"
#: Plain values and half rows are read in a process of the trial's home.
LOOK = """
import json, sys
import django
django.setup()
from hamafza.intake.queries.plain import plain_lines
from hamafza.intake.queries.half_rows import half_rows
print(json.dumps({"lines": plain_lines(sys.argv[1]) if sys.argv[2] == "all" else [], "half": half_rows(sys.argv[1])}))
"""


@dataclass(slots=True)
class Kills:
    """What a trial saw. ``equal``: the resumed imports equal the undisturbed one in every plain value."""

    kills: int = 0
    imports: int = 0
    half_rows: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.half_rows and not self.different


def kill_imports(
    sheet: Path, *, times: int, seed: int, server: str = "", say: Callable[[str], None] = lambda _text: None
) -> Kills:
    """Kill imports of ``sheet`` until ``times`` kills have been done; each import goes on until it is through."""
    chance, seen = random.Random(seed), Kills()
    with trial_home(server) as empty:
        empty.run("init")
        with trial_home(server, like=empty) as home:
            seconds, whole = _undisturbed(home, sheet)
        while seen.kills < times:
            with trial_home(server, like=empty) as home:
                _kill_one_import(home, sheet, seconds, chance, times, seen)
                lines = _look(home, everything=True)["lines"]
            seen.different += sorted(set(lines) ^ set(whole))[:20]
            seen.imports += 1
            say(
                f"{seen.kills} kills, {seen.imports} imports, {len(seen.half_rows)} half rows, {len(seen.different)} different values"
            )
    return seen


def _undisturbed(home: TrialHome, sheet: Path) -> tuple[float, list[str]]:
    begun = time.monotonic()
    home.run("import-clients", str(sheet), "--county", COUNTY, "--json")
    return time.monotonic() - begun, _look(home, everything=True)["lines"]


def _kill_one_import(
    home: TrialHome, sheet: Path, seconds: float, chance: random.Random, times: int, seen: Kills
) -> None:
    """Kill and look, again and again, until the import comes to its end."""
    while True:
        process = home.begin("import-clients", str(sheet), "--county", COUNTY, "--json")
        wait = chance.uniform(0.2, 0.8) * seconds if seen.kills < times else 3600.0
        try:
            process.communicate(timeout=wait)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            seen.kills += 1
            seen.half_rows += _look(home, everything=False)["half"]
            continue
        if process.returncode:
            raise RuntimeError(f"the import ended with {process.returncode}")
        return


def _look(home: TrialHome, *, everything: bool) -> dict[str, list[str]]:
    environ = {**home.environ, "DJANGO_SETTINGS_MODULE": "hamafza.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, COUNTY, "all" if everything else "half"],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def as_json(seen: Kills) -> str:
    return json.dumps({"good": seen.good, **asdict(seen)}, ensure_ascii=False)
