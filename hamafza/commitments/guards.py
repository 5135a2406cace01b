# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""What the database itself refuses, whoever asks: a lost first date, a step past the flow, one's own work verified (A1-A8)."""

from __future__ import annotations

from enum import StrEnum

from hamafza.commitments.choices import CommitmentState
from hamafza.commitments.flow import COMMITMENT_FLOW, OWED_STATES
from hamafza.core.row_rules import DELETE, INSERT, UPDATE, RowRule, guards_of, written_once

COMMITMENT = "commitments_commitment"
REPORT = "commitments_progressupdate"
VERIFICATION = "commitments_verification"
CHANGE = "commitments_duedatechange"
MOVE = "commitments_reassignment"


class Refused(StrEnum):
    BORN = "commitments: a commitment begins as a draft or handed to its owner"
    STEP = "commitments: this step is not possible in this state"
    FIRST_DATE = "commitments: the first due date is never changed"
    DATE = "commitments: a due date changes only as it was approved"
    OWNER = "commitments: an owner changes only as it was reassigned"
    PLACE = "commitments: place and number never change"
    CLAIM = "commitments: done is what its owner has reported as done"
    NOBODYS_CLAIM = "commitments: what is reported as done is reported by somebody"
    VERIFIED = "commitments: verified is what somebody has found adequate"
    DONE_ON = "commitments: it was done on the day of the report that was found adequate"
    OWN_WORK = "commitments: nobody verifies her own work, or what is not reported as done"
    REMOVED = "commitments: only a draft is removed"
    ANOTHERS_PLACE = "commitments: this number is given already"
    KEPT = "commitments: what happened is never rewritten"
    NOBODYS = "commitments: a date is approved or refused by somebody, and not by whoever asked for it"
    OWNERS_OWN = "commitments: a date is decided on by another body than the one that owes it"
    NOT_OWED = "commitments: a date moves only as long as something is owed"
    DECIDED = "commitments: a change of date is decided once, as it was asked for"


def _among(states: frozenset[str]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


#: The flow in SQL.
_ALLOWED = " OR ".join(
    f"OLD.state = '{CommitmentState(before)}' AND NEW.state IN ({_among(after)})"
    for before, after in COMMITMENT_FLOW.items()
    if after
)
_LAST_CHANGE = f"""EXISTS (
  SELECT 1 FROM {CHANGE} c WHERE c.commitment_id = NEW.id AND c.state = 'approved'
    AND c.old_due_on = OLD.due_on AND c.new_due_on = NEW.due_on
    AND c.decided_at = (SELECT max(d.decided_at) FROM {CHANGE} d WHERE d.commitment_id = NEW.id AND d.state = 'approved'))"""
_LAST_MOVE = f"""EXISTS (
  SELECT 1 FROM {MOVE} r WHERE r.commitment_id = NEW.id AND r.from_owner_id = OLD.owner_id AND r.to_owner_id = NEW.owner_id
    AND r.at = (SELECT max(s.at) FROM {MOVE} s WHERE s.commitment_id = NEW.id))"""
_REPORTED = f"""EXISTS (
  SELECT 1 FROM {REPORT} u WHERE u.id = NEW.claim_id AND u.commitment_id = NEW.id AND u.is_claim
    AND NOT EXISTS (SELECT 1 FROM {VERIFICATION} v WHERE v.claim_id = u.id))"""
_FOUND_ADEQUATE = f"""EXISTS (
  SELECT 1 FROM {VERIFICATION} v WHERE v.claim_id = NEW.claim_id AND v.commitment_id = NEW.id AND v.adequate)"""
_DONE_THAT_DAY = f"""EXISTS (
  SELECT 1 FROM {VERIFICATION} v JOIN {REPORT} u ON u.id = v.claim_id
  WHERE u.id = NEW.claim_id AND v.commitment_id = NEW.id AND v.adequate AND u."on" = NEW.done_on)"""
_ANOTHERS_CLAIM = f"""EXISTS (
  SELECT 1 FROM {REPORT} u JOIN {COMMITMENT} k ON k.id = u.commitment_id AND k.claim_id = u.id
  WHERE u.id = NEW.claim_id AND k.id = NEW.commitment_id AND k.state = 'claimed' AND u.by_id <> NEW.by_id)"""
_OF_OWNER = f"""EXISTS (
  SELECT 1 FROM {COMMITMENT} k JOIN accounts_user u ON u.organization_id = k.owner_id
  WHERE k.id = NEW.commitment_id AND u.id = NEW.decided_by_id AND k.owner_id <> k.issuer_id)"""
_STILL_OWED = f"""EXISTS (
  SELECT 1 FROM {COMMITMENT} k WHERE k.id = NEW.commitment_id AND k.state IN ({_among(OWED_STATES)}))"""
_CHANGED_ASKING = (
    " OR ".join(
        f"NEW.{column} <> OLD.{column}"
        for column in (
            "id",
            "place_id",
            "commitment_id",
            "old_due_on",
            "new_due_on",
            "reason",
            "asked_at",
            "asked_by_id",
        )
    )
    + " OR (NEW.asked_by_id IS NULL) <> (OLD.asked_by_id IS NULL)"
)

RULES: tuple[RowRule, ...] = (
    RowRule(COMMITMENT, INSERT, "born", Refused.BORN, "NEW.state NOT IN ('draft', 'assigned')"),
    RowRule(COMMITMENT, INSERT, "first_date", Refused.FIRST_DATE, "NEW.original_due_on <> NEW.due_on"),
    RowRule(
        COMMITMENT, UPDATE, "keeps_first_date", Refused.FIRST_DATE,
        "(OLD.state <> 'draft' AND NEW.original_due_on <> OLD.original_due_on)"
        " OR (OLD.state = 'draft' AND NEW.original_due_on <> NEW.due_on)",
    ),
    RowRule(
        COMMITMENT, UPDATE, "keeps_date", Refused.DATE,
        f"OLD.state <> 'draft' AND NEW.due_on <> OLD.due_on AND NOT {_LAST_CHANGE}",
    ),
    RowRule(
        COMMITMENT, UPDATE, "keeps_owner", Refused.OWNER,
        f"OLD.state <> 'draft' AND NEW.owner_id <> OLD.owner_id AND NOT {_LAST_MOVE}",
    ),
    RowRule(
        COMMITMENT, UPDATE, "keeps_place", Refused.PLACE,
        "NEW.id <> OLD.id OR NEW.place_id <> OLD.place_id"
        " OR (OLD.number IS NOT NULL AND (NEW.number IS NULL OR NEW.number <> OLD.number"
        " OR NEW.jalali_year IS NULL OR NEW.jalali_year <> OLD.jalali_year))",
    ),
    RowRule(COMMITMENT, UPDATE, "step", Refused.STEP, f"NEW.state <> OLD.state AND NOT ({_ALLOWED})"),
    RowRule(
        COMMITMENT, UPDATE, "claim", Refused.CLAIM,
        f"NEW.state = 'claimed' AND (OLD.state <> 'claimed' OR NEW.claim_id <> OLD.claim_id) AND NOT {_REPORTED}",
    ),
    RowRule(
        COMMITMENT, UPDATE, "verified", Refused.VERIFIED,
        f"NEW.state IN ('verified', 'closed') AND NOT {_FOUND_ADEQUATE}",
    ),
    RowRule(
        COMMITMENT, UPDATE, "same_claim", Refused.VERIFIED,
        "NEW.state IN ('verified', 'closed') AND (OLD.claim_id IS NULL OR NEW.claim_id <> OLD.claim_id)",
    ),
    RowRule(COMMITMENT, INSERT, "done_on", Refused.DONE_ON, "NEW.done_on IS NOT NULL"),
    RowRule(
        COMMITMENT, UPDATE, "keeps_done_on", Refused.DONE_ON, f"NEW.done_on IS NOT NULL AND NOT {_DONE_THAT_DAY}"
    ),
    # By the number too no row is replaced by another one (SQLite's REPLACE takes any unique key).
    RowRule(
        COMMITMENT, INSERT, "number_once", Refused.ANOTHERS_PLACE,
        f"EXISTS (SELECT 1 FROM {COMMITMENT} x WHERE x.place_id = NEW.place_id AND x.number = NEW.number"
        " AND x.jalali_year = NEW.jalali_year)",
    ),
    RowRule(COMMITMENT, DELETE, "stays", Refused.REMOVED, "OLD.state <> 'draft'"),
    RowRule(VERIFICATION, INSERT, "anothers", Refused.OWN_WORK, f"NOT {_ANOTHERS_CLAIM}"),
    RowRule(REPORT, INSERT, "somebodys", Refused.NOBODYS_CLAIM, "NEW.is_claim AND NEW.by_id IS NULL"),
    *written_once(REPORT, Refused.KEPT),
    *written_once(VERIFICATION, Refused.KEPT),
    *written_once(MOVE, Refused.KEPT),
    *written_once("commitments_escalationstep", Refused.KEPT),
    RowRule(
        "commitments_escalationstep", INSERT, "each_once", Refused.KEPT,
        "EXISTS (SELECT 1 FROM commitments_escalationstep e WHERE e.commitment_id = NEW.commitment_id"
        " AND e.due_on = NEW.due_on AND e.level = NEW.level)",
    ),
    RowRule(CHANGE, INSERT, "asked", Refused.DECIDED, "NEW.state <> 'asked'"),
    RowRule(CHANGE, UPDATE, "decided_once", Refused.DECIDED, f"OLD.state <> 'asked' OR {_CHANGED_ASKING}"),
    RowRule(
        CHANGE, UPDATE, "two_hands", Refused.NOBODYS,
        "NEW.state <> 'asked' AND (NEW.decided_by_id IS NULL OR NEW.decided_by_id = OLD.asked_by_id)",
    ),
    RowRule(
        CHANGE, UPDATE, "other_body", Refused.OWNERS_OWN,
        f"NEW.state <> 'asked' AND (OLD.asked_by_id IS NULL OR NEW.decided_by_id <> OLD.asked_by_id) AND {_OF_OWNER}",
    ),
    RowRule(CHANGE, UPDATE, "owed", Refused.NOT_OWED, f"NEW.state <> 'asked' AND NOT {_STILL_OWED}"),
    RowRule(CHANGE, DELETE, "stays", Refused.KEPT),
)  # fmt: skip

COMMITMENTS = guards_of("hamafza_commitments_", RULES)
