"""Tampering shows (S-C3)."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from hamafza.audit import triggers
from hamafza.audit.choices import Trail
from hamafza.audit.commands import seal
from hamafza.audit.commands.record_read import record_read
from hamafza.audit.commands.seal import seal_changes
from hamafza.audit.models import Change, Seal
from hamafza.audit.queries.heads import heads, heads_file
from hamafza.audit.queries.integrity import AuditReport, verify_audit
from hamafza.core.session import acting_as
from hamafza.places.models import Place
from hamafza.registry.models import Household
from hamafza.registry.tests.factories import a_household


@pytest.fixture
def household(county: Place) -> Household:
    """Recorded and read, and both trails sealed in stretches of two."""
    household = a_household(county=county)
    household.decile = 4
    household.save()
    record_read(household, fields=["address"], reason="a visit")
    seal_changes()
    return household


@pytest.fixture(autouse=True)
def _short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "STRETCH", 2)


def unguarded(sql: str, values: list[str] | None = None) -> None:
    """What somebody with the whole database in hand may do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            names = ("update", "delete", "replace")
            for table in triggers.append_only_tables():
                for name in names:
                    cursor.execute(f"DROP TRIGGER hamafza_audit_{table}_no_{name}")
        else:
            for table in triggers.append_only_tables():
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER hamafza_audit_append_only")
                cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(sql, values)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    triggers.install(connection)


def codes(report: AuditReport) -> list[str]:
    return [finding.code for finding in report.findings]


def test_sealed_trail_is_sound(household: Household) -> None:
    report = verify_audit()
    assert report.findings == ()
    assert report.sound
    assert report.changes > 2
    assert report.reads >= 1
    assert report.seals == Seal.objects.count() > 2


def test_sealing_again_seals_only_what_is_new(household: Household) -> None:
    first = seal_changes()
    assert first == 0
    household.decile = 5
    household.save()
    assert seal_changes() == 1
    assert verify_audit().sound


def test_heads_stand_beside_the_database(household: Household) -> None:
    kept = heads(Trail.CHANGES)
    assert [(head.to_id, head.digest) for head in kept] == list(
        Seal.objects.filter(trail=Trail.CHANGES).order_by("id").values_list("to_id", "digest")
    )


def test_head_lost_in_a_crash_is_written_by_the_next_seal(household: Household) -> None:
    whole = heads_file(Trail.CHANGES).read_text()
    heads_file(Trail.CHANGES).write_text("\n".join(whole.splitlines()[:-1]) + "\n")
    seal_changes()
    assert heads_file(Trail.CHANGES).read_text() == whole


TAMPERINGS = {
    "an actor is exchanged": "UPDATE audit_change SET actor = 'user:other' WHERE id = (SELECT max(to_id) FROM audit_seal WHERE trail = 'changes')",
    "a county is exchanged": "UPDATE audit_change SET county_id = NULL WHERE id = (SELECT max(to_id) FROM audit_seal WHERE trail = 'changes')",
    "a row is taken away": "DELETE FROM audit_change WHERE id = (SELECT max(to_id) FROM audit_seal WHERE trail = 'changes')",
    "a value is altered": "UPDATE audit_change SET after = after || ' ' WHERE id = (SELECT max(to_id) FROM audit_seal WHERE trail = 'changes')",
    "a reason is altered": "UPDATE audit_readentry SET reason = 'none' WHERE id = (SELECT max(to_id) FROM audit_seal WHERE trail = 'reads')",
    "a time is altered": "UPDATE audit_readentry SET at = '2020-01-01 00:00:00' WHERE id = (SELECT max(to_id) FROM audit_seal WHERE trail = 'reads')",
}


@pytest.mark.parametrize("sql", TAMPERINGS.values(), ids=TAMPERINGS)
def test_altered_rows_break_their_seal(household: Household, sql: str) -> None:
    unguarded(sql)
    assert "tampered" in codes(verify_audit())


def test_rewritten_seal_breaks_the_chain(household: Household) -> None:
    unguarded(
        "UPDATE audit_seal SET previous = %s WHERE id = (SELECT max(id) FROM audit_seal WHERE trail = 'changes')",
        ["f" * 64],
    )
    assert {"broken_chain", "tampered"} <= set(codes(verify_audit()))


def test_shortened_trail_is_known_to_the_file_beside_it(household: Household) -> None:
    unguarded(
        "DELETE FROM audit_seal WHERE trail = 'changes' AND id = (SELECT max(id) FROM audit_seal WHERE trail = 'changes')"
    )
    assert "lost_head" in codes(verify_audit())


def test_removed_row_that_was_not_sealed_leaves_a_gap(household: Household) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's numbers have gaps rightly, from transactions that were taken back")
    household.decile = 9
    household.save()
    unguarded("DELETE FROM audit_change WHERE id = (SELECT max(id) FROM audit_change)")
    assert codes(verify_audit()) == ["gap"]


@pytest.mark.parametrize("text", ["nonsense\n", json.dumps({"to_id": 1}) + "\n", json.dumps([1]) + "\n"])
def test_file_of_heads_that_was_overwritten_is_reported(household: Household, text: str) -> None:
    heads_file(Trail.CHANGES).write_text(text)
    assert codes(verify_audit()) == ["unreadable_heads"]


def test_missing_trigger_is_reported_and_put_back(household: Household) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER hamafza_audit_registry_person_update"
            if connection.vendor == "sqlite"
            else "ALTER TABLE registry_person DISABLE TRIGGER hamafza_audit_update"
        )
    assert codes(verify_audit()) == ["missing_trigger"]
    triggers.install(connection)
    assert verify_audit().sound


def test_strange_trigger_or_policy_is_reported_and_taken_away(household: Household) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER hamafza_audit_strange AFTER INSERT ON registry_person BEGIN SELECT 1; END"
            if connection.vendor == "sqlite"
            else "CREATE POLICY open_to_all ON registry_person USING (true)"
        )
    assert codes(verify_audit()) == ["missing_trigger"]
    triggers.install(connection)
    assert verify_audit().sound


def test_opened_wall_is_reported_and_closed_again(household: Household) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("walls are PostgreSQL's")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE registry_person NO FORCE ROW LEVEL SECURITY")
        cursor.execute("CREATE FUNCTION hamafza_audit_strange() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    assert codes(verify_audit()) == ["missing_trigger", "missing_trigger"]
    triggers.install(connection)
    assert verify_audit().sound


def test_seal_waits_for_nobody_for_long(county: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def busy(*_args: object) -> None:
        raise OperationalError("lock timeout")

    monkeypatch.setattr(seal, "wait_for_writers", busy)
    assert seal_changes() == 0


def test_actor_stands_on_each_row(county: Place) -> None:
    with acting_as("user:somebody"):
        household = a_household(county=county)
    assert [change.actor for change in Change.objects.filter(table="registry_household")] == ["user:somebody"]
    assert str(Change.objects.get(op="insert", table="registry_household")).endswith("insert registry_household")
    assert household.pk
