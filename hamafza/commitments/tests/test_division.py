"""Who owns what: fields of support, parts of bodies in them, what is missing, and who may change it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor, make_organization
from hamafza.audit.models import Change
from hamafza.commitments.choices import Part
from hamafza.commitments.commands.division import clear_part, set_part
from hamafza.commitments.commands.division_fields import FieldFacts, add_field, edit_field, load_fields
from hamafza.commitments.division_usual import USUAL
from hamafza.commitments.models import FieldPart, SupportField
from hamafza.commitments.queries.division import fields_in_use, matrix_of, owners_in
from hamafza.commitments.tests.factories import Table
from hamafza.commitments.tests.test_commitments import refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.needs.choices import Domain
from hamafza.places.tests.factories import FAR_COUNTY, SISTER_COUNTY


@pytest.fixture
def fields(db: None) -> dict[str, SupportField]:
    """The usual fields, by code."""
    load_fields()
    return {field.code: field for field in fields_in_use()}


# --- fields ---


def test_usual_fields_hold_every_domain_of_needs_and_two_names_each() -> None:
    assert set(Domain) <= {usual.code for usual in USUAL}
    assert all(usual.name_fa and usual.name_en for usual in USUAL)
    assert len({usual.name_fa for usual in USUAL}) == len(USUAL)


def test_fields_are_loaded_once_and_stay_as_administrators_left_them(fields: dict[str, SupportField]) -> None:
    admin = make_actor(Role.NATIONAL_ADMIN)
    edit_field(fields["housing"], FieldFacts("خانه", "Homes", 5, active=False), by=admin)
    assert load_fields() == 0
    kept = SupportField.objects.get(code="housing")
    assert (kept.name_fa, kept.name_en, kept.position, kept.active) == ("خانه", "Homes", 5, False)


def test_field_is_added_last(fields: dict[str, SupportField]) -> None:
    added = add_field("debts", FieldFacts("رهایی بدهکاران"), by=make_actor(Role.NATIONAL_ADMIN))
    assert list(fields_in_use())[-1] == added


def test_field_of_a_known_code_or_name_refused(fields: dict[str, SupportField]) -> None:
    admin = make_actor(Role.NATIONAL_ADMIN)
    with refusal("taken"):
        add_field("housing", FieldFacts("دیگر"), by=admin)
    with refusal("name_taken"):
        add_field("homes", FieldFacts("مسكن"), by=admin)
    with refusal("no_name"):
        add_field("homes", FieldFacts("  "), by=admin)


@pytest.mark.parametrize("role", [Role.COUNCIL_SECRETARY, Role.GOVERNOR_OFFICE, Role.COUNTY_HEAD])
def test_field_by_who_does_not_keep_the_platform_refused(fields: dict[str, SupportField], role: Role) -> None:
    with pytest.raises(PermissionDenied):
        add_field("debts", FieldFacts("بدهی"), by=make_actor(role))
    with pytest.raises(PermissionDenied):
        edit_field(fields["housing"], FieldFacts("خانه"), by=make_actor(role))


# --- parts ---


def test_part_is_set_changed_and_taken_back(table: Table, fields: dict[str, SupportField]) -> None:
    cell: dict[str, Any] = {"field": fields["job"], "organization": table.agency, "by": table.secretary}
    set_part(table.county, part=Part.HELPS, **cell)
    set_part(table.county, part=Part.OWNER, **cell)
    assert [held.part for held in FieldPart.objects.all()] == [Part.OWNER]
    assert clear_part(table.county, **cell)
    assert not clear_part(table.county, **cell)
    assert not FieldPart.objects.exists()


def test_every_change_of_a_part_stands_in_the_trail(table: Table, fields: dict[str, SupportField]) -> None:
    cell: dict[str, Any] = {"field": fields["job"], "organization": table.agency, "by": table.secretary}
    set_part(table.county, part=Part.HELPS, **cell)
    set_part(table.county, part=Part.HELPS, **cell)
    set_part(table.county, part=Part.OWNER, **cell)
    clear_part(table.county, **cell)
    told = Change.objects.filter(table="commitments_fieldpart").order_by("id")
    assert [change.op for change in told] == ["insert", "update", "delete"]


def test_second_owner_is_written_down_and_shown(table: Table, fields: dict[str, SupportField]) -> None:
    for body in (table.agency, table.silent):
        set_part(table.county, field=fields["job"], organization=body, part=Part.OWNER, by=table.secretary)
    set_part(table.county, field=fields["health"], organization=table.agency, part=Part.OWNER, by=table.secretary)
    set_part(table.county, field=fields["legal"], organization=table.agency, part=Part.HELPS, by=table.secretary)
    matrix = matrix_of(table.county)
    assert [row.field.code for row in matrix.doubles] == ["job"]
    assert {row.field.code for row in matrix.gaps} == set(fields) - {"job", "health"}
    assert set(matrix.bodies) == {table.agency, table.silent}
    assert {key: set(bodies) for key, bodies in owners_in(table.county).items()} == {
        fields["job"].pk: {table.agency, table.silent},
        fields["health"].pk: {table.agency},
    }


def test_retired_field_leaves_the_matrix_and_takes_no_part(table: Table, fields: dict[str, SupportField]) -> None:
    edit_field(fields["job"], FieldFacts("کار", active=False), by=make_actor(Role.NATIONAL_ADMIN))
    retired = SupportField.objects.get(code="job")
    assert retired not in [row.field for row in matrix_of(table.county).rows]
    with refusal("not_active"):
        set_part(table.county, field=retired, organization=table.agency, part=Part.OWNER, by=table.secretary)


def test_body_of_elsewhere_has_no_part(table: Table, fields: dict[str, SupportField]) -> None:
    for body in (make_organization("اداره دیگر", place=FAR_COUNTY), make_organization("همسایه", place=SISTER_COUNTY)):
        with refusal("not_here"):
            set_part(table.county, field=fields["job"], organization=body, part=Part.OWNER, by=table.secretary)


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.COUNTY_HEAD, Role.SOCIAL_WORKER, Role.AUDITOR])
def test_part_by_who_does_not_give_orders_refused(
    table: Table, fields: dict[str, SupportField], role: Role
) -> None:  # fmt: skip
    cell: dict[str, Any] = {"field": fields["job"], "organization": table.agency, "by": make_actor(role)}
    with pytest.raises(PermissionDenied):
        set_part(table.county, part=Part.OWNER, **cell)
    with pytest.raises(PermissionDenied):
        clear_part(table.county, **cell)


def test_secretary_of_another_county_divides_nothing_here(table: Table, fields: dict[str, SupportField]) -> None:
    stranger = make_actor(Role.COUNCIL_SECRETARY, SISTER_COUNTY)
    with pytest.raises(PermissionDenied):
        set_part(table.county, field=fields["job"], organization=table.agency, part=Part.OWNER, by=stranger)


def test_parts_of_another_place_are_not_seen(table: Table, fields: dict[str, SupportField]) -> None:
    body = make_organization("ستاد", place="IR")
    neighbour = make_actor(Role.COUNCIL_SECRETARY, SISTER_COUNTY)
    with counties([SISTER_COUNTY]):
        set_part(SISTER_COUNTY, field=fields["job"], organization=body, part=Part.OWNER, by=neighbour)
    assert matrix_of(table.county).bodies == []


def test_cell_is_there_once_past_the_commands_too(table: Table, fields: dict[str, SupportField]) -> None:
    held = set_part(
        table.county, field=fields["job"], organization=table.agency, part=Part.OWNER, by=table.secretary
    )  # fmt: skip
    for part in Part:
        with pytest.raises(DatabaseError), transaction.atomic():
            FieldPart(
                id=uuid7(), place_id=held.place_id, field=held.field, organization=held.organization, part=part
            ).save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        FieldPart.objects.filter(pk=held.pk).update(part="leads")


def test_matrix_asks_the_same_queries_however_many_bodies(table: Table, fields: dict[str, SupportField]) -> None:
    set_part(table.county, field=fields["job"], organization=table.agency, part=Part.OWNER, by=table.secretary)
    with CaptureQueriesContext(connection) as one:
        matrix_of(table.county)
    for number in range(20):
        body = make_organization(f"خیریه {number}")
        set_part(table.county, field=fields["job"], organization=body, part=Part.HELPS, by=table.secretary)
    with CaptureQueriesContext(connection) as many:
        matrix_of(table.county)
    assert len(one) == len(many) == 2
