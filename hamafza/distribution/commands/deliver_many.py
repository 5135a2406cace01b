"""Many entries of a round, delivered with one kind of proof: each is a delivery of its own, with its own proof on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.distribution.commands.deliveries import deliver
from hamafza.distribution.models import Delivery, Round, RoundEntry
from hamafza.distribution.proofs import ProofGiven


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry: its delivery, or why not."""

    entry: RoundEntry
    delivery: Delivery | None = None
    refusal: Refusal | None = None


def deliver_many(going: Round, entries: Iterable[RoundEntry], *, proof: ProofGiven, by: Actor) -> list[Outcome]:
    """One transaction each: what was delivered stands when a later one is refused. Run again, it delivers nothing twice."""
    require(by, Permission.DELIVER, place=going.county_id)
    return [_outcome(entry, proof=proof, by=by) for entry in entries]


def _outcome(entry: RoundEntry, *, proof: ProofGiven, by: Actor) -> Outcome:
    try:
        return Outcome(entry, delivery=deliver(entry, proof=proof, by=by, key=_key(entry)))
    except Refusal as refusal:
        return Outcome(entry, refusal=refusal)


def _key(entry: RoundEntry) -> UUID:
    """The same for the same entry, however often the command is run."""
    return uuid5(entry.pk, "deliver-many")
