"""The pages of the division of labour: who reads, who writes, what is said to be missing, and what an order is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.accounts.tests.factories import SignedIn, make_organization
from hamafza.commitments.choices import Part
from hamafza.commitments.commands.division import set_part
from hamafza.commitments.commands.division_fields import load_fields
from hamafza.commitments.division_forms import SuggestsOwner
from hamafza.commitments.forms import OrderForm
from hamafza.commitments.models import FieldPart, SupportField
from hamafza.commitments.queries.division import field_named
from hamafza.commitments.tests.factories import Table, days
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.core.wording import short_date
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SISTER_COUNTY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fields(db: None) -> None:
    load_fields()


@pytest.fixture
def secretary(signed_in: SignedIn) -> Client:
    return signed_in(Role.COUNCIL_SECRETARY)


def url(name: str, *args: Any) -> str:
    return reverse(f"commitments:{name}", args=args)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def field(code: str) -> SupportField:
    found = field_named(code)
    assert found
    return found


def give(table: Table, code: str, body: Any, part: Part) -> FieldPart:
    return set_part(table.county, field=field(code), organization=body, part=part, by=table.secretary)


# --- reading ---


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COUNCIL_SECRETARY, 200),
        (Role.GOVERNOR_OFFICE, 200),
        (Role.COUNTY_HEAD, 200),
        (Role.AGENCY_OFFICER, 200),
        (Role.PROVINCE_DIRECTOR, 200),
        (Role.SOCIAL_WORKER, 404),
        (Role.AUDITOR, 404),
        (Role.BENEFACTOR, 404),
        (Role.NATIONAL_ADMIN, 404),
    ],
)
def test_matrix_is_for_everybody_who_takes_part(signed_in: SignedIn, role: Role, status: int) -> None:
    assert signed_in(role).get(url("division"), {"place": COUNTY}).status_code == status


@pytest.mark.parametrize("place", [SISTER_COUNTY, FAR_COUNTY, "23", "IR", "9999", "x"])
def test_matrix_of_another_place_is_not_found(signed_in: SignedIn, place: str) -> None:
    for role in (Role.AGENCY_OFFICER, Role.COUNCIL_SECRETARY):
        assert signed_in(role).get(url("division"), {"place": place}).status_code == 404


def test_matrix_of_a_province_is_that_of_its_own(signed_in: SignedIn) -> None:
    director = signed_in(Role.PROVINCE_DIRECTOR)
    found = [director.get(url("division"), {"place": place}).status_code for place in ("23", SISTER_COUNTY, FAR_COUNTY)]
    assert found == [200, 200, 404]


def test_page_says_what_is_missing_in_words(table: Table, secretary: Client) -> None:
    for body in (table.agency, table.silent):
        give(table, "job", body, Part.OWNER)
    give(table, "health", table.agency, Part.HELPS)
    answer = secretary.get(url("division"), headers={"accept-language": "en"})
    said = text_of(answer)
    missing = said[said.index("What is missing") : said.index("How to show it")]
    assert missing.count("Several owners") == 1
    assert missing.count("No owner") == SupportField.objects.count() - 1
    assert table.agency.name_fa in missing


def test_page_says_when_nothing_is_missing(table: Table, secretary: Client) -> None:
    for one in SupportField.objects.all():
        give(table, one.code, table.agency, Part.OWNER)
    said = text_of(secretary.get(url("division"), headers={"accept-language": "en"}))
    assert "every field has exactly one owner" in said
    assert "No owner" not in said


def test_part_of_another_county_is_not_shown(table: Table, signed_in: SignedIn) -> None:
    body = make_organization("ستاد کشوری رازورامین", place="IR")
    with counties([SISTER_COUNTY]):
        FieldPart(place_id=SISTER_COUNTY, field=field("job"), organization=body, part=Part.OWNER).save()
    assert body.name_fa not in text_of(signed_in(Role.COUNCIL_SECRETARY).get(url("division")))
    assert body.name_fa in text_of(signed_in(Role.COUNCIL_SECRETARY, SISTER_COUNTY).get(url("division")))


@pytest.mark.parametrize("by", ["body", "part"])
def test_many_bodies_are_shown_by_part_and_either_way_when_asked(table: Table, secretary: Client, by: str) -> None:
    bodies = [make_organization(f"خیریه {number}") for number in range(9)]
    for body in bodies:
        give(table, "job", body, Part.HELPS)
    assert 'scope="col">متولی' in text_of(secretary.get(url("division"))).replace("\n", "")
    said = text_of(secretary.get(url("division"), {"by": by}))
    assert all(body.name_fa in said for body in bodies)


def test_matrix_asks_the_same_queries_however_full(table: Table, secretary: Client) -> None:
    give(table, "job", table.agency, Part.OWNER)
    secretary.get(url("division"))
    with CaptureQueriesContext(connection) as one:
        secretary.get(url("division"))
    for code in ("job", "health", "legal"):
        give(table, code, table.silent, Part.HELPS)
    with CaptureQueriesContext(connection) as three:
        secretary.get(url("division"))
    assert len(one) == len(three) <= 15


def test_only_who_divides_is_led_to_the_cells(table: Table, signed_in: SignedIn) -> None:
    led = url("division-field", "job")
    found = [
        led in text_of(signed_in(role).get(url("division")))
        for role in (Role.COUNCIL_SECRETARY, Role.GOVERNOR_OFFICE, Role.AGENCY_OFFICER, Role.COUNTY_HEAD)
    ]
    assert found == [True, True, False, False]


# --- writing, without any script ---


def test_secretary_sets_and_clears_a_cell(table: Table, secretary: Client) -> None:
    page = url("division-field", "job")
    assert table.agency.name_fa in text_of(secretary.get(page))
    sent = secretary.post(page, {"organization": table.agency.pk, "part": "owner"})
    assert (sent.status_code, sent["Location"]) == (302, f"{page}?place={COUNTY}")
    assert FieldPart.objects.get().part == Part.OWNER
    secretary.post(url("division-clear", "job"), {"organization": table.agency.pk})
    assert not FieldPart.objects.exists()


@pytest.mark.parametrize("sent", [{"part": "x"}, {"organization": "x", "part": "owner"}, {"part": "owner"}])
def test_cell_that_is_not_whole_is_shown_again(table: Table, secretary: Client, sent: dict[str, str]) -> None:
    assert secretary.post(url("division-field", "job"), sent).status_code == 422
    assert secretary.post(url("division-clear", "job"), {"organization": "x"}).status_code == 302


def test_body_of_elsewhere_is_not_on_offer(secretary: Client) -> None:
    far = make_organization("خیریه دور", place=FAR_COUNTY)
    sent = secretary.post(url("division-field", "job"), {"organization": far.pk, "part": "owner"})
    assert sent.status_code == 422


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.COUNTY_HEAD, Role.PROVINCE_DIRECTOR, Role.SOCIAL_WORKER])
def test_cell_for_who_does_not_divide_is_not_found(table: Table, signed_in: SignedIn, role: Role) -> None:
    client, sent = signed_in(role), {"organization": table.agency.pk, "part": "owner"}
    assert client.get(url("division-field", "job")).status_code == 404
    assert client.post(url("division-field", "job"), sent).status_code == 404
    assert client.post(url("division-clear", "job"), sent).status_code == 404


def test_cell_of_another_place_or_no_field_is_not_found(secretary: Client) -> None:
    assert secretary.get(url("division-field", "job"), {"place": SISTER_COUNTY}).status_code == 404
    assert secretary.post(f"{url('division-clear', 'job')}?place={SISTER_COUNTY}").status_code == 404
    assert secretary.get(url("division-field", "nothing")).status_code == 404


def test_cell_is_not_cleared_by_looking(secretary: Client) -> None:
    assert secretary.get(url("division-clear", "job")).status_code == 405


# --- fields, for the administrator ---


def test_administrator_adds_renames_and_retires_a_field(administrator: Client) -> None:
    facts = {"name_fa": "رهایی بدهکاران", "name_en": "Debts", "active": "on"}
    assert administrator.post(url("field-create"), {"code": "debts", **facts}).status_code == 302
    assert "رهایی بدهکاران" in text_of(administrator.get(url("field-list")))
    assert administrator.get(url("field-edit", "debts")).status_code == 200
    administrator.post(url("field-edit", "debts"), {"name_fa": "آزادی بدهکاران", "position": "۵"})
    kept = field("debts")
    assert (kept.name_fa, kept.position, kept.active) == ("آزادی بدهکاران", 5, False)


@pytest.mark.parametrize(
    "sent", [{"name_en": "x"}, {"code": "housing", "name_fa": "x"}, {"code": "ب ج", "name_fa": "x"}]
)
def test_field_that_is_wrong_is_shown_again(administrator: Client, sent: dict[str, str]) -> None:
    assert administrator.get(url("field-create")).status_code == 200
    assert administrator.post(url("field-create"), sent).status_code == 422


@pytest.mark.parametrize("role", [Role.COUNCIL_SECRETARY, Role.GOVERNOR_OFFICE, Role.COUNTY_HEAD])
def test_fields_are_kept_by_the_administrator_alone(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    pages = [url("field-list"), url("field-create"), url("field-edit", "job")]
    assert {client.get(page).status_code for page in pages} == {404}


def test_field_that_is_not_there_is_not_found(administrator: Client) -> None:
    assert administrator.get(url("field-edit", "nothing")).status_code == 404


# --- what an order is told ---


def order(table: Table, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "key": uuid7(),
        "title": "ده فرصت شغلی",
        "owner": table.silent.pk,
        "due_on": short_date(days(30)),
        "field": field("job").pk,
        "priority": "normal",
        "confidentiality": "internal",
    }
    return values | changes


def test_field_of_an_order_says_who_owns_it(table: Table) -> None:
    give(table, "job", table.agency, Part.OWNER)
    give(table, "health", table.agency, Part.HELPS)
    said = dict(OrderForm(place=COUNTY).fields["field"].choices)
    labels = {str(key): label for key, label in said.items()}
    assert table.agency.name_fa in labels[str(field("job").pk)]
    assert table.agency.name_fa not in labels[str(field("health").pk)]


def test_order_to_another_body_is_asked_about_once_and_then_taken(table: Table) -> None:
    give(table, "job", table.agency, Part.OWNER)
    sent = order(table)
    first = OrderForm(sent, place=COUNTY)
    assert list(first.errors) == ["owner"]
    again = OrderForm(sent | {"warned": first["warned"].value()}, place=COUNTY)
    assert again.is_valid(), again.errors
    # Another body than the one that was asked about is asked about anew.
    third = make_organization("خیریه سوم")
    assert not OrderForm(sent | {"owner": third.pk, "warned": first["warned"].value()}, place=COUNTY).is_valid()


@pytest.mark.parametrize("case", ["owner", "one of two owners", "no owner", "no field"])
def test_order_that_fits_the_division_is_taken_at_once(table: Table, case: str) -> None:
    sent = {
        "owner": order(table, owner=table.agency.pk),
        "one of two owners": order(table),
        "no owner": order(table, field=field("legal").pk),
        "no field": order(table, field=""),
    }[case]
    give(table, "job", table.agency, Part.OWNER)
    if case == "one of two owners":
        give(table, "job", table.silent, Part.OWNER)
    form = OrderForm(sent, place=COUNTY)
    assert form.is_valid(), form.errors
    assert isinstance(form, SuggestsOwner)


def test_order_page_warns_and_then_writes(table: Table, client: Client) -> None:
    give(table, "job", table.agency, Part.OWNER)
    client.force_login(
        User.objects.get(pk=table.secretary.user_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    sent, page = order(table), url("commitment-create")
    asked = client.post(page, sent)
    assert asked.status_code == 422
    assert 'name="warned"' in text_of(asked)
    assert client.post(page, sent | {"warned": f"{sent['field']}:{sent['owner']}"}).status_code == 302
