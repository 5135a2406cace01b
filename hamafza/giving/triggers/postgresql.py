"""PostgreSQL: a function and a trigger a rule. Of two uses of one gift at once the second waits for the first."""

from __future__ import annotations

from hamafza.core.guards import Guard, refusing
from hamafza.giving.triggers.refusals import BEYOND, KEPT, PREFIX, STRAYS, TABLES, Refused

CODE = "USING ERRCODE = 'integrity_constraint_violation'"


def _guard(table: str, what: str, when: str, body: str, *, each: str = "ROW") -> Guard:
    name = f"{PREFIX}{table}_{what}"
    place = f'{when} ON "{TABLES[table]}" FOR EACH {each}'
    return Guard(name, TABLES[table], f'CREATE TRIGGER "{name}" {place} EXECUTE FUNCTION "{name}"()', body)


def _fits(strays: str) -> str:
    return f"\nBEGIN\n  IF {strays} THEN RAISE EXCEPTION '{Refused.OTHER_COUNTY}' {CODE}; END IF;\n  RETURN NEW;\nEND\n"


BOOKED = f"""
BEGIN
  PERFORM 1 FROM giving_donationline d WHERE d.id = NEW.line_id FOR NO KEY UPDATE;
  IF {BEYOND} THEN RAISE EXCEPTION '{Refused.BEYOND}' {CODE}; END IF;
  RETURN NULL;
END
"""

GUARDS: tuple[Guard, ...] = (
    *(_guard(table, "fits", "BEFORE INSERT OR UPDATE", _fits(strays)) for table, strays in STRAYS.items()),
    *(
        _guard(table, "stands", "BEFORE UPDATE OR DELETE OR TRUNCATE", refusing(Refused.KEPT), each="STATEMENT")
        for table in KEPT
    ),
    _guard("giftuse", "booked", "AFTER INSERT", BOOKED),
)
