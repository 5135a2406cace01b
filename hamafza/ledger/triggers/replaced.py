# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""Rules for SQLite alone, where a row can be pushed out by another that takes its key.

``INSERT OR REPLACE`` and ``UPDATE OR REPLACE`` remove the row in the way without asking a DELETE trigger, unless
``recursive_triggers`` is on, as only our own connections have it. Rows are also known by their ``rowid``.
"""

from __future__ import annotations

from hamafza.ledger.choices import FundState
from hamafza.ledger.triggers.rule import Rule, on_both, on_insert, on_update

_SAME_BOUNDS = " AND ".join(
    f"f.{column} IS NEW.{column}"
    for column in ("county_id", "restriction", "purpose", "target_group", "need_id", "use_by", "surplus_rule")
)


def _kept(table: str) -> Rule:
    """No row of ``table`` is pushed out by one that takes its key."""
    return on_insert(
        table,
        "a row that stands is not replaced",
        f"EXISTS (SELECT 1 FROM {{{table}}} r WHERE r.id = NEW.id) OR EXISTS (SELECT 1 FROM {{{table}}} r WHERE r.rowid = NEW.rowid)",
    )


def _same_row(table: str) -> Rule:
    return on_update(table, "a row keeps its place", "NEW.rowid <> OLD.rowid")


REPLACED = (
    *(_kept(table) for table in ("entry", "line", "fund", "balance", "period", "transfer")),
    *(_same_row(table) for table in ("entry", "line", "fund", "balance", "period", "transfer")),
    *on_both(
        "entry",
        "an entry is reversed once",
        "NEW.reversal_of_id IS NOT NULL AND EXISTS (SELECT 1 FROM {entry} e WHERE e.reversal_of_id = NEW.reversal_of_id AND e.id <> NEW.id)",
    ),
    *on_both(
        "entry",
        "a transfer has one entry in a county",
        "NEW.transfer IS NOT NULL AND EXISTS (SELECT 1 FROM {entry} e WHERE e.county_id = NEW.county_id AND e.transfer = NEW.transfer AND e.id <> NEW.id)",
    ),
    on_insert(
        "line",
        "a row that stands is not replaced",
        "EXISTS (SELECT 1 FROM {line} l WHERE l.entry_id = NEW.entry_id AND l.position = NEW.position)",
    ),
    on_insert(
        "balance",
        "a row that stands is not replaced",
        "EXISTS (SELECT 1 FROM {balance} b WHERE b.fund_id = NEW.fund_id AND b.account = NEW.account)",
    ),
    *on_both(
        "period",
        "a row that stands is not replaced",
        """EXISTS (SELECT 1 FROM {period} p WHERE p.county_id = NEW.county_id AND p.jalali_year = NEW.jalali_year
  AND p.jalali_month = NEW.jalali_month AND p.id <> NEW.id)""",
    ),
    # Before `fund_once` would push the open fund out for another.
    *on_both(
        "fund",
        "a fund with these bounds is open already",
        f"NEW.state = '{FundState.OPEN}' AND EXISTS (SELECT 1 FROM {{fund}} f WHERE {_SAME_BOUNDS} AND f.state = '{FundState.OPEN}' AND f.id <> NEW.id)",
    ),
)
