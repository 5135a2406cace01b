"""The pages of programmes: mine, one with its items, and all side by side; who is let in and who is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.accounts.tests.factories import SignedIn, make_organization
from hamafza.commitments.commands.programme import revise_programme
from hamafza.commitments.models import Programme, ProgrammeItem
from hamafza.commitments.queries.division import field_named
from hamafza.commitments.tests.factories import Table, a_table
from hamafza.commitments.tests.factories_programme import (
    a_draft,
    a_programme,
    an_item,
    items_written,
    next_season,
    this_season,
)
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SHARIFABAD, SISTER_COUNTY

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"commitments:programme-{name}", args=args)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def officer(table: Table) -> Client:
    return client_of(table.officer)


@pytest.fixture
def secretary(table: Table) -> Client:
    return client_of(table.secretary)


def item_sent(**changes: Any) -> dict[str, Any]:
    facts = an_item()
    values: dict[str, Any] = {"key": uuid7(), "field": facts.field.pk, "what": "کارگاه خیاطی"}
    return values | changes


# --- mine ---


def test_officer_goes_from_nothing_to_published(table: Table, officer: Client) -> None:
    assert officer.get(url("mine")).status_code == 200
    assert officer.get(url("create")).status_code == 200
    sent = {"key": uuid7(), "organization": table.agency.pk, "period": next_season().code}
    officer.post(url("create"), sent)
    officer.post(url("create"), sent)
    draft = Programme.objects.get()
    page = url("record", draft.pk)
    assert officer.get(page).status_code == 200
    assert officer.post(url("publish", draft.pk)).status_code == 302
    assert Programme.objects.get().is_draft
    added = officer.post(
        url("item-add", draft.pk),
        item_sent(quantity="۴۰", unit="نفر", target_group="older", district=SHARIFABAD, partner=table.silent.pk),
    )
    assert (added.status_code, added["Location"]) == (302, page)
    item = ProgrammeItem.objects.get()
    assert (item.quantity, item.target_group, item.district_id) == (40, "older", SHARIFABAD)
    edit = url("item-edit", draft.pk, item.pk)
    assert "کارگاه خیاطی" in text_of(officer.get(edit))
    assert officer.post(edit, item_sent(what="کارگاه قالی‌بافی")).status_code == 302
    assert officer.post(url("publish", draft.pk)).status_code == 302
    told = Programme.objects.get()
    assert (told.state, items_written(told)[0].what) == ("published", "کارگاه قالی‌بافی")
    assert "کارگاه قالی‌بافی" in text_of(officer.get(page))


def test_item_that_is_wrong_is_shown_again_with_what_was_typed(table: Table, officer: Client) -> None:
    draft = a_draft(table.county, table.agency, table.officer)
    answer = officer.post(url("item-add", draft.pk), item_sent(what="جهیزیه برای نوعروسان", quantity="5"))
    assert answer.status_code == 422
    assert "جهیزیه برای نوعروسان" in text_of(answer)
    edit = url("item-edit", draft.pk, items_written(draft)[0].pk)
    assert officer.post(edit, item_sent(unit="نفر")).status_code == 422


def test_period_that_is_taken_is_said_beside_the_field(table: Table, officer: Client) -> None:
    a_draft(table.county, table.agency, table.officer)
    sent = {"key": uuid7(), "organization": table.agency.pk, "period": next_season().code}
    assert officer.post(url("create"), sent).status_code == 422
    assert officer.post(url("create"), sent | {"period": "1390-s1"}).status_code == 422


def test_draft_is_thrown_away(table: Table, officer: Client) -> None:
    draft = a_draft(table.county, table.agency, table.officer)
    assert officer.post(url("item-remove", draft.pk, items_written(draft)[0].pk)).status_code == 302
    assert items_written(draft) == []
    assert officer.post(url("drop", draft.pk)).status_code == 302
    assert not Programme.objects.exists()


def test_published_programme_is_changed_by_a_new_version(table: Table, officer: Client) -> None:
    told = a_programme(table.county, table.agency, table.officer)
    assert officer.post(url("revise", told.pk), {"key": uuid7(), "reason": ""}).status_code == 422
    assert officer.post(url("revise", told.pk), {"key": uuid7(), "reason": "بودجه کم شد"}).status_code == 302
    second = Programme.objects.get(number=2)
    assert second.reason == "بودجه کم شد"
    assert url("record", second.pk) in text_of(officer.get(url("record", told.pk)))
    edit = url("item-edit", told.pk, items_written(told)[0].pk)
    assert officer.get(edit).status_code == 404
    assert officer.post(url("drop", told.pk)).status_code == 302
    assert Programme.objects.filter(pk=told.pk).exists()


def test_secretary_writes_for_a_body_without_users_alone(table: Table, secretary: Client) -> None:
    sent = {"key": uuid7(), "period": next_season().code}
    assert secretary.post(url("create"), sent | {"organization": table.agency.pk}).status_code == 422
    assert secretary.post(url("create"), sent | {"organization": table.silent.pk}).status_code == 302
    assert table.silent.name_fa in text_of(secretary.get(url("mine")))


# --- who is let in ---

ACTS = ["publish", "revise", "drop", "item-add"]


def test_draft_of_another_body_is_not_found_and_what_is_published_is_read(table: Table, signed_in: SignedIn) -> None:
    draft = a_draft(table.county, table.silent, table.secretary)
    told = a_programme(table.county, table.agency, table.officer)
    readers = [client_of(table.officer), signed_in(Role.COUNTY_HEAD), signed_in(Role.PROVINCE_DIRECTOR)]
    assert [one.get(url("record", draft.pk)).status_code for one in readers] == [404, 404, 404]
    assert [one.get(url("record", told.pk)).status_code for one in readers] == [200, 200, 200]


@pytest.mark.parametrize("act", ACTS)
def test_act_on_the_programme_of_another_body_is_not_found(table: Table, signed_in: SignedIn, act: str) -> None:
    told = a_programme(table.county, table.silent, table.secretary)
    for client in (client_of(table.officer), signed_in(Role.COUNTY_HEAD), signed_in(Role.PROVINCE_DIRECTOR)):
        assert client.post(url(act, told.pk), item_sent(reason="x")).status_code == 404
    assert not told.items.filter(what="x").exists()


@pytest.mark.parametrize("act", ["item-edit", "item-remove"])
def test_item_of_another_body_is_not_found(table: Table, officer: Client, act: str) -> None:
    draft = a_draft(table.county, table.silent, table.secretary)
    assert officer.post(url(act, draft.pk, items_written(draft)[0].pk)).status_code == 404
    own = a_draft(table.county, table.agency, table.officer)
    assert officer.post(url(act, own.pk, items_written(draft)[0].pk)).status_code == 404
    assert officer.post(url(act, own.pk, uuid7())).status_code == 404


def test_programme_of_another_county_is_not_found(table: Table, officer: Client, secretary: Client) -> None:
    with counties([SISTER_COUNTY]):
        other = a_table(SISTER_COUNTY)
        told = a_programme(SISTER_COUNTY, other.agency, other.officer)
        draft = a_draft(SISTER_COUNTY, other.silent, other.secretary)
    for client in (officer, secretary):
        assert client.get(url("record", told.pk)).status_code == 404
        assert client.get(url("record", uuid7())).status_code == 404
        assert client.post(url("publish", draft.pk)).status_code == 404
        assert client.get(url("board"), {"place": SISTER_COUNTY}).status_code == 404
        assert client.get(url("mine"), {"place": SISTER_COUNTY}).status_code == 404
        assert client.get(url("create"), {"place": SISTER_COUNTY}).status_code == 404


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.AUDITOR, Role.NATIONAL_ADMIN, Role.BENEFACTOR])
def test_programmes_for_who_takes_no_part_are_not_found(table: Table, signed_in: SignedIn, role: Role) -> None:
    told, client = a_programme(table.county, table.agency, table.officer), signed_in(role)
    pages = [url("board"), url("mine"), url("create"), url("record", told.pk)]
    assert {client.get(page).status_code for page in pages} == {404}


def test_who_writes_for_nobody_reads_the_board_alone(table: Table, signed_in: SignedIn) -> None:
    director = signed_in(Role.PROVINCE_DIRECTOR)
    found = [director.get(url(page), {"place": COUNTY}).status_code for page in ("board", "mine", "create")]
    assert found == [200, 404, 404]


@pytest.mark.parametrize("act", ACTS)
def test_act_is_not_done_by_looking(officer: Client, act: str) -> None:
    assert officer.get(url(act, uuid7())).status_code == 405
    assert officer.get(url("item-remove", uuid7(), uuid7())).status_code == 405


# --- side by side ---


def test_board_points_out_overlaps_gaps_and_the_silent(table: Table, officer: Client) -> None:
    here = Place.objects.get(code=SHARIFABAD)
    a_programme(table.county, table.agency, table.officer, items=(an_item(district=here, what="کارگاه الف"),))
    a_programme(table.county, table.silent, table.secretary, items=(an_item(district=here, what="کارگاه ب"),))
    answer = officer.get(url("board"), {"period": next_season().code}, headers={"accept-language": "en"})
    said = text_of(answer)
    met = said[said.index("Two bodies plan the same") : said.index("What nobody has planned")]
    assert met.count(">overlap<") == 1
    assert "کارگاه الف" in met
    assert "کارگاه ب" in met
    assert "not planned" in said
    legal = field_named("legal")
    assert legal
    one = officer.get(url("board"), {"period": next_season().code, "field": str(legal.pk)})
    assert "کارگاه الف" not in text_of(one)


def test_board_marks_what_came_late(table: Table, officer: Client) -> None:
    a_programme(table.county, table.agency, table.officer, period=this_season())
    page = url("board")
    assert "published late" in text_of(officer.get(page, headers={"accept-language": "en"}))


@pytest.mark.parametrize("period", ["", "x", "1390-s1", "9999-m99"])
def test_period_that_is_not_on_offer_gives_the_present_season(officer: Client, period: str) -> None:
    answer = officer.get(url("board"), {"period": period})
    assert answer.status_code == 200
    assert answer.context["period"] == this_season()


def test_board_never_shows_a_draft(table: Table, officer: Client) -> None:
    told = a_programme(table.county, table.agency, table.officer)
    second = revise_programme(told, reason="تغییر", by=table.officer)
    said = text_of(officer.get(url("board"), {"period": next_season().code}))
    assert (url("record", told.pk) in said, url("record", second.pk) in said) == (True, False)


@pytest.mark.parametrize("page", ["board", "mine"])
def test_list_of_one_and_of_many_asks_the_same_queries(table: Table, secretary: Client, page: str) -> None:
    a_programme(table.county, table.silent, table.secretary)
    asked = {"period": next_season().code}
    secretary.get(url(page), asked)
    with CaptureQueriesContext(connection) as one:
        secretary.get(url(page), asked)
    for number in range(3):
        body = make_organization(f"خیریه {number}")
        a_programme(table.county, body, table.secretary, items=(an_item("job"), an_item("health")))
    with CaptureQueriesContext(connection) as many:
        secretary.get(url(page), asked)
    assert len(one) == len(many) <= 15


def test_record_asks_the_same_queries_however_long(table: Table, officer: Client) -> None:
    draft = a_draft(table.county, table.agency, table.officer)
    officer.get(url("record", draft.pk))
    with CaptureQueriesContext(connection) as one:
        officer.get(url("record", draft.pk))
    for _number in range(3):
        officer.post(url("item-add", draft.pk), item_sent(partner=table.silent.pk, district=SHARIFABAD))
    officer.get(url("record", draft.pk))
    with CaptureQueriesContext(connection) as many:
        officer.get(url("record", draft.pk))
    assert len(items_written(draft)) == 4
    assert len(one) == len(many) <= 20
