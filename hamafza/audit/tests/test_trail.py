"""The auditor's page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.tests.factories import SignedIn, give, make_user
from hamafza.audit.commands.record_read import record_read
from hamafza.audit.queries.trail import PAGE
from hamafza.audit.rules import SEE_AUDIT
from hamafza.core.scope import counties
from hamafza.places.models import COUNTRY_CODE, Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY
from hamafza.registry.models import Household, Person
from hamafza.registry.tests.factories import a_disability, a_household, a_person

URL = reverse("audit:trail")


@pytest.fixture
def auditor(signed_in: SignedIn) -> Client:
    return signed_in(Role.AUDITOR)


@pytest.fixture
def national(places: dict[str, Place]) -> Client:
    user = make_user()
    give(user, Role.AUDITOR, COUNTRY_CODE)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, **query: str) -> str:
    return client.get(URL, query, headers={"accept-language": "en"}, cookies={}).content.decode()


def test_permission_named_here_is_that_of_accounts() -> None:
    assert Permission.SEE_AUDIT == SEE_AUDIT


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_trail_is_closed_to_everybody_but_auditors(signed_in: SignedIn, role: Role) -> None:
    assert signed_in(role).get(URL).status_code == 404


def test_trail_is_closed_to_the_unknown(places: dict[str, Place], client: Client) -> None:
    assert client.get(URL).status_code in {302, 404}


def test_post_is_refused(auditor: Client) -> None:
    assert auditor.post(URL).status_code == 405


def test_trail_shows_fields_and_never_a_value(auditor: Client, county: Place) -> None:
    person = a_person(county=county, first_name="Sentinelname", last_name="Plain")
    Person.objects.filter(pk=person.pk).update(first_name="Changedname", skills="")
    a_disability(person)
    record_read(person, fields=["mobile"], reason="a call at noon")
    page = auditor.get(URL).content.decode()
    assert "•••" in page
    assert str(Person._meta.get_field("first_name").verbose_name) in page
    assert [word for word in ("Sentinelname", "Changedname", person.identity_number, "physical") if word in page] == []
    reads = auditor.get(URL, {"trail": "reads"}).content.decode()
    assert "a call at noon" in reads


def rows_of(client: Client, **query: str) -> list[tuple[str, str]]:
    return [(line.record, line.row_id) for line in client.get(URL, query).context["rows"]]


def test_trail_of_another_county_and_of_the_country_is_not_shown(auditor: Client, county: Place) -> None:
    here = a_household(county=county)
    a_household(county=Place.objects.get(code=SISTER_COUNTY))
    make_user()
    keys = {row for _, row in rows_of(auditor)}
    assert {key.replace("-", "") for key in keys} == {here.pk.hex}


def test_national_auditor_sees_users_and_every_county(national: Client, county: Place) -> None:
    a_household(county=county)
    a_household(county=Place.objects.get(code=SISTER_COUNTY))
    changed = national.get(URL).context["rows"]
    assert len([line for line in changed if line.tone == "green"]) >= 4


def test_filters_narrow_the_trail(auditor: Client, county: Place) -> None:
    household = a_household(county=county)
    a_person(household=household)
    from hamafza.core.session import acting_as

    user = make_user(full_name="Narges Karimi")
    with acting_as(f"user:{user.pk}"):
        household.decile = 2
        household.save()
    with acting_as("system:import"):
        household.decile = 3
        household.save()
    assert len(rows_of(auditor, record="registry.person")) == 1
    assert len(rows_of(auditor, actor="narges")) == 1
    assert len(rows_of(auditor, actor="import")) == 1
    assert len(rows_of(auditor, actor="nobody")) == 0
    assert len(rows_of(auditor, day="1370/01/01")) == 0
    assert len(rows_of(auditor, trail="reads", record="registry.person")) == 0
    assert len(rows_of(auditor, trail="nonsense")) == 5


def test_today_holds_what_happened_now(auditor: Client, county: Place) -> None:
    from django.utils import timezone

    from hamafza.core.jalali import format_date

    a_household(county=county)
    assert len(rows_of(auditor, day=format_date(timezone.localdate(), style="short"))) == 1


def test_more_continues_where_the_page_ended(auditor: Client, county: Place) -> None:
    Household.objects.bulk_create([Household(county=county) for _ in range(PAGE + 5)])
    first = auditor.get(URL)
    rest = auditor.get(URL + first.context["more_url"])
    assert (len(first.context["rows"]), len(rest.context["rows"]), rest.context["more_url"]) == (PAGE, 5, "")
    assert not {line.id for line in first.context["rows"]} & {line.id for line in rest.context["rows"]}


def test_number_of_queries_does_not_depend_on_rows(auditor: Client, county: Place) -> None:
    a_household(county=county)
    auditor.get(URL)
    with CaptureQueriesContext(connection) as few:
        auditor.get(URL)
    Household.objects.bulk_create([Household(county=county) for _ in range(30)])
    with CaptureQueriesContext(connection) as many:
        auditor.get(URL)
    assert len(many) == len(few) <= 15


def test_row_of_a_table_that_is_gone_is_shown_by_its_name(auditor: Client, county: Place) -> None:
    from hamafza.audit.models import Change

    with counties([COUNTY]), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO audit_change (at, actor, "table", row_id, op, county_id) '
            "VALUES ('2026-01-01 00:00:00.000000', 'database:root', 'old_table', '1', 'update', %s)",
            [COUNTY],
        )
        assert Change.objects.count() == 1
    (line,) = auditor.get(URL).context["rows"]
    assert line.record == "old_table"
    assert "root" in line.actor
