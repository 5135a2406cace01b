"""A stolen database says nothing (S-A7, S-A13): sentinels written into every sealed field are found nowhere.

The writing is done by a process of its own, on a real file or a database of its own, with every logger at DEBUG; it
ends without tidying up, so the write-ahead log stays as it was.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
SENTINEL = "wzsentinelzw"
AT_LEAST = 1_000
#: The database refuses any change of these, an exchange of ciphertexts too.
FROZEN = {"ledger.countytransfer"}


# --- the process that writes ---


def write_sentinels() -> dict[str, Any]:
    """Write, change, read, search and remove; swap every pair of ciphertexts. Counts of what was done."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from hamafza.core.scope import everywhere

    call_command("migrate", verbosity=0)
    speak_loudly()
    connection.force_debug_cursor = True
    with everywhere(reason="a test writes sentinels"):
        rows = [row for number in range(64) for row in family(number)]
        written = sum(seal_into(row) for row in rows)
        written += sum(seal_into(row) for row in rows[::3])
        look_for(rows)
        refused, swapped = swap_all(rows)
        left_out = sealed_names() - {f"{row._meta.label_lower}.{name}" for row in rows for name in sealed_fields(row)}
        return {"written": written, "refused": refused, "swapped": swapped, "left_out": sorted(left_out)}


def speak_loudly() -> None:
    root = logging.getLogger()
    root.setLevel(logging.DEBUG)
    for name in [*logging.root.manager.loggerDict, "django.db.backends"]:
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.propagate = True


numbers = count()


def sentinel() -> str:
    return f"{SENTINEL}{next(numbers):05}کوچه"


def sealed_fields(model: Any) -> list[str]:
    from hamafza.core.fields import SealedTextField

    return [field.name for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def sealed_names() -> set[str]:
    from hamafza.audit.triggers.tables import our_models

    return {f"{model._meta.label_lower}.{name}" for model in our_models() for name in sealed_fields(model)}


def family(number: int) -> list[Any]:
    """One row of every model that has a sealed field."""
    from uuid import UUID

    from hamafza.documents.models import Attachment
    from hamafza.intake.models import ImportBatch, ImportRow
    from hamafza.needs.models import Assessment, Finding
    from hamafza.needs.tests.factories import a_need
    from hamafza.registry.tests.factories import a_cause, a_county, a_disability, a_household, a_person
    from tests.sealed_rows import rows_of_councils, rows_of_giving

    county = a_county()
    household = a_household(county=county)
    person = a_person(household=household)
    batch = ImportBatch.objects.create(county=county, file_name="x.xlsx", file_hash=f"{number:064}")
    assessment = Assessment.objects.create(county=county, household=household)
    need = a_need(person)
    return [
        household,
        person,
        a_disability(person),
        a_cause(household),
        assessment,
        Finding.objects.create(county=county, assessment=assessment, domain="job", severity=3),
        need,
        ImportRow.objects.create(county=county, batch=batch, row=number, outcome="created"),
        Attachment.objects.create(
            county=county,
            source_type="registry.person",
            source_id=UUID(int=number),
            mime="x/y",
            size=1,
            sha256="0",
            file_key="k",
        ),
        *rows_of_giving(number, person, need, sentinel=sentinel()),
        *rows_of_councils(number, county.pk),
    ]


def seal_into(row: Any) -> int:
    names = [] if row._meta.label_lower in FROZEN else sealed_fields(type(row))
    for name in names:
        setattr(row, name, sentinel())
    row.save()
    return len(names)


def look_for(rows: list[Any]) -> None:
    """Search by index and tail, and record a read, as pages do."""
    from hamafza.audit.commands.record_read import record_reads
    from hamafza.registry.models import Person

    record_reads(rows, fields=["note"], reason="a test")
    field = Person._meta.get_field("mobile_index")
    people = [row for row in rows if isinstance(row, Person)]
    found = [Person.objects.filter(mobile_index=field.index_of(person.mobile)).first() for person in people]
    assert found == people


def swap_all(rows: list[Any]) -> tuple[int, int]:
    """Exchange the ciphertexts of each two rows of a model; how many were refused, of how many."""
    refused = swapped = 0
    for model in {type(row) for row in rows}:
        same = [row for row in rows if type(row) is model]
        for first, second in zip(same[::2], same[1::2], strict=False):
            for name in sealed_fields(model):
                swapped += 1
                refused += is_refused(first, second, name)
    return refused, swapped


def is_refused(first: Any, second: Any, name: str) -> bool:
    """Whether the ciphertext of the second row is refused in the first one, by the database or when it is read."""
    from django.db import IntegrityError, connection, transaction

    from hamafza.core.crypto import SealBroken

    model, table = type(first), first._meta.db_table
    keys = [model._meta.pk.get_db_prep_value(row.pk, connection) for row in (second, first)]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {name} = (SELECT {name} FROM {table} WHERE id = %s) WHERE id = %s", keys
            )
        getattr(model._default_manager.get(pk=first.pk), name)
    except IntegrityError:
        return model._meta.label_lower in FROZEN
    except SealBroken:
        return True
    return False


# --- the search ---


def forms_of(text: str) -> list[bytes]:
    """The text as it might lie somewhere: plain, wide, in hexadecimal, in base64 at each offset."""
    plain = text.encode()
    wide = [text.encode("utf-16-le"), text.encode("utf-16-be")]
    in_hex = [plain.hex().encode(), plain.hex().upper().encode()]
    in_base64 = [base64.b64encode(b"x" * offset + plain)[4:-4] for offset in range(3)]
    return [plain, *wide, *in_hex, *in_base64]


def places_with(found: Iterator[tuple[str, bytes]]) -> list[str]:
    needles = forms_of(SENTINEL)
    return [where for where, content in found if any(needle in content for needle in needles)]


def files_in(home: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(home.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()


def tables_of(address: str) -> Iterator[tuple[str, bytes]]:
    """Every table as the server would dump it."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT set_config('hamafza.counties', '*', false)")
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in tables.fetchall():
            rows = connection.execute(f'SELECT t::text FROM "{table}" AS t').fetchall()
            yield table, "\n".join(text for (text,) in rows).encode()


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Environment of the writing process: a home of its own, and on PostgreSQL a database of its own."""
    environment = {**os.environ, "HAMAFZA_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hamafza.config.settings"}
    address = environment.get("HAMAFZA_DATABASE_URL", "")
    if not address:
        yield environment
        return
    import psycopg

    name = f"hamafza_rest_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield {**environment, "HAMAFZA_DATABASE_URL": urlunsplit(urlsplit(address)._replace(path=f"/{name}"))}
        connection.execute(f"DROP DATABASE {name}")


def test_sentinels_in_sealed_fields_are_found_nowhere(own_database: dict[str, str], tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-m", "tests.test_sealed_at_rest"],
        cwd=ROOT,
        env=own_database,
        capture_output=True,
        check=False,
    )
    assert child.returncode == 0, child.stderr.decode()[-3_000:]
    done = json.loads(child.stdout.splitlines()[-1])
    assert done["written"] >= AT_LEAST
    assert (done["refused"], done["left_out"]) == (done["swapped"], [])
    address = own_database.get("HAMAFZA_DATABASE_URL", "")
    files = dict(files_in(tmp_path))
    kept = dict(tables_of(address)) if address else files
    changes = kept["audit_change"] if address else kept["hamafza.sqlite3"] + kept["hamafza.sqlite3-wal"]
    assert b"registry_person" in changes, "the search must look where the rows are"
    assert b"UPDATE" in child.stderr, "the log must have been written"
    assert places_with(iter([*files.items(), *kept.items(), ("log", child.stderr), ("output", child.stdout)])) == []


@pytest.mark.parametrize("form", forms_of(SENTINEL), ids=range(len(forms_of(SENTINEL))))
def test_search_finds_a_sentinel_in_each_form(form: bytes) -> None:
    assert places_with(iter([("a place", b"before" + form + b"after")])) == ["a place"]


if __name__ == "__main__":
    print(json.dumps(write_sentinels()))
    sys.stdout.flush()
    os._exit(0)
