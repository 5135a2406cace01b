# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""Rules of entries, lines, funds and balances, and what sealing writes."""

from __future__ import annotations

from hamafza.ledger.choices import FREE_ACCOUNTS, Account, EntryKind, PeriodState, TransferState
from hamafza.ledger.triggers.rule import changed, on_both, on_delete, on_insert, on_update

FREE = ", ".join(f"'{account.value}'" for account in FREE_ACCOUNTS)
HASH_LENGTH = 64

# --- entries ---

_SEALING = "OLD.posted_at IS NULL AND NEW.posted_at IS NOT NULL"
_REVERSES_WRONGLY = f"""NEW.reversal_of_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM {{entry}} e WHERE e.id = NEW.reversal_of_id AND e.county_id = NEW.county_id
  AND e.posted_at IS NOT NULL AND e.kind <> '{EntryKind.REVERSAL}')"""
_LAST_NUMBER = "coalesce((SELECT max(e.number) FROM {entry} e WHERE e.county_id = NEW.county_id), 0)"
_LAST_HASH = f"""coalesce((SELECT e.hash FROM {{entry}} e WHERE e.county_id = NEW.county_id AND e.number = NEW.number - 1),
  substr('{"0" * HASH_LENGTH}', 1, {HASH_LENGTH} - length(NEW.county_id)) || NEW.county_id)"""
_ON_CLEARING = f"SELECT 1 FROM {{line}} l WHERE l.entry_id = NEW.id AND l.account = '{Account.CLEARING}'"
_APPROVED_TRANSFER = f"""SELECT 1 FROM {{transfer}} t JOIN {{line}} l ON l.entry_id = NEW.id AND l.account = '{Account.CLEARING}'
  WHERE t.id = NEW.transfer AND NEW.kind = '{EntryKind.TRANSFER}'
  AND t.state IN ('{TransferState.APPROVED}', '{TransferState.DONE}')
  AND t.first_by_id IS NOT NULL AND t.second_by_id IS NOT NULL
  AND (SELECT count(*) FROM {{line}} k WHERE k.entry_id = NEW.id) = 2
  AND ((t.county_id = NEW.county_id AND l.fund_id = t.from_fund_id AND l.amount = t.amount)
    OR (t.to_county_id = NEW.county_id AND l.fund_id = t.to_fund AND l.amount = -t.amount))"""

ENTRY = (
    on_insert(
        "entry",
        "an entry is written as a draft and sealed afterwards",
        "NEW.posted_at IS NOT NULL OR NEW.number IS NOT NULL",
    ),
    on_update("entry", "a posted entry is never changed", "OLD.posted_at IS NOT NULL"),
    on_update("entry", "an entry keeps its id and its county", changed("id", "county_id")),
    *on_both("entry", "a reversal names a posted entry of its own county that is no reversal", _REVERSES_WRONGLY),
    on_update(
        "entry",
        "an entry has two lines or more",
        f"{_SEALING} AND (SELECT count(*) FROM {{line}} l WHERE l.entry_id = NEW.id) < 2",
    ),
    on_update(
        "entry",
        "the lines do not sum to zero in each fund",
        f"{_SEALING} AND EXISTS (SELECT 1 FROM {{line}} l WHERE l.entry_id = NEW.id GROUP BY l.fund_id HAVING sum(l.amount) <> 0)",
    ),
    on_update(
        "entry",
        "the number does not follow the last one of the county",
        f"{_SEALING} AND NEW.number IS DISTINCT FROM {_LAST_NUMBER} + 1",
    ),
    on_update(
        "entry",
        "the entry does not point back to the last one of the county",
        f"{_SEALING} AND (NEW.prev_hash IS DISTINCT FROM {_LAST_HASH} OR length(NEW.hash) <> {HASH_LENGTH})",
    ),
    on_update(
        "entry",
        "the books of this month are closed",
        f"""{_SEALING} AND EXISTS (SELECT 1 FROM {{period}} p WHERE p.county_id = NEW.county_id
  AND p.state = '{PeriodState.CLOSED}' AND NEW."on" BETWEEN p.starts_on AND p.ends_on)""",
    ),
    on_update(
        "entry",
        "a reversal is not the mirror of its entry",
        f"""{_SEALING} AND NEW.kind = '{EntryKind.REVERSAL}' AND EXISTS (SELECT 1 FROM {{line}} l
  WHERE l.entry_id IN (NEW.id, NEW.reversal_of_id) GROUP BY l.fund_id, l.account HAVING sum(l.amount) <> 0)""",
    ),
    on_update(
        "entry",
        "money crosses a border only by a transfer that two have approved",
        f"{_SEALING} AND (NEW.transfer IS NOT NULL OR EXISTS ({_ON_CLEARING})) AND NOT EXISTS ({_APPROVED_TRANSFER})",
    ),
    on_delete("entry", "a posted entry is never removed", "OLD.posted_at IS NOT NULL"),
)

# --- lines ---


def _is_posted(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {{entry}} e WHERE e.id = {row}.entry_id AND e.posted_at IS NOT NULL)"


LINE = (
    on_update("line", "a line of a posted entry is never changed", _is_posted("OLD")),
    on_update("line", "a line keeps its id", changed("id")),
    *on_both("line", "a posted entry takes no more lines", _is_posted("NEW")),
    *on_both(
        "line",
        "a line lies in the county of its entry",
        "NOT EXISTS (SELECT 1 FROM {entry} e WHERE e.id = NEW.entry_id AND e.county_id = NEW.county_id)",
    ),
    *on_both(
        "line",
        "a fund is spent in its own county only",
        "NOT EXISTS (SELECT 1 FROM {fund} f WHERE f.id = NEW.fund_id AND f.county_id = NEW.county_id)",
    ),
    on_delete("line", "a line of a posted entry is never removed", _is_posted("OLD")),
)

# --- funds and what they have ---

_ENTRY_SUM = """(SELECT sum(l.amount) FROM {line} l JOIN {entry} e ON e.id = l.entry_id
  WHERE e.county_id = NEW.county_id AND e.number = NEW.upto AND l.fund_id = NEW.fund_id AND l.account = NEW.account)"""
_USED = "EXISTS (SELECT 1 FROM {line} l WHERE l.fund_id = OLD.id)"

FUND = (
    on_update("fund", "a fund keeps its id and its county", changed("id", "county_id")),
    on_update(
        "fund",
        "what binds a fund does not change once money lies in it",
        f"{changed('restriction', 'purpose', 'target_group', 'need_id')} AND {_USED}",
    ),
    *on_both(
        "fund",
        "a fund is for needs of its own county",
        "NEW.need_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {need} n WHERE n.id = NEW.need_id AND n.county_id = NEW.county_id)",
    ),
    on_delete("fund", "a fund with lines is never removed", _USED),
)

BALANCE = (
    on_insert("balance", "balances are written by posting", f"NEW.amount IS DISTINCT FROM {_ENTRY_SUM}"),
    on_update("balance", "balances are written by posting", changed("id", "county_id", "fund_id", "account")),
    on_update(
        "balance",
        "balances are written by posting",
        f"NEW.upto <= OLD.upto OR NEW.amount - OLD.amount IS DISTINCT FROM {_ENTRY_SUM}",
    ),
    on_delete("balance", "balances are written by posting", "OLD.id IS NOT NULL"),
)

# --- what sealing writes ---

_SUMS = """(SELECT l.fund_id AS in_fund, l.account AS on_account, sum(l.amount) AS total FROM {line} l
  WHERE l.entry_id = NEW.id GROUP BY l.fund_id, l.account) AS s"""
#: After an entry is sealed: the balances follow. ``{new_id}`` makes a key.
KEEP_BALANCES = (
    f"""UPDATE {{balance}} SET amount = amount + s.total, upto = NEW.number FROM {_SUMS}
  WHERE fund_id = s.in_fund AND account = s.on_account""",
    f"""INSERT INTO {{balance}} (id, county_id, fund_id, account, amount, upto)
  SELECT {{new_id}}, NEW.county_id, s.in_fund, s.on_account, s.total, NEW.number FROM {_SUMS}
  WHERE NOT EXISTS (SELECT 1 FROM {{balance}} b WHERE b.fund_id = s.in_fund AND b.account = s.on_account)""",
)
OVERDRAWN = f"""EXISTS (SELECT 1 FROM {{balance}} b WHERE b.account IN ({FREE})
  AND b.fund_id IN (SELECT l.fund_id FROM {{line}} l WHERE l.entry_id = NEW.id) GROUP BY b.fund_id HAVING sum(b.amount) < 0)"""
OVERDRAWN_BECAUSE = "a fund would be overdrawn"
#: Otherwise what was never committed could be released, and a fund would have more free than it has money.
UNCOMMITTED = f"""EXISTS (SELECT 1 FROM {{balance}} b WHERE b.account = '{Account.COMMITTED}' AND b.amount > 0
  AND b.fund_id IN (SELECT l.fund_id FROM {{line}} l WHERE l.entry_id = NEW.id))"""
UNCOMMITTED_BECAUSE = "more would be paid or released than was committed"
#: What must not be so once the balances are written.
AFTERWARDS = ((OVERDRAWN, OVERDRAWN_BECAUSE), (UNCOMMITTED, UNCOMMITTED_BECAUSE))
