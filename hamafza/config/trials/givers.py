"""Fifty givers and one last unit, round after round (S-C8); and the same form sent many times at once (S-C6)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass

from hamafza.config.trials.home import TrialHome, trial_home

RUN = """
import sys
import django
django.setup()
from hamafza.config.trials import last_unit
print(getattr(last_unit, sys.argv[1])(int(sys.argv[2])))
"""


@dataclass(frozen=True, slots=True)
class Race:
    """What happened: rounds in which exactly one succeeded and the need says so, answers by their code."""

    rounds: int
    good_rounds: int
    answers: dict[str, int]

    @property
    def good(self) -> bool:
        return self.good_rounds == self.rounds and not self.answers.get("error")


@dataclass(frozen=True, slots=True)
class Submissions:
    """How many forms were sent, how often in all, how many of them had exactly one effect."""

    forms: int
    sent: int
    one_effect: int
    refused_other_content: int

    @property
    def good(self) -> bool:
        return self.one_effect == self.forms == self.refused_other_content


def try_givers(*, rounds: int, forms: int, server: str = "") -> tuple[Race, Submissions]:
    """In a home of its own, on SQLite or in a database of its own on a PostgreSQL server."""
    with trial_home(server) as home:
        home.run("init")
        race = Race(**json.loads(_run(home, "run_rounds", rounds)))
        return race, Submissions(**json.loads(_run(home, "run_submissions", forms)))


def as_json(seen: Race | Submissions, *, server: str) -> str:
    """One document, with what it ran on and whether it is as it must be."""
    return json.dumps({"database": "postgresql" if server else "sqlite", **asdict(seen), "good": seen.good})


def _run(home: TrialHome, what: str, times: int) -> str:
    environ = {**home.environ, "DJANGO_SETTINGS_MODULE": "hamafza.config.settings"}
    command = [sys.executable, "-c", RUN, what, str(times)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines()[-1]
