# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""Rules of what goes step by step: months of the books and transfers between counties."""

from __future__ import annotations

from hamafza.ledger.choices import PeriodState, TransferState
from hamafza.ledger.triggers.rule import changed, on_delete, on_insert, on_update

# --- months ---

_CLOSED = f"OLD.state = '{PeriodState.CLOSED}'"

PERIOD = (
    on_update(
        "period",
        "a month keeps its county and its days",
        changed("id", "county_id", "jalali_year", "jalali_month", "starts_on", "ends_on"),
    ),
    on_update(
        "period",
        "a month is closed by somebody",
        f"NEW.state = '{PeriodState.CLOSED}' AND (NEW.closed_by_id IS NULL OR NEW.reopened_by_id IS NOT NULL)",
    ),
    on_update(
        "period",
        "entries of this month are not yet sealed",
        f"""NEW.state = '{PeriodState.CLOSED}' AND NOT {_CLOSED} AND EXISTS (SELECT 1 FROM {{entry}} e
  WHERE e.county_id = NEW.county_id AND e."on" BETWEEN NEW.starts_on AND NEW.ends_on AND e.posted_at IS NULL)""",
    ),
    on_update("period", "who closed a month is not rewritten", f"{_CLOSED} AND {changed('closed_by_id', 'closed_at')}"),
    on_update(
        "period",
        "a month is reopened by somebody else, with a reason",
        f"""{_CLOSED} AND NEW.state <> '{PeriodState.CLOSED}' AND (NEW.reopened_by_id IS NULL
  OR NEW.reopened_by_id = OLD.closed_by_id OR trim(NEW.reopen_reason) = '')""",
    ),
    on_delete("period", "a month that is being closed is not removed", f"OLD.state <> '{PeriodState.OPEN}'"),
)

# --- transfers between counties ---

T = TransferState
_STEPS = (
    (T.REQUESTED, T.APPROVED_ONCE),
    (T.APPROVED_ONCE, T.APPROVED),
    (T.APPROVED, T.DONE),
    (T.REQUESTED, T.REFUSED),
    (T.APPROVED_ONCE, T.REFUSED),
    (T.APPROVED, T.REFUSED),
)
_ALLOWED_STEP = " OR ".join(f"(OLD.state = '{before}' AND NEW.state = '{after}')" for before, after in _STEPS)

TRANSFER = (
    on_insert(
        "transfer",
        "a transfer begins with a request",
        f"""NEW.state <> '{T.REQUESTED}' OR NEW.requested_by_id IS NULL OR NEW.first_by_id IS NOT NULL
  OR NEW.second_by_id IS NOT NULL OR NEW.entry_out IS NOT NULL OR NEW.entry_in IS NOT NULL""",
    ),
    on_insert("transfer", "a transfer has the consent of the giver", "length(NEW.consent) = 0"),
    on_insert(
        "transfer",
        "the province has not allowed transfers between these counties",
        """NOT EXISTS (SELECT 1 FROM {allowance} a JOIN {place} p ON p.parent_id = a.province_id AND p.code = NEW.county_id
  JOIN {place} q ON q.parent_id = a.province_id AND q.code = NEW.to_county_id WHERE a.id = NEW.allowance_id)""",
    ),
    on_insert(
        "transfer",
        "a fund is spent in its own county only",
        "NOT EXISTS (SELECT 1 FROM {fund} f WHERE f.id = NEW.from_fund_id AND f.county_id = NEW.county_id)",
    ),
    on_update(
        "transfer",
        "what was asked for is not changed",
        changed(
            "id",
            "county_id",
            "from_fund_id",
            "to_county_id",
            "to_fund",
            "amount",
            "reason",
            "consent",
            "consent_on",
            "allowance_id",
            "requested_by_id",
            "requested_at",
        ),
    ),
    on_update("transfer", "a transfer goes step by step", f"NOT (NEW.state = OLD.state OR {_ALLOWED_STEP})"),
    on_update(
        "transfer",
        "who approved a transfer is not rewritten",
        f"""(OLD.first_by_id IS NOT NULL AND {changed("first_by_id")})
  OR (OLD.second_by_id IS NOT NULL AND {changed("second_by_id")}) OR OLD.state IN ('{T.DONE}', '{T.REFUSED}')""",
    ),
    on_update(
        "transfer",
        "nobody approves twice or what she has asked for",
        """(NEW.first_by_id = NEW.requested_by_id) OR (NEW.second_by_id = NEW.requested_by_id)
  OR (NEW.first_by_id = NEW.second_by_id)""",
    ),
    on_update(
        "transfer",
        "a transfer is done by its two entries",
        f"""NEW.state = '{T.DONE}' AND ((SELECT count(*) FROM {{entry}} e WHERE e.transfer = NEW.id AND e.posted_at IS NOT NULL
  AND ((e.id = NEW.entry_out AND e.county_id = NEW.county_id) OR (e.id = NEW.entry_in AND e.county_id = NEW.to_county_id))) <> 2)""",
    ),
    on_delete("transfer", "a request for a transfer is kept", "OLD.id IS NOT NULL"),
)
