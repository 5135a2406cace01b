"""PostgreSQL: a function a table and operation that locks, then asks the rules one after the other.

Every query of a function sees what was committed before it began, so what is read after the lock is the truth. Row-level
security stands for the functions too: a fund of a county that is not open is not found, and refused.
What was installed is remembered in the object's comment, together with how the server reads it back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby

from django.db.backends.base.base import BaseDatabaseWrapper

from hamafza.ledger.triggers.entries import AFTERWARDS, KEEP_BALANCES
from hamafza.ledger.triggers.rule import TABLES, Rule
from hamafza.ledger.triggers.rules import RULES

PREFIX = "hamafza_ledger_"
CODE = "USING ERRCODE = 'integrity_constraint_violation'"
NEW_ID = "gen_random_uuid()"
#: Tables that are never emptied at once.
KEPT = ("entry", "line", "fund", "balance", "period", "transfer")

_ONE_WRITER = "PERFORM 1 FROM {place} p WHERE p.code = NEW.county_id FOR NO KEY UPDATE;"
#: Before the rules are asked: one writer in the books of a county, no line while its entry is being sealed.
LOCKS = {
    ("entry", "UPDATE"): f"IF OLD.posted_at IS NULL AND NEW.posted_at IS NOT NULL THEN {_ONE_WRITER} END IF;",
    ("period", "UPDATE"): _ONE_WRITER,
    ("line", "INSERT"): "PERFORM 1 FROM {entry} e WHERE e.id = NEW.entry_id FOR SHARE;",
    ("line", "UPDATE"): "PERFORM 1 FROM {entry} e WHERE e.id IN (OLD.entry_id, NEW.entry_id) FOR SHARE;",
    ("line", "DELETE"): "PERFORM 1 FROM {entry} e WHERE e.id = OLD.entry_id FOR SHARE;",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A trigger or function that must stand."""

    kind: str
    table: str
    name: str
    sql: str

    @property
    def label(self) -> str:
        return f"{self.kind} {self.name} of {self.table}" if self.table else f"{self.kind} {self.name}"

    @property
    def address(self) -> str:
        return f'{self.kind} {self.name} ON "{self.table}"' if self.table else f"{self.kind} {self.name}()"

    @property
    def mark(self) -> str:
        return _mark_of(self.sql)


def _mark_of(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _refuse(condition: str, because: str) -> str:
    return f"IF {condition} THEN\n  RAISE EXCEPTION 'ledger: {because}' {CODE};\nEND IF;"


def _function(name: str, body: str, schema: str) -> Thing:
    tables = {key: f'{schema}."{table}"' for key, table in TABLES.items()}
    # An UPDATE names its own columns without the schema.
    said = body.format(**tables, new_id=NEW_ID)
    text = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$\nBEGIN\n{said}\nEND\n$body$"
    return Thing("FUNCTION", "", name, text)


def _trigger(table: str, name: str, rest: str) -> Thing:
    return Thing("TRIGGER", table, name, f"CREATE OR REPLACE TRIGGER {name} {rest.replace('{table}', table)}")


def _place(rule: Rule) -> tuple[str, str]:
    return rule.table, rule.operation


def _asking(schema: str) -> list[Thing]:
    things = []
    for (table, operation), rules in groupby(sorted(RULES, key=_place), key=_place):
        name = f"{PREFIX}{table}_{operation.lower()}"
        row = "OLD" if operation == "DELETE" else "NEW"
        steps = [LOCKS.get((table, operation), ""), *(_refuse(rule.condition, rule.because) for rule in rules)]
        things.append(_function(name, "\n".join([*steps, f"RETURN {row};"]), schema))
        things.append(
            _trigger(TABLES[table], name, f'BEFORE {operation} ON "{{table}}" FOR EACH ROW EXECUTE FUNCTION {name}()')
        )
    return things


def _sealing(schema: str) -> list[Thing]:
    name = f"{PREFIX}entry_sealed"
    steps = [*(f"{step};" for step in KEEP_BALANCES), *(_refuse(*rule) for rule in AFTERWARDS), "RETURN NULL;"]
    when = "WHEN (OLD.posted_at IS NULL AND NEW.posted_at IS NOT NULL)"
    return [
        _function(name, "\n".join(steps), schema),
        _trigger(TABLES["entry"], name, f'AFTER UPDATE ON "{{table}}" FOR EACH ROW {when} EXECUTE FUNCTION {name}()'),
    ]


def _emptying(schema: str) -> list[Thing]:
    name = f"{PREFIX}no_truncate"
    refusal = f"RAISE EXCEPTION 'ledger: the books are never emptied' {CODE};"
    rest = f'BEFORE TRUNCATE ON "{{table}}" FOR EACH STATEMENT EXECUTE FUNCTION {name}()'
    return [_function(name, refusal, schema), *(_trigger(TABLES[table], name, rest) for table in KEPT)]


def expected(schema: str) -> list[Thing]:
    """Everything that must stand, in the order of making."""
    return [*_asking(schema), *_sealing(schema), *_emptying(schema)]


STANDING = """
SELECT 'TRIGGER ' || t.tgname || ' of ' || c.relname, t.tgenabled::text || pg_get_triggerdef(t.oid), obj_description(t.oid, 'pg_trigger')
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND t.tgname LIKE 'hamafza\\_ledger\\_%'
UNION ALL
SELECT 'FUNCTION ' || f.proname, f.prosrc, obj_description(f.oid, 'pg_proc')
FROM pg_proc f WHERE f.pronamespace = current_schema()::regnamespace AND f.proname LIKE 'hamafza\\_ledger\\_%'
"""


def _schema(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])


def _standing(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        return {label: (_mark_of(now), comment or "") for label, now, comment in cursor.fetchall()}


def _wrong(connection: BaseDatabaseWrapper) -> tuple[list[Thing], list[str]]:
    """What must be made anew, and the names of ours that should not be there."""
    wanted = expected(_schema(connection))
    there = _standing(connection)
    labels = {thing.label for thing in wanted}
    missing = [
        thing
        for thing in wanted
        if there.get(thing.label, ("", ""))[1] != f"{thing.mark} {there.get(thing.label, ('', ''))[0]}"
    ]
    return missing, [label for label in there if label not in labels]


def faulty(connection: BaseDatabaseWrapper) -> list[str]:
    missing, strange = _wrong(connection)
    return [*(thing.label for thing in missing), *strange]


def install(connection: BaseDatabaseWrapper) -> None:
    if not set(connection.introspection.table_names()).issuperset(TABLES.values()):
        return
    missing, strange = _wrong(connection)
    with connection.cursor() as cursor:
        for label in strange:
            kind, name, *of = label.split(" ")
            cursor.execute(f'DROP {kind} {name} ON "{of[1]}"' if of else f"DROP FUNCTION {name}() CASCADE")
        for thing in missing:
            cursor.execute(thing.sql)
            if thing.kind == "TRIGGER":
                cursor.execute(f'ALTER TABLE "{thing.table}" ENABLE TRIGGER {thing.name}')
        there = _standing(connection)
        for thing in missing:
            cursor.execute(f"COMMENT ON {thing.address} IS '{thing.mark} {there[thing.label][0]}'")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Nothing: the functions name columns only when they run, and triggers go with their table."""
