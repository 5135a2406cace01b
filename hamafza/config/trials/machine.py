"""The state machine of giving by command: many runs, in a home of its own, on SQLite or PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from hamafza.config.trials.home import TrialHome, trial_home

RUN = """
import json, sys, time
from pathlib import Path
import django
django.setup()
from hamafza.config.trials.giving_machine import run_machine
from hamafza.config.trials.giving_stage import set_stage
runs, steps, seed = map(int, sys.argv[1:4])
began = time.monotonic()
try:
    seen, fault = run_machine(set_stage(Path(sys.argv[4])), runs=runs, steps=steps, seed=seed), ""
except Exception:
    import traceback
    from hamafza.config.trials.giving_machine import Giving
    seen, fault = Giving.seen, traceback.format_exc()
print(json.dumps({
    "runs": seen.runs, "steps": seen.steps, "done": dict(seen.done.most_common()),
    "refusals": dict(seen.refusals.most_common()), "violations": int(bool(fault)), "fault": fault,
    "seconds": round(time.monotonic() - began, 1),
}))
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the runs did and what they were refused; ``violations`` is 0, or 1 and ``fault`` tells the way to it."""

    runs: int
    steps: int
    done: dict[str, int]
    refusals: dict[str, int]
    violations: int
    fault: str
    seconds: float


def try_machine(*, runs: int, steps: int, seed: int, server: str = "", say: Callable[[str], None]) -> Outcome:
    """Needs hypothesis, which comes with the tools of development."""
    with trial_home(server) as home:
        say("making a home")
        home.run("init")
        say(f"{runs} runs of {steps} steps")
        return Outcome(**json.loads(_run(home, runs, steps, seed)))


def as_json(seen: Outcome, *, server: str) -> str:
    """One document, with what it ran on."""
    return json.dumps({"database": "postgresql" if server else "sqlite", **asdict(seen)}, ensure_ascii=False)


def as_text(seen: Outcome) -> str:
    """The same for people."""
    refused = ", ".join(f"{code} {times}" for code, times in seen.refusals.items())
    acts = ", ".join(f"{name} {times}" for name, times in seen.done.items())
    return (
        f"runs: {seen.runs}\nsteps: {seen.steps}\ndone: {acts}\nrefusals by code: {refused}\n"
        f"seconds: {seen.seconds}\nviolations: {seen.violations}\n{seen.fault}".rstrip()
    )


def _run(home: TrialHome, runs: int, steps: int, seed: int) -> str:
    day = Path(home.folder) / "day"
    environ = {
        **home.environ,
        "DJANGO_SETTINGS_MODULE": "hamafza.config.settings",
        "HAMAFZA_DEBUG": "1",
        "HAMAFZA_TEST_CLOCK": str(day),
    }
    command = [sys.executable, "-c", RUN, str(runs), str(steps), str(seed), str(day)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines()[-1]
