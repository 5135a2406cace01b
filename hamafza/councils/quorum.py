"""How many must be there, and what a vote says. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from hamafza.councils.choices import QuorumRule, VotingRule


@dataclass(frozen=True, slots=True)
class Votes:
    """Counted votes; by consensus nobody was against and nobody counted."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    by_consensus: bool = False

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


def needed(rule: str, *, voting_seats: int, fixed: int | None = None) -> int:
    """So many voting members must be present; at least one."""
    if rule == QuorumRule.FIXED:
        return max(1, fixed or 1)
    if rule == QuorumRule.TWO_THIRDS:
        return max(1, -(-2 * voting_seats // 3))
    return voting_seats // 2 + 1


def adopts(rule: str, votes: Votes, *, voting_seats: int) -> bool:
    """Whether these votes adopt. Who abstains has voted, and not in favour."""
    if votes.by_consensus:
        return True
    if rule == VotingRule.OF_ALL:
        return 2 * votes.in_favour > voting_seats
    if rule == VotingRule.TWO_THIRDS:
        return votes.cast > 0 and 3 * votes.in_favour >= 2 * votes.cast
    return 2 * votes.in_favour > votes.cast
