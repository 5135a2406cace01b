"""How far a resolution is, derived from its commitments and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hamafza.commitments.choices import CommitmentState as S
from hamafza.commitments.flow import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Share:
    """One commitment of a resolution: its weight in percent (or none), how far it is, its state."""

    weight: int | None
    percent: int
    state: str


@dataclass(frozen=True, slots=True)
class Implementation:
    """``percent`` by weight; ``open`` of ``all`` commitments are still owed; dropped ones count for neither."""

    percent: int
    open: int
    all: int

    @property
    def is_executed(self) -> bool:
        return self.all > 0 and self.open == 0


def weights_fit(weights: Sequence[int | None]) -> bool:
    """All given and 100 together, or none given: never some (model.md, section 7)."""
    given = [weight for weight in weights if weight is not None]
    return not given or (len(given) == len(weights) and sum(given) == 100)


def implementation_of(shares: Iterable[Share]) -> Implementation:
    """Of the commitments that stand; when some with a weight were dropped, the others keep their proportion."""
    every = list(shares)
    standing = [share for share in every if share.state != S.CANCELLED]
    if not standing:
        return Implementation(0, 0, 0)
    weights = _weights(standing, given=sum(share.weight or 0 for share in every))
    done = sum(weight * share.percent for weight, share in zip(weights, standing, strict=True))
    waiting = sum(share.state in OPEN_STATES for share in standing)
    return Implementation(done // sum(weights), waiting, len(standing))


def _weights(standing: Sequence[Share], *, given: int) -> list[int]:
    """In proportion; where some have none beside others that do, they share what is left of a hundred."""
    bare = sum(share.weight is None for share in standing)
    if not bare:
        return [share.weight or 0 for share in standing]
    left = 100 - given
    if bare == len(standing) or left <= 0:
        return [1] * len(standing)
    return [left if share.weight is None else share.weight * bare for share in standing]
