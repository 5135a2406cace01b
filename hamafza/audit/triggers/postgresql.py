# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""PostgreSQL: three functions for all tables, a trigger a table and operation, and row-level security.

Additions and removals are written once a statement from its transition table, changes row by row. What was installed
is remembered in the object's comment, together with how the server reads it back, so a later alteration shows.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from hamafza.audit.triggers.tables import (
    Table,
    append_only_tables,
    recorded_tables,
    trail_tables,
    walled_tables,
)

REFUSAL = "the audit trail is append-only"
WHO = "coalesce(nullif(current_setting('hamafza.actor', true), ''), 'database:' || session_user)"
COLUMNS = 'at, actor, "table", row_id, op, county_id, before, after'

#: Arguments of each trigger: key column, county column (or nothing), mask of redacted columns (JSON), untold columns.
#: ``OFFSET 0`` lets a row be turned into JSON once; without it the planner does so wherever ``line`` is named.
FUNCTIONS = {
    "hamafza_audit_insert": f"""
BEGIN
  INSERT INTO {{schema}}.audit_change ({COLUMNS})
  SELECT clock_timestamp(), {WHO}, TG_TABLE_NAME, line ->> TG_ARGV[0], 'insert', line ->> TG_ARGV[1], NULL,
         (line || TG_ARGV[2]::jsonb)::text
  FROM (SELECT to_jsonb(new_rows) AS line FROM new_rows OFFSET 0) AS lines;
  RETURN NULL;
END
""",
    "hamafza_audit_delete": f"""
BEGIN
  INSERT INTO {{schema}}.audit_change ({COLUMNS})
  SELECT clock_timestamp(), {WHO}, TG_TABLE_NAME, line ->> TG_ARGV[0], 'delete', line ->> TG_ARGV[1],
         (line || TG_ARGV[2]::jsonb)::text, NULL
  FROM (SELECT to_jsonb(old_rows) AS line FROM old_rows OFFSET 0) AS lines;
  RETURN NULL;
END
""",
    "hamafza_audit_update": f"""
DECLARE
  line jsonb := to_jsonb(NEW);
  mask jsonb := TG_ARGV[2]::jsonb;
  was jsonb;
  now_is jsonb;
BEGIN
  SELECT jsonb_object_agg(o.key, coalesce(mask -> o.key, o.value)),
         jsonb_object_agg(o.key, coalesce(mask -> o.key, line -> o.key))
  INTO was, now_is
  FROM jsonb_each(to_jsonb(OLD)) AS o
  WHERE o.value IS DISTINCT FROM line -> o.key AND o.key <> ALL (string_to_array(TG_ARGV[3], ','));
  IF was IS NOT NULL THEN
    INSERT INTO {{schema}}.audit_change ({COLUMNS})
    VALUES (clock_timestamp(), {WHO}, TG_TABLE_NAME, line ->> TG_ARGV[0], 'update', line ->> TG_ARGV[1],
            was::text, now_is::text);
  END IF;
  RETURN NULL;
END
""",
    "hamafza_audit_refuse": f"""
BEGIN
  RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END
""",
}

OPEN = "(SELECT current_setting('hamafza.counties', true))"
#: Worked out once a statement, compared with each row.
COUNTY_IS_OPEN = f"{OPEN} = '*' OR {{column}} = ANY ((SELECT string_to_array(current_setting('hamafza.counties', true), ','))::text[])"


@dataclass(frozen=True, slots=True)
class Thing:
    """A trigger, function or policy that must stand."""

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
        return hashlib.md5(self.sql.encode(), usedforsecurity=False).hexdigest()


def _functions(schema: str) -> list[Thing]:
    return [
        Thing(
            "FUNCTION",
            "",
            name,
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body.replace('{schema}', schema)}$body$",
        )
        for name, body in FUNCTIONS.items()
    ]


def _recording(table: Table) -> list[Thing]:
    mask = json.dumps(dict.fromkeys(sorted(table.redacted), "***"))
    arguments = f"('{table.pk}', '{table.county}', '{mask}', '{','.join(sorted(table.untold))}')"
    insert = f"REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION hamafza_audit_insert{arguments}"
    delete = f"REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION hamafza_audit_delete{arguments}"
    update = f"FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION hamafza_audit_update{arguments}"
    return [
        _trigger(table.name, "hamafza_audit_insert", f"AFTER INSERT ON {{table}} {insert}"),
        _trigger(table.name, "hamafza_audit_update", f"AFTER UPDATE ON {{table}} {update}"),
        _trigger(table.name, "hamafza_audit_delete", f"AFTER DELETE ON {{table}} {delete}"),
        # Emptying a table at once asks no row trigger: what is recorded is removed row by row or not at all.
        _trigger(
            table.name,
            "hamafza_audit_no_truncate",
            "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION hamafza_audit_refuse()",
        ),
    ]


def _trigger(table: str, name: str, rest: str) -> Thing:
    return Thing("TRIGGER", table, name, f"CREATE OR REPLACE TRIGGER {name} " + rest.replace("{table}", f'"{table}"'))


def _guarding(table: str) -> Thing:
    return _trigger(
        table,
        "hamafza_audit_append_only",
        "BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION hamafza_audit_refuse()",
    )


def _policy(table: str, name: str, rest: str) -> Thing:
    return Thing("POLICY", table, name, f'CREATE POLICY {name} ON "{table}" {rest}')


def _wall(table: str, column: str) -> Thing:
    rule = COUNTY_IS_OPEN.replace("{column}", f'"{column}"')
    return _policy(table, "hamafza_county", f"FOR ALL USING ({rule}) WITH CHECK ({rule})")


def _trail_wall(table: str) -> list[Thing]:
    rule = COUNTY_IS_OPEN.replace("{column}", "county_id")
    return [
        _policy(table, "hamafza_seen", f"FOR SELECT USING (county_id IS NULL OR {rule})"),
        _policy(table, "hamafza_added", "FOR INSERT WITH CHECK (true)"),
    ]


def expected(schema: str) -> list[Thing]:
    """Everything that must stand, in the order of making."""
    return [
        *_functions(schema),
        *(thing for table in recorded_tables() for thing in _recording(table)),
        *(_guarding(table) for table in append_only_tables()),
        *(_wall(table, column) for table, column in walled_tables()),
        *(thing for table in trail_tables() for thing in _trail_wall(table)),
    ]


#: Each object of ours: its name, how the server reads it now, the comment of its making.
STANDING = """
SELECT 'TRIGGER ' || t.tgname || ' of ' || c.relname, t.tgenabled::text || pg_get_triggerdef(t.oid), obj_description(t.oid, 'pg_trigger')
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND t.tgname LIKE 'hamafza\\_audit\\_%'
UNION ALL
SELECT 'POLICY ' || p.polname || ' of ' || c.relname,
       concat(p.polpermissive, p.polcmd, p.polroles::text, pg_get_expr(p.polqual, p.polrelid), ' / ', pg_get_expr(p.polwithcheck, p.polrelid)),
       obj_description(p.oid, 'pg_policy')
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'FUNCTION ' || f.proname, f.prosrc, obj_description(f.oid, 'pg_proc')
FROM pg_proc f WHERE f.pronamespace = current_schema()::regnamespace AND f.proname LIKE 'hamafza\\_audit\\_%'
"""

OPEN_WALLS = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (%s) AND NOT (relrowsecurity AND relforcerowsecurity)
"""


def _schema(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])


def _standing(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        return {label: (_mark_of(now), comment or "") for label, now, comment in cursor.fetchall()}


def _mark_of(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _open_walls(connection: BaseDatabaseWrapper) -> list[str]:
    walled = [table for table, _ in walled_tables()] + trail_tables()
    with connection.cursor() as cursor:
        cursor.execute(OPEN_WALLS, [walled])
        return [table for (table,) in cursor.fetchall()]


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
    return [*(thing.label for thing in missing), *strange, *(f"WALL of {table}" for table in _open_walls(connection))]


def install(connection: BaseDatabaseWrapper) -> None:
    made = set(connection.introspection.table_names())
    missing, strange = _wrong(connection)
    missing = [thing for thing in missing if not thing.table or thing.table in made]
    with connection.cursor() as cursor:
        for label in strange:
            kind, name, *of = label.split(" ")
            cursor.execute(f'DROP {kind} {name} ON "{of[1]}"' if of else f"DROP FUNCTION {name}() CASCADE")
        for thing in missing:
            if thing.kind == "POLICY":
                cursor.execute(f'DROP POLICY IF EXISTS {thing.name} ON "{thing.table}"')
            cursor.execute(thing.sql)
            if thing.kind == "TRIGGER":
                cursor.execute(f'ALTER TABLE "{thing.table}" ENABLE TRIGGER {thing.name}')
        for table in _open_walls(connection):
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    if missing:
        _remember(connection, missing)


def _remember(connection: BaseDatabaseWrapper, made: list[Thing]) -> None:
    there = _standing(connection)
    with connection.cursor() as cursor:
        for thing in made:
            cursor.execute(f"COMMENT ON {thing.address} IS '{thing.mark} {there[thing.label][0]}'")


def drop_for(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Nothing: the functions name no column, and triggers go with their table."""
