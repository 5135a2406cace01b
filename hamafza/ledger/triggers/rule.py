"""What a rule is: a table, an operation, a condition that must not hold, and why.

The conditions are SQL that both databases read: ``{entry}`` and the like stand for the tables, ``OLD`` and ``NEW`` for
the row.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Tables by the names the conditions use.
TABLES = {
    "entry": "ledger_journalentry",
    "line": "ledger_journalline",
    "fund": "ledger_fund",
    "balance": "ledger_fundbalance",
    "period": "ledger_fiscalperiod",
    "transfer": "ledger_countytransfer",
    "allowance": "ledger_transferallowance",
    "place": "places_place",
    "need": "needs_need",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Refuse ``operation`` on ``table`` while ``condition`` holds."""

    table: str
    operation: str
    condition: str
    because: str


def on_insert(table: str, because: str, condition: str) -> Rule:
    """Refuse additions."""
    return Rule(table, "INSERT", condition, because)


def on_update(table: str, because: str, condition: str) -> Rule:
    """Refuse changes."""
    return Rule(table, "UPDATE", condition, because)


def on_delete(table: str, because: str, condition: str) -> Rule:
    """Refuse removals."""
    return Rule(table, "DELETE", condition, because)


def on_both(table: str, because: str, condition: str) -> tuple[Rule, Rule]:
    """Refuse additions and changes."""
    return on_insert(table, because, condition), on_update(table, because, condition)


def changed(*columns: str) -> str:
    """SQL that is true when one of the columns gets another value."""
    return "(" + " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns) + ")"
