"""Seal what has been added to the trail since the last seal."""

from __future__ import annotations

import json
import os

from django.db import OperationalError, connection, transaction

from hamafza.audit.choices import Trail
from hamafza.audit.models import Seal
from hamafza.audit.queries.heads import heads, heads_file
from hamafza.audit.queries.stretches import GENESIS, digest_of, end_of_stretch, last_id, table_of
from hamafza.core.db import wait_for_writers
from hamafza.core.session import Scope, scope_of

#: Rows a seal; bounds the memory of sealing and verifying.
STRETCH = 20_000


def seal_changes() -> int:
    """Seal both trails up to their newest committed row and write the heads beside the database. Rows sealed.

    When writers keep the trail busy for seconds nothing is sealed; the next call does it. Called hourly by the worker.
    """
    with scope_of(Scope(frozenset(), everywhere=True)):
        return sum(_seal(trail) for trail in Trail)


def _seal(trail: Trail) -> int:
    try:
        with transaction.atomic():
            wait_for_writers(connection, table_of(trail))
            horizon = last_id(trail)
    except OperationalError:
        return 0
    sealed = 0
    while rows := _seal_stretch(trail, horizon):
        sealed += rows
    _write_heads(trail)
    return sealed


@transaction.atomic
def _seal_stretch(trail: Trail, horizon: int) -> int:
    """One seal; 0 when nothing is left. A seal made meanwhile by another process is refused by its unique key."""
    last = Seal.objects.filter(trail=trail).order_by("-id").first()
    after, previous = (last.to_id, last.digest) if last else (0, GENESIS)
    to_id = end_of_stretch(trail, after=after, upto=horizon, rows=STRETCH)
    if not to_id:
        return 0
    count, digest = digest_of(trail, from_id=after + 1, to_id=to_id, previous=previous)
    Seal.objects.create(trail=trail, from_id=after + 1, to_id=to_id, count=count, previous=previous, digest=digest)
    return count


def _write_heads(trail: Trail) -> None:
    """Append the seals the file does not have yet (also those a crash kept from it)."""
    path = heads_file(trail)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = heads(trail)
    new = Seal.objects.filter(trail=trail, to_id__gt=written[-1].to_id if written else 0).order_by("id")
    with path.open("a", encoding="utf-8") as file:
        for seal in new:
            line = {"trail": seal.trail, "to_id": seal.to_id, "digest": seal.digest, "at": seal.at.isoformat()}
            file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
