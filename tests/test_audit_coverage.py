"""Every change is recorded by whatever door it comes (S-C1), and nothing that is recorded can be undone (S-C2, S-C3)."""

from collections import Counter

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Max

from hamafza.audit import triggers
from hamafza.audit.models import Change, ReadEntry, Seal
from hamafza.audit.nouns import NOUNS
from hamafza.audit.rules import EXCLUDED, REDACTED, SPECIAL_CLASS, UNTOLD, WITHOUT_WALL
from hamafza.audit.triggers.tables import county_column, our_models, recorded_models
from hamafza.core.scope import ScopedManager, counties
from hamafza.core.session import acting_as
from hamafza.places.models import Place
from hamafza.registry.models import Household, Person

CREATED, BULK, PLAIN, RAW = 2_000, 20_000, 11_000, 11_000


def newest() -> int:
    return Change.objects.aggregate(last=Max("id"))["last"] or 0


def households(county: Place, count: int) -> list[Household]:
    return [Household(county=county, income_rial=number) for number in range(count)]


def save_all(rows: list[Household]) -> None:
    for row in rows:
        row.save()


def test_46000_mixed_changes_give_46000_rows_with_their_actor(county: Place) -> None:
    before = newest()
    saved = households(county, CREATED)
    with acting_as("user:by-save"):
        save_all(saved)
        Household.objects.bulk_create(households(county, BULK), batch_size=500)
        for row in saved:
            row.decile = 3
        save_all(saved)
    with acting_as("user:by-update"):
        half = Household.objects.order_by("id").values("id")[:PLAIN]
        assert Household.objects.filter(id__in=half).update(income_rial=F("income_rial") + 1) == PLAIN
    with acting_as("user:by-raw-sql"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_household SET income_rial = income_rial + 1 "
            "WHERE id NOT IN (SELECT id FROM registry_household ORDER BY id LIMIT %s)",
            [PLAIN],
        )
        assert cursor.rowcount == RAW
    written = Change.objects.filter(id__gt=before)
    assert written.count() == 46_000
    assert Counter(written.values_list("op", "actor")) == {
        ("insert", "user:by-save"): CREATED + BULK,
        ("update", "user:by-save"): CREATED,
        ("update", "user:by-update"): PLAIN,
        ("update", "user:by-raw-sql"): RAW,
    }
    assert set(written.values_list("table", "county_id")) == {("registry_household", county.code)}


def test_replace_is_recorded_as_removal_and_addition(county: Place) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO places_population (id, place_id, year, count, source) VALUES (7, '2313', 1395, 1, 'a')"
        )
        cursor.execute(
            "INSERT OR REPLACE INTO places_population (id, place_id, year, count, source) VALUES (7, '2313', 1395, 2, 'b')"
        )
    assert list(Change.national.filter(table="places_population").values_list("op", flat=True)) == [
        "insert",
        "delete",
        "insert",
    ]


REWRITES = [
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE id > 0",
]
TRAIL = [("audit_change", "actor"), ("audit_readentry", "actor"), ("audit_seal", "digest")]


@pytest.mark.parametrize("sql", REWRITES)
@pytest.mark.parametrize(("table", "column"), TRAIL)
def test_trail_is_append_only(county: Place, table: str, column: str, sql: str) -> None:
    Household.objects.create(county=county)
    ReadEntry.objects.create(actor="user:a", county=county)
    Seal.objects.create(trail="changes", from_id=1, to_id=1, count=1, previous="", digest="")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table=table, column=column))


def test_trail_cannot_be_replaced(county: Place) -> None:
    Household.objects.create(county=county)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    tail = "" if connection.vendor == "sqlite" else " ON CONFLICT (id) DO UPDATE SET actor = excluded.actor"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f'{verb} INTO audit_change (id, at, actor, "table", row_id, op) '
            f"SELECT max(id), '2020-01-01', 'user:liar', 'x', 'x', 'insert' FROM audit_change{tail}"
        )
    assert not Change.objects.filter(actor="user:liar").exists()
    assert not Change.national.filter(actor="user:liar").exists()


@pytest.mark.parametrize("table", ["audit_change", "registry_household"])
def test_tables_cannot_be_emptied_at_once(county: Place, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_all_triggers_and_walls_stand(db: None) -> None:
    assert triggers.faulty(connection) == []


def test_every_model_of_ours_is_recorded_or_excluded_with_a_reason() -> None:
    left_out = {model._meta.label_lower for model in our_models()} - {m._meta.label_lower for m in recorded_models()}
    assert {label for label in left_out if label not in EXCLUDED and label.split(".")[0] not in EXCLUDED} == set()
    assert all(len(reason) > 10 for reason in EXCLUDED.values())


def test_every_name_in_the_rules_is_a_model_and_its_columns() -> None:
    named = [label for label in {**EXCLUDED, **WITHOUT_WALL} if "." in label]
    assert [apps.get_model(label)._meta.label_lower for label in named] == named
    wrong = [
        f"{label}.{name}"
        for table in (REDACTED, UNTOLD, SPECIAL_CLASS)
        for label, names in table.items()
        for name in names
        if name not in {field.name for field in apps.get_model(label)._meta.concrete_fields}
    ]
    assert wrong == []


def test_every_table_with_a_county_has_a_wall_or_a_reason() -> None:
    unwalled = {
        model._meta.label_lower
        for model in our_models()
        if county_column(model) and not isinstance(model._default_manager, ScopedManager)
    }
    assert unwalled == set(WITHOUT_WALL)


def test_row_is_recorded_in_a_scope_that_does_not_show_it(county: Place) -> None:
    other = Place.objects.get(code="2306")
    with counties([other.code]):
        Household.objects.create(county=other)
        seen = Change.objects.filter(table="registry_household").count()
    assert (seen, Change.objects.filter(table="registry_household").count()) == (1, 0)


def test_update_that_changes_nothing_leaves_no_row(county: Place) -> None:
    household = Household.objects.create(county=county)
    person = Person.objects.create(county=county, household=household, first_name="علی")
    before = newest()
    Person.objects.filter(pk=person.pk).update(first_name="علی")
    assert newest() == before


def test_every_recorded_row_has_a_word_in_the_trail() -> None:
    told = {model._meta.label_lower for model in recorded_models()} - set(NOUNS)
    assert told == set()
