"""The file beside the database that keeps the head of each seal, so that a rewritten or shortened trail shows.

One line of JSON a seal in ``HAMAFZA_HOME/seals/<trail>.jsonl``; an operator may copy the file to another machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from hamafza.audit.choices import Trail


@dataclass(frozen=True, slots=True)
class Head:
    """A seal as the file keeps it."""

    to_id: int
    digest: str


def heads_file(trail: Trail) -> Path:
    """The file of a trail; its folder is made when the first seal is written."""
    return Path(settings.HAMAFZA_HOME) / "seals" / f"{trail}.jsonl"


def heads(trail: Trail) -> list[Head]:
    """The heads that were written, oldest first. Raises ValueError when the file is not what was written."""
    path = heads_file(trail)
    if not path.exists():
        return []
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return [Head(to_id=int(line["to_id"]), digest=str(line["digest"])) for line in lines]
    except (KeyError, TypeError) as fault:
        raise ValueError("a line lacks its fields") from fault
