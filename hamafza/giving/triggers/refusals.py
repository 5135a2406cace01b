# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""What the database says when it refuses, and on what conditions; the same words of SQL on both."""

from __future__ import annotations

from enum import StrEnum

PREFIX = "hamafza_giving_"

TABLES = {
    "allocation": "giving_allocation",
    "disbursement": "giving_disbursement",
    "giftuse": "giving_giftuse",
    "giftmove": "giving_giftmove",
}


class Refused(StrEnum):
    OTHER_COUNTY = "giving: what is given in a county is spent there"
    KEPT = "giving: where a gift went is never changed"
    BEYOND = "giving: more of a gift would be used than was given"


def _not_here(table: str, column: str) -> str:
    """A row that is not in the county of the new one; a row of a closed county is not seen, and counts as elsewhere."""
    return f"NOT EXISTS (SELECT 1 FROM {table} x WHERE x.id = NEW.{column} AND x.county_id = NEW.county_id)"


def _named_not_here(table: str, column: str) -> str:
    return f"(NEW.{column} IS NOT NULL AND {_not_here(table, column)})"


#: A new or changed row that reaches over the border (F3), by table.
STRAYS = {
    "allocation": f"{_not_here('ledger_fund', 'fund_id')} OR {_named_not_here('needs_need', 'need_id')}",
    "disbursement": _not_here("giving_allocation", "allocation_id"),
    "giftuse": f"{_not_here('giving_donationline', 'line_id')} OR {_not_here('giving_allocation', 'allocation_id')}",
    "giftmove": (
        f"{_not_here('giving_donationline', 'line_id')} OR {_not_here('ledger_fund', 'source_id')}"
        f" OR {_named_not_here('ledger_fund', 'target_id')} OR {_named_not_here('ledger_countytransfer', 'transfer_id')}"
    ),
}
#: T1, once the row is written.
BEYOND = """(SELECT sum(u.amount) FROM giving_giftuse u WHERE u.line_id = NEW.line_id)
  > (SELECT d.amount FROM giving_donationline d WHERE d.id = NEW.line_id)"""
#: Rows that are never changed or removed; the others may change within their county.
KEPT = ("giftuse", "giftmove")
