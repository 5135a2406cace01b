"""What the database itself refuses of the desk: a snapshot that is rewritten, a question or an answer that is."""

from __future__ import annotations

from enum import StrEnum

from hamafza.core.row_rules import DELETE, INSERT, UPDATE, RowRule, guards_of, written_once

SNAPSHOT = "desk_snapshot"
QUESTION = "desk_question"
QUESTION_NEED = "desk_questionneed"


class Refused(StrEnum):
    KEPT = "desk: a snapshot is never rewritten"
    BORN = "desk: a question begins without an answer"
    STEP = "desk: this step is not possible in this state"
    SAID = "desk: what was asked or answered is never rewritten"


_STEPS = (
    "(OLD.state = 'asked' AND NEW.state = 'answered' AND NEW.answer <> '')"
    " OR (OLD.state = 'answered' AND NEW.state = 'closed')"
)


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


_ASKED = _changed(
    "id", "county_id", "number", "jalali_year", "domain", "district_id", "row", "text", "asked_by_id", "asked_for_id",
    "asked_at",
)  # fmt: skip
_ANSWERED = f"OLD.state <> 'asked' AND ({_changed('answer', 'answered_by_id', 'answered_at')})"
_CLOSED = f"OLD.state = 'closed' AND ({_changed('closed_at')})"

RULES: tuple[RowRule, ...] = (
    *written_once(SNAPSHOT, Refused.KEPT),
    *written_once(QUESTION_NEED, Refused.SAID),
    RowRule(QUESTION, INSERT, "born", Refused.BORN, "NEW.state <> 'asked'"),
    RowRule(QUESTION, UPDATE, "step", Refused.STEP, f"NEW.state <> OLD.state AND NOT ({_STEPS})"),
    RowRule(QUESTION, UPDATE, "asked", Refused.SAID, _ASKED),
    RowRule(QUESTION, UPDATE, "answered", Refused.SAID, f"({_ANSWERED}) OR ({_CLOSED})"),
    RowRule(QUESTION, DELETE, "stays", Refused.SAID),
)

DESK = guards_of("hamafza_desk_", RULES)
