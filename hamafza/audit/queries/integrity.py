"""Whether the trail is whole: triggers, walls, seals, numbers, and the heads kept beside the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from hamafza.audit import triggers
from hamafza.audit.choices import Trail
from hamafza.audit.models import Seal
from hamafza.audit.queries.heads import Head, heads
from hamafza.audit.queries.stretches import GENESIS, digest_of, is_without_gap, rows_after
from hamafza.core.scope import everywhere


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: a stable code and what it is about.

    ``missing_trigger`` (missing, altered or disabled trigger, wall or policy) · ``tampered`` (rows behind a seal were
    altered, removed or added) · ``broken_chain`` (a seal does not follow from the one before) · ``gap`` (rows not yet
    sealed are missing) · ``lost_head`` (the file beside the database knows a seal that the database does not) ·
    ``unreadable_heads``.
    """

    code: str
    about: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The result: findings, and how much was looked at."""

    findings: tuple[Finding, ...]
    changes: int
    reads: int
    seals: int

    @property
    def sound(self) -> bool:
        return not self.findings


def verify_audit() -> AuditReport:
    """Recompute every seal and compare; reads the whole trail (about 5 µs a row)."""
    with everywhere(reason="verify the audit trail"):
        findings = (*_triggers(), *(finding for trail in Trail for finding in _trail(trail)))
        return AuditReport(
            findings=findings,
            changes=rows_after(Trail.CHANGES, 0),
            reads=rows_after(Trail.READS, 0),
            seals=Seal.objects.count(),
        )


def _triggers() -> Iterator[Finding]:
    for name in triggers.faulty(connection):
        yield Finding("missing_trigger", name)


def _trail(trail: Trail) -> Iterator[Finding]:
    seals = list(Seal.objects.filter(trail=trail).order_by("id"))
    previous, sealed_to = GENESIS, 0
    for seal in seals:
        stretch = f"{trail} {seal.from_id}..{seal.to_id}"
        if seal.previous != previous or seal.from_id != sealed_to + 1:
            yield Finding("broken_chain", stretch)
        if (seal.count, seal.digest) != digest_of(
            trail, from_id=seal.from_id, to_id=seal.to_id, previous=seal.previous
        ):
            yield Finding("tampered", stretch)
        previous, sealed_to = seal.digest, seal.to_id
    if not is_without_gap(trail, sealed_to=sealed_to):
        yield Finding("gap", f"{trail} after {sealed_to}")
    yield from _heads(trail, {Head(seal.to_id, seal.digest) for seal in seals})


def _heads(trail: Trail, known: set[Head]) -> Iterator[Finding]:
    try:
        kept = heads(trail)
    except ValueError as fault:
        yield Finding("unreadable_heads", f"{trail}: {fault}")
        return
    for head in kept:
        if head not in known:
            yield Finding("lost_head", f"{trail} to {head.to_id}")
