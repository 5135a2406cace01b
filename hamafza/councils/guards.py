# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""What the database itself refuses of councils: adoption without quorum, closing what is owed, rewriting final minutes."""

from __future__ import annotations

from enum import StrEnum

from hamafza.commitments.flow import OPEN_STATES
from hamafza.core.flow import Flow
from hamafza.core.row_rules import DELETE, INSERT, UPDATE, RowRule, guards_of, written_once
from hamafza.councils.choices import Presence
from hamafza.councils.flow import FROZEN_MEETINGS, HERE, MEETING_FLOW, RESOLUTION_FLOW, UNCLOSED, WITH_PRESENCE

MEETING = "councils_meeting"
ITEM = "councils_agendaitem"
ATTENDANCE = "councils_attendance"
RESOLUTION = "councils_resolution"
MINUTES = "councils_minutes"
NOTE = "councils_councilnote"
SIGNATURE = "councils_signature"
REMARK = "councils_remark"
CORRIGENDUM = "councils_corrigendum"
COMMITMENT = "commitments_commitment"


class Refused(StrEnum):
    STEP = "councils: this step is not possible in this state"
    QUORUM = "councils: nothing is adopted without a quorum on record"
    COUNTED = "councils: a quorum is those who were there"
    RULE = "councils: seats and quorum of a meeting are those of its council on its day"
    VOTES = "councils: a vote belongs to a seat"
    INVITED = "councils: the seats of a meeting are those of its council when it is invited"
    DEPUTY = "councils: a deputy on record is one of that seat"
    PRESENCE = "councils: who was there is said until the session ends"
    NOBODY = "councils: nobody is there for a seat that nobody holds"
    DECIDED = "councils: what was voted on is not rewritten"
    CAST = "councils: no more votes than those who are there"
    OWED = "councils: a resolution with an open commitment is not closed"
    NOBODY_OWES = "councils: a resolution that is no declaration needs a commitment"
    NOT_DONE = "councils: confirmed is what somebody has done"
    CLOSED = "councils: nothing new is owed under a closed resolution"
    STAYS = "councils: a commitment stays with its resolution and is dropped only with a reason"
    FROZEN = "councils: final minutes are never rewritten"
    KEPT = "councils: what was signed or said stays"
    NUMBER = "councils: numbers follow each other and never change"
    HOME = "councils: what a meeting resolved stays with it"
    UNSIGNED = "councils: final minutes are signed by those who were there"
    PHASE = "councils: this is not possible in this phase of the minutes"


def _among(states: frozenset[str]) -> str:
    return ", ".join(f"'{state!s}'" for state in sorted(states))


def _allowed(flow: Flow) -> str:
    return " OR ".join(
        f"OLD.state = '{before!s}' AND NEW.state IN ({_among(after)})" for before, after in flow.items() if after
    )


def _meeting_is(condition: str, row: str = "NEW") -> str:
    return f"EXISTS (SELECT 1 FROM {MEETING} m WHERE m.id = {row}.meeting_id AND {condition})"


def _minutes_are(condition: str) -> str:
    return f"""EXISTS (SELECT 1 FROM {MINUTES} t JOIN {MEETING} m ON m.id = t.meeting_id
  WHERE t.id = NEW.minutes_id AND {condition})"""


def _is_final(row: str) -> str:
    return _meeting_is(f"m.state IN ({_among(FROZEN_MEETINGS)})", row)


def _session_over(row: str) -> str:
    """And its minutes not final, for which there is a rule of its own."""
    return _meeting_is(f"m.state NOT IN ({_among(WITH_PRESENCE | FROZEN_MEETINGS)})", row)


def _changed(*columns: str) -> str:
    return "(" + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns) + ")"


_MET = _meeting_is("m.quorum_met")
_IN_SESSION = _meeting_is("m.state = 'in_session'")
_IN_REVIEW = _minutes_are("m.state = 'minutes_review'")
_OF_FINAL = _minutes_are("t.phase = 'final'")
_COMMITMENTS = f"SELECT 1 FROM {COMMITMENT} k WHERE k.source_type = 'resolution' AND k.source_id = NEW.id"
_OWED = f"EXISTS ({_COMMITMENTS} AND k.state IN ({_among(OPEN_STATES)}))"
_THERE = f"""(SELECT count(*) FROM {ATTENDANCE} a WHERE a.meeting_id = NEW.id AND a.votes
  AND a.presence IN ({_among(HERE)}))"""
#: As `_THERE`, at the moment of a vote in that meeting.
_VOTERS = f"""(SELECT count(*) FROM {ATTENDANCE} a WHERE a.meeting_id = NEW.meeting_id AND a.votes
  AND a.presence IN ({_among(HERE)}))"""
_QUORATE = _meeting_is(f"m.quorum_needed > 0 AND {_VOTERS} >= m.quorum_needed")
_NOBODY_HERE = f"NEW.holding_id IS NULL AND NEW.presence IN ({_among(HERE - {Presence.DEPUTY})})"
_INVITED_SEAT = _meeting_is(
    "m.state = 'invited' AND m.council_id = (SELECT s.council_id FROM councils_seat s WHERE s.id = NEW.seat_id)"
)
_NO_DEPUTY = """NEW.deputy_holding_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM councils_seatholding h
  WHERE h.id = NEW.deputy_holding_id AND h.seat_id = NEW.seat_id AND h.is_deputy)"""
_VOTED = "OLD.state = 'proposed' AND NEW.state IN ('adopted', 'rejected')"
_SEATS = """(SELECT count(*) FROM councils_seat s WHERE s.council_id = NEW.council_id AND s.votes
  AND s.since <= NEW."on" AND (s.until IS NULL OR s.until >= NEW."on"))"""
#: `quorum.needed` in SQL; both databases divide whole numbers whole.
_NEEDED = """(SELECT CASE c.quorum_rule WHEN 'fixed' THEN c.quorum_number WHEN 'two_thirds' THEN (2 * NEW.voting_seats + 2) / 3
  ELSE NEW.voting_seats / 2 + 1 END FROM councils_council c WHERE c.id = NEW.council_id)"""
_SEAT_VOTES = "(SELECT s.votes FROM councils_seat s WHERE s.id = NEW.seat_id)"
_CLOSED_SOURCE = f"""NEW.source_type = 'resolution' AND NEW.state IN ({_among(OPEN_STATES)})
  AND EXISTS (SELECT 1 FROM {RESOLUTION} r WHERE r.id = NEW.source_id AND r.state IN ('confirmed', 'lapsed', 'superseded'))"""
#: What is newly owed under a resolution: only while that is under way, and no declaration.
_NOT_UNDER_WAY = f"""NEW.source_type = 'resolution' AND NEW.state IN ({_among(OPEN_STATES)})
  AND NOT EXISTS (SELECT 1 FROM {RESOLUTION} r WHERE r.id = NEW.source_id AND r.state IN ({_among(UNCLOSED)})
    AND NOT r.is_declaratory)"""
_SIGNS = f"""EXISTS (SELECT 1 FROM {MINUTES} t JOIN {ATTENDANCE} a ON a.meeting_id = t.meeting_id
  WHERE t.id = NEW.minutes_id AND t.phase = 'final' AND a.id = NEW.attendance_id AND a.presence IN ({_among(HERE)}))"""

_REVIEWED = _meeting_is("m.state = 'minutes_review'")
#: Word for word what lay before those who were there last.
_READ = f"""EXISTS (SELECT 1 FROM {MINUTES} t WHERE t.meeting_id = NEW.meeting_id AND t.phase = 'review'
  AND t.text = NEW.text AND t.hash = NEW.hash
  AND t.version = (SELECT max(v.version) FROM {MINUTES} v WHERE v.meeting_id = NEW.meeting_id))"""
_SEATED = f"""FROM {ATTENDANCE} a JOIN councils_seat s ON s.id = a.seat_id
  WHERE a.meeting_id = NEW.id AND a.presence IN ({_among(HERE)})"""
_SIGNED = f"EXISTS (SELECT 1 FROM {SIGNATURE} g WHERE g.attendance_id = a.id)"
_LED = f"EXISTS (SELECT 1 {_SEATED} AND s.office = 'chair')"
#: `queries.minutes.must_sign` in SQL.
_UNSIGNED = f"""(NOT EXISTS (SELECT 1 {_SEATED} AND {_SIGNED}) OR EXISTS (SELECT 1 {_SEATED} AND NOT {_SIGNED}
  AND (s.office IN ('chair', 'secretary') OR s.office = 'deputy_chair' AND NOT {_LED})))"""

_SAID_OF_MEETING = _changed(
    "council_id", '"on"', "starts_at", "ends_at", "venue", "subject", "voting_seats", "quorum_needed", "quorum_met"
)
_SAID_OF_ITEM = _changed(
    "council_id", "meeting_id", "position", "kind", "title", "text", "outcome", "visibility", "is_done"
)
_SAID_OF_RESOLUTION = _changed(
    "item_id", "title", "text", "rationale", "basis", "in_favour", "against", "abstained", "by_consensus",
    "is_declaratory", "visibility", "effective_on", "review_on", "supersedes_id",
)  # fmt: skip
_KEEPS_NUMBER = f"OLD.number IS NOT NULL AND {_changed('number', 'jalali_year', 'place_id', 'council_id')}"


def _next_number(table: str) -> str:
    """A number that is given is the one after the last of its council and year (C7)."""
    last = (
        f"SELECT max(x.number) FROM {table} x WHERE x.council_id = NEW.council_id AND x.jalali_year = NEW.jalali_year"
    )
    return f"OLD.number IS NULL AND NEW.number IS NOT NULL AND NEW.number <> 1 + coalesce(({last}), 0)"


_MEETING_RULES = (
    RowRule(MEETING, UPDATE, "step", Refused.STEP, f"NEW.state <> OLD.state AND NOT ({_allowed(MEETING_FLOW)})"),
    RowRule(
        MEETING, INSERT, "planned", Refused.STEP,
        "NEW.state <> 'planned' OR NEW.quorum_met IS NOT NULL OR NEW.number IS NOT NULL",
    ),
    RowRule(
        MEETING, UPDATE, "quorum_rule", Refused.RULE,
        f"(NEW.state = 'invited' AND OLD.state = 'planned' AND (NEW.voting_seats <> {_SEATS} OR NEW.quorum_needed <> {_NEEDED}))"
        f" OR (OLD.state <> 'planned' AND {_changed('voting_seats', 'quorum_needed', 'voting_rule', 'council_id')})",
    ),
    RowRule(
        MEETING, UPDATE, "quorum", Refused.COUNTED,
        f"(OLD.quorum_met IS NOT NULL AND {_changed('quorum_met')})"
        " OR (NEW.quorum_met AND OLD.quorum_met IS NULL"
        f" AND (NEW.state <> 'in_session' OR NEW.quorum_needed < 1 OR {_THERE} < NEW.quorum_needed))"
        " OR (NEW.state = 'in_session' AND (NEW.quorum_met IS NULL OR NOT NEW.quorum_met))",
    ),
    RowRule(MEETING, UPDATE, "number", Refused.NUMBER, _KEEPS_NUMBER),
    RowRule(MEETING, UPDATE, "next_number", Refused.NUMBER, _next_number(MEETING)),
    RowRule(
        MEETING, UPDATE, "final", Refused.FROZEN, f"OLD.state IN ({_among(FROZEN_MEETINGS)}) AND {_SAID_OF_MEETING}"
    ),
    RowRule(
        MEETING, UPDATE, "final_text", Refused.PHASE,
        f"NEW.state = 'minutes_final' AND NOT EXISTS (SELECT 1 FROM {MINUTES} t WHERE t.meeting_id = NEW.id AND t.phase = 'final')",
    ),
    RowRule(
        MEETING, UPDATE, "signed", Refused.UNSIGNED,
        f"NEW.state = 'published' AND OLD.state <> 'published' AND {_UNSIGNED}",
    ),
    RowRule(MEETING, DELETE, "stays", Refused.KEPT, "OLD.number IS NOT NULL"),
    RowRule(ITEM, UPDATE, "final", Refused.FROZEN, f"({_is_final('OLD')} AND {_SAID_OF_ITEM}) OR"
            f" (NEW.meeting_id IS DISTINCT FROM OLD.meeting_id AND {_is_final('NEW')})"),
    RowRule(ITEM, DELETE, "stays", Refused.FROZEN, _is_final("OLD")),
    RowRule(ITEM, INSERT, "not_later", Refused.FROZEN, _is_final("NEW")),
    RowRule(ATTENDANCE, UPDATE, "final", Refused.FROZEN, _is_final("OLD")),
    RowRule(ATTENDANCE, DELETE, "stays", Refused.FROZEN, _is_final("OLD")),
    RowRule(ATTENDANCE, INSERT, "not_later", Refused.FROZEN, _is_final("NEW")),
    RowRule(ATTENDANCE, INSERT, "votes", Refused.VOTES, f"NEW.votes <> {_SEAT_VOTES}"),
    RowRule(ATTENDANCE, UPDATE, "votes_still", Refused.VOTES, _changed("votes", "seat_id", "meeting_id")),
    RowRule(ATTENDANCE, UPDATE, "ended", Refused.PRESENCE, _session_over("OLD")),
    RowRule(ATTENDANCE, DELETE, "ended_stays", Refused.PRESENCE, _session_over("OLD")),
    RowRule(ATTENDANCE, INSERT, "invited", Refused.INVITED, f"NOT {_INVITED_SEAT}"),
    RowRule(ATTENDANCE, INSERT, "held", Refused.NOBODY, _NOBODY_HERE),
    RowRule(ATTENDANCE, UPDATE, "held_still", Refused.NOBODY, _NOBODY_HERE),
    RowRule(ATTENDANCE, INSERT, "deputy", Refused.DEPUTY, _NO_DEPUTY),
    RowRule(ATTENDANCE, UPDATE, "deputy_still", Refused.DEPUTY, _NO_DEPUTY),
    RowRule(NOTE, INSERT, "not_later", Refused.FROZEN, _is_final("NEW")),
    RowRule(NOTE, UPDATE, "final", Refused.FROZEN, _is_final("OLD")),
    RowRule(NOTE, DELETE, "stays", Refused.FROZEN, _is_final("OLD")),
)  # fmt: skip

_RESOLUTION_RULES = (
    RowRule(
        RESOLUTION, INSERT, "proposed", Refused.STEP,
        f"NEW.state <> 'proposed' OR NEW.number IS NOT NULL OR NOT {_IN_SESSION}",
    ),
    RowRule(RESOLUTION, UPDATE, "step", Refused.STEP, f"NEW.state <> OLD.state AND NOT ({_allowed(RESOLUTION_FLOW)})"),
    RowRule(
        RESOLUTION, UPDATE, "voted", Refused.STEP,
        f"OLD.state = 'proposed' AND NEW.state <> OLD.state AND NOT {_IN_SESSION}",
    ),
    RowRule(RESOLUTION, UPDATE, "home", Refused.HOME, _changed("meeting_id", "council_id", "place_id")),
    RowRule(
        RESOLUTION, UPDATE, "quorum", Refused.QUORUM,
        f"NEW.state IN ('adopted', 'communicated', 'confirmed') AND NOT {_MET}",
    ),
    RowRule(
        RESOLUTION, UPDATE, "quorum_now", Refused.QUORUM,
        f"OLD.state = 'proposed' AND NEW.state = 'adopted' AND NOT {_QUORATE}",
    ),
    RowRule(
        RESOLUTION, UPDATE, "cast", Refused.CAST,
        f"{_VOTED} AND NEW.in_favour + NEW.against + NEW.abstained > {_VOTERS}",
    ),
    RowRule(RESOLUTION, UPDATE, "owed", Refused.OWED, f"NEW.state IN ('confirmed', 'lapsed', 'superseded') AND {_OWED}"),
    RowRule(
        RESOLUTION, UPDATE, "somebody_owes", Refused.NOBODY_OWES,
        f"NEW.state IN ('communicated', 'confirmed') AND NOT NEW.is_declaratory AND NOT EXISTS ({_COMMITMENTS})",
    ),
    RowRule(
        RESOLUTION, UPDATE, "done", Refused.NOT_DONE,
        f"NEW.state = 'confirmed' AND NOT NEW.is_declaratory AND NOT {_OWED} AND EXISTS ({_COMMITMENTS})"
        f" AND NOT EXISTS ({_COMMITMENTS} AND k.state IN ('verified', 'closed'))",
    ),
    RowRule(RESOLUTION, UPDATE, "number", Refused.NUMBER, _KEEPS_NUMBER),
    RowRule(RESOLUTION, UPDATE, "next_number", Refused.NUMBER, _next_number(RESOLUTION)),
    RowRule(RESOLUTION, UPDATE, "final", Refused.FROZEN, f"{_is_final('OLD')} AND {_SAID_OF_RESOLUTION}"),
    RowRule(
        RESOLUTION, UPDATE, "decided", Refused.DECIDED,
        f"OLD.state <> 'proposed' AND NOT {_is_final('OLD')} AND {_SAID_OF_RESOLUTION}",
    ),
    RowRule(RESOLUTION, DELETE, "stays", Refused.KEPT, f"OLD.number IS NOT NULL OR {_is_final('OLD')}"),
    RowRule(COMMITMENT, INSERT, "under_closed", Refused.CLOSED, _NOT_UNDER_WAY),
    RowRule(
        COMMITMENT, UPDATE, "under_closed_again", Refused.CLOSED,
        f"({_CLOSED_SOURCE}) OR ({_changed('source_type', 'source_id')} AND {_NOT_UNDER_WAY})",
    ),
    RowRule(
        COMMITMENT, UPDATE, "stays_under", Refused.STAYS,
        f"(OLD.source_type = 'resolution' AND {_changed('source_type', 'source_id')})"
        " OR (OLD.source_type = 'resolution' AND NEW.state = 'cancelled' AND NEW.state_reason = '')",
    ),
    RowRule(COMMITMENT, DELETE, "stays_under_it", Refused.STAYS, "OLD.source_type = 'resolution'"),
)  # fmt: skip

_MINUTES_RULES = (
    RowRule(MINUTES, INSERT, "not_later", Refused.FROZEN, _is_final("NEW")),
    RowRule(
        MINUTES,
        INSERT,
        "as_read",
        Refused.PHASE,
        f"NEW.phase = 'final' AND NOT ({_REVIEWED} AND {_READ})",
    ),
    *written_once(MINUTES, Refused.KEPT),
    RowRule(REMARK, INSERT, "in_review", Refused.PHASE, f"NOT {_IN_REVIEW}"),
    *written_once(REMARK, Refused.KEPT),
    RowRule(SIGNATURE, INSERT, "was_there", Refused.UNSIGNED, f"NOT {_SIGNS}"),
    *written_once(SIGNATURE, Refused.KEPT),
    RowRule(CORRIGENDUM, INSERT, "of_final", Refused.PHASE, f"NOT {_OF_FINAL}"),
    *written_once(CORRIGENDUM, Refused.KEPT),
)

COUNCILS = guards_of("hamafza_councils_", [*_MEETING_RULES, *_RESOLUTION_RULES, *_MINUTES_RULES])
