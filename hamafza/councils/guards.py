# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""What the database itself refuses of councils: adoption without quorum, closing what is owed, rewriting final minutes."""

from __future__ import annotations

from enum import StrEnum

from hamafza.commitments.flow import OPEN_STATES
from hamafza.core.flow import Flow
from hamafza.core.row_rules import DELETE, INSERT, UPDATE, RowRule, guards_of, written_once
from hamafza.councils.flow import FROZEN_MEETINGS, MEETING_FLOW, RESOLUTION_FLOW

MEETING = "councils_meeting"
ITEM = "councils_agendaitem"
ATTENDANCE = "councils_attendance"
RESOLUTION = "councils_resolution"
MINUTES = "councils_minutes"
COMMITMENT = "commitments_commitment"


class Refused(StrEnum):
    STEP = "councils: this step is not possible in this state"
    QUORUM = "councils: nothing is adopted without a quorum on record"
    COUNTED = "councils: a quorum is those who were there"
    OWED = "councils: a resolution with an open commitment is not closed"
    NOBODY_OWES = "councils: a resolution that is no declaration needs a commitment"
    CLOSED = "councils: nothing new is owed under a closed resolution"
    FROZEN = "councils: final minutes are never rewritten"
    KEPT = "councils: what was signed or said stays"
    NUMBER = "councils: a number never changes"


def _among(states: frozenset[str]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


def _allowed(flow: Flow) -> str:
    return " OR ".join(
        f"OLD.state = '{before!s}' AND NEW.state IN ({_among(after)})" for before, after in flow.items() if after
    )


_MET = f"EXISTS (SELECT 1 FROM {MEETING} m WHERE m.id = NEW.meeting_id AND m.quorum_met)"
_COMMITMENTS = f"SELECT 1 FROM {COMMITMENT} k WHERE k.source_type = 'resolution' AND k.source_id = NEW.id"
_OWED = f"EXISTS ({_COMMITMENTS} AND k.state IN ({_among(OPEN_STATES)}))"
_THERE = f"""(SELECT count(*) FROM {ATTENDANCE} a WHERE a.meeting_id = NEW.id AND a.votes
  AND a.presence IN ('present', 'late', 'deputy'))"""
_CLOSED_SOURCE = f"""NEW.source_type = 'resolution' AND NEW.state IN ({_among(OPEN_STATES)})
  AND EXISTS (SELECT 1 FROM {RESOLUTION} r WHERE r.id = NEW.source_id AND r.state IN ('confirmed', 'lapsed', 'superseded'))"""


def _is_final(meeting: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {MEETING} m WHERE m.id = {meeting}.meeting_id"
        f" AND m.state IN ({_among(FROZEN_MEETINGS)}))"
    )


def _rewritten(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)


_SAID_OF_MEETING = _rewritten("council_id", '"on"', "starts_at", "venue", "subject", "voting_seats", "quorum_needed")
_SAID_OF_ITEM = _rewritten("council_id", "position", "kind", "title", "text", "outcome", "visibility", "is_done")
_SAID_OF_RESOLUTION = _rewritten(
    "council_id", "meeting_id", "item_id", "title", "text", "rationale", "basis", "in_favour", "against", "abstained",
    "by_consensus", "is_declaratory", "visibility",
)  # fmt: skip
_KEEPS_NUMBER = (
    "OLD.number IS NOT NULL AND (NEW.number IS NULL OR NEW.number <> OLD.number"
    " OR NEW.jalali_year <> OLD.jalali_year OR NEW.place_id <> OLD.place_id)"
)

RULES: tuple[RowRule, ...] = (
    RowRule(MEETING, UPDATE, "step", Refused.STEP, f"NEW.state <> OLD.state AND NOT ({_allowed(MEETING_FLOW)})"),
    RowRule(MEETING, INSERT, "planned", Refused.STEP, "NEW.state <> 'planned' OR NEW.quorum_met IS NOT NULL"),
    RowRule(
        MEETING, UPDATE, "quorum", Refused.COUNTED,
        f"NEW.quorum_met AND (OLD.quorum_met IS NULL OR NOT OLD.quorum_met)"
        f" AND (NEW.quorum_needed < 1 OR {_THERE} < NEW.quorum_needed)",
    ),
    RowRule(MEETING, UPDATE, "number", Refused.NUMBER, _KEEPS_NUMBER),
    RowRule(
        MEETING, UPDATE, "final", Refused.FROZEN, f"OLD.state IN ({_among(FROZEN_MEETINGS)}) AND ({_SAID_OF_MEETING})"
    ),
    RowRule(MEETING, DELETE, "stays", Refused.KEPT, "OLD.number IS NOT NULL"),
    RowRule(ITEM, UPDATE, "final", Refused.FROZEN, f"{_is_final('OLD')} AND ({_SAID_OF_ITEM})"),
    RowRule(ITEM, DELETE, "stays", Refused.FROZEN, _is_final("OLD")),
    RowRule(ITEM, INSERT, "not_later", Refused.FROZEN, _is_final("NEW")),
    RowRule(ATTENDANCE, UPDATE, "final", Refused.FROZEN, _is_final("OLD")),
    RowRule(ATTENDANCE, DELETE, "stays", Refused.FROZEN, _is_final("OLD")),
    RowRule(ATTENDANCE, INSERT, "not_later", Refused.FROZEN, _is_final("NEW")),
    RowRule(RESOLUTION, INSERT, "proposed", Refused.STEP, "NEW.state <> 'proposed'"),
    RowRule(RESOLUTION, INSERT, "not_later", Refused.FROZEN, _is_final("NEW")),
    RowRule(RESOLUTION, UPDATE, "step", Refused.STEP, f"NEW.state <> OLD.state AND NOT ({_allowed(RESOLUTION_FLOW)})"),
    RowRule(
        RESOLUTION, UPDATE, "quorum", Refused.QUORUM,
        f"NEW.state IN ('adopted', 'communicated', 'confirmed') AND NOT {_MET}",
    ),
    RowRule(RESOLUTION, UPDATE, "owed", Refused.OWED, f"NEW.state IN ('confirmed', 'lapsed', 'superseded') AND {_OWED}"),
    RowRule(
        RESOLUTION, UPDATE, "somebody_owes", Refused.NOBODY_OWES,
        f"NEW.state IN ('communicated', 'confirmed') AND NOT NEW.is_declaratory AND NOT EXISTS ({_COMMITMENTS})",
    ),
    RowRule(RESOLUTION, UPDATE, "number", Refused.NUMBER, _KEEPS_NUMBER),
    RowRule(RESOLUTION, UPDATE, "final", Refused.FROZEN, f"{_is_final('OLD')} AND ({_SAID_OF_RESOLUTION})"),
    RowRule(RESOLUTION, DELETE, "stays", Refused.KEPT, "OLD.number IS NOT NULL"),
    RowRule(COMMITMENT, INSERT, "under_closed", Refused.CLOSED, _CLOSED_SOURCE),
    RowRule(COMMITMENT, UPDATE, "under_closed_again", Refused.CLOSED, _CLOSED_SOURCE),
    *written_once(MINUTES, Refused.KEPT),
    *written_once("councils_remark", Refused.KEPT),
    *written_once("councils_signature", Refused.KEPT),
    *written_once("councils_corrigendum", Refused.KEPT),
)  # fmt: skip

COUNCILS = guards_of("hamafza_councils_", RULES)
