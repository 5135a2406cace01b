"""Votes, quorum and implementation: arithmetic without a database."""

from __future__ import annotations

import pytest

from hamafza.commitments.choices import CommitmentState as S
from hamafza.councils.choices import QuorumRule, VotingRule
from hamafza.councils.implementation import Share, implementation_of, weights_fit
from hamafza.councils.quorum import Votes, adopts, needed


@pytest.mark.parametrize(
    ("rule", "seats", "fixed", "expected"),
    [
        (QuorumRule.MORE_THAN_HALF, 9, None, 5),
        (QuorumRule.MORE_THAN_HALF, 10, None, 6),
        (QuorumRule.TWO_THIRDS, 9, None, 6),
        (QuorumRule.TWO_THIRDS, 10, None, 7),
        (QuorumRule.FIXED, 9, 4, 4),
        (QuorumRule.TWO_THIRDS, 0, None, 1),
    ],
)
def test_quorum(rule: QuorumRule, seats: int, fixed: int | None, expected: int) -> None:
    assert needed(rule, voting_seats=seats, fixed=fixed) == expected


@pytest.mark.parametrize(
    ("rule", "votes", "expected"),
    [
        (VotingRule.OF_PRESENT, Votes(3, 2, 1), False),
        (VotingRule.OF_PRESENT, Votes(4, 2, 1), True),
        (VotingRule.OF_ALL, Votes(4, 0, 0), False),
        (VotingRule.OF_ALL, Votes(5, 0, 0), True),
        (VotingRule.TWO_THIRDS, Votes(4, 2, 0), True),
        (VotingRule.TWO_THIRDS, Votes(3, 2, 0), False),
        (VotingRule.OF_ALL, Votes(by_consensus=True), True),
    ],
)
def test_votes_adopt(rule: VotingRule, votes: Votes, expected: bool) -> None:
    assert adopts(rule, votes, voting_seats=9) is expected


@pytest.mark.parametrize(
    ("weights", "fit"),
    [([None, None], True), ([60, 40], True), ([60, None], False), ([60, 30], False), ([], True), ([100], True)],
)
def test_weights_are_all_given_and_make_a_hundred_or_none(weights: list[int | None], fit: bool) -> None:
    assert weights_fit(weights) is fit


def test_implementation_follows_from_weights_and_from_numbers_without() -> None:
    weighted = implementation_of([Share(80, 100, S.CLOSED), Share(20, 0, S.ASSIGNED)])
    assert (weighted.percent, weighted.open, weighted.is_executed) == (80, 1, False)
    plain = implementation_of([Share(None, 100, S.VERIFIED), Share(None, 50, S.IN_PROGRESS)])
    assert plain.percent == 75


def test_dropped_ones_count_for_nothing() -> None:
    found = implementation_of([Share(50, 100, S.CLOSED), Share(50, 0, S.CANCELLED)])
    assert (found.percent, found.all, found.is_executed) == (100, 1, True)
    assert not implementation_of([Share(None, 0, S.CANCELLED)]).is_executed
