"""A body's programme: whose hands, when it counts as late, what is never rewritten, and who hears of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_actor, make_organization, make_worker
from hamafza.commitments.commands.programme import (
    drop_draft,
    publish_programme,
    revise_programme,
    write_programme,
)
from hamafza.commitments.commands.programme_items import MOST_ITEMS, add_item, change_item, remove_item
from hamafza.commitments.models import Programme, ProgrammeItem
from hamafza.commitments.programme_periods import MONTH, Period, period_on
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import Table
from hamafza.commitments.tests.factories_programme import (
    a_draft,
    a_programme,
    an_item,
    items_written,
    next_season,
    this_season,
)
from hamafza.commitments.tests.test_commitments import refusal
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.notices.models import Notice
from hamafza.places.models import Place
from hamafza.places.tests.factories import FAR_COUNTY, SHARIFABAD, SISTER_COUNTY


def test_programme_from_draft_to_published_before_its_period(table: Table) -> None:
    told = a_programme(table.county, table.agency, table.officer)
    assert (told.state, told.number, told.is_late, told.for_owner) == ("published", 1, False, False)
    assert told.published_on == clock.today()
    assert (told.starts_on, told.ends_on) == (next_season().first_day, next_season().last_day)


def test_programme_published_on_the_first_day_or_later_is_late_for_ever(table: Table, move_to: MoveTo) -> None:
    draft = a_draft(table.county, table.agency, table.officer)
    last_day_before = draft.starts_on - timedelta(days=1)
    in_time = a_draft(table.county, table.silent, table.secretary)
    move_to(last_day_before)
    assert not publish_programme(in_time, by=table.secretary).is_late
    move_to(draft.starts_on)
    told = publish_programme(draft, by=table.officer)
    assert (told.is_late, told.published_on) == (True, draft.starts_on)


def test_period_that_is_over_is_neither_planned_nor_published(table: Table, move_to: MoveTo) -> None:
    draft = a_draft(table.county, table.agency, table.officer, period=this_season())
    with refusal("past"):
        write_programme(
            table.county, organization=table.silent, period=Period(1404, MONTH, 1), by=table.secretary
        )  # fmt: skip
    move_to(draft.ends_on + timedelta(days=1))
    with refusal("past"):
        publish_programme(draft, by=table.officer)


def test_last_day_of_a_period_still_counts(table: Table, move_to: MoveTo) -> None:
    draft = a_draft(table.county, table.agency, table.officer, period=this_season())
    move_to(draft.ends_on)
    assert publish_programme(draft, by=table.officer).is_late


def test_one_programme_for_each_body_and_period(table: Table) -> None:
    a_draft(table.county, table.agency, table.officer)
    with refusal("exists"):
        a_draft(table.county, table.agency, table.officer)
    a_draft(table.county, table.agency, table.officer, period=period_on(clock.today(), kind=MONTH))


def test_form_sent_twice_makes_one_programme_and_one_item(table: Table) -> None:
    key, twice = uuid7(), uuid7()
    asked: dict[str, Any] = {"organization": table.agency, "period": next_season(), "by": table.officer, "key": key}
    made = write_programme(table.county, **asked)
    assert write_programme(table.county, **asked) == made
    first = add_item(made, an_item(), by=table.officer, key=twice)
    assert add_item(made, an_item(), by=table.officer, key=twice) == first
    assert ProgrammeItem.objects.count() == 1


def test_nothing_is_published_empty_or_twice(table: Table) -> None:
    draft = write_programme(table.county, organization=table.agency, period=next_season(), by=table.officer)
    with refusal("empty"):
        publish_programme(draft, by=table.officer)
    add_item(draft, an_item(), by=table.officer)
    told = publish_programme(draft, by=table.officer)
    moment = told.published_at
    with refusal("no_such_step"):
        publish_programme(told, by=table.officer)
    told.refresh_from_db()
    assert told.published_at == moment


# --- whose hands ---


def test_officer_of_another_body_neither_writes_nor_publishes(table: Table) -> None:
    draft, stranger = a_draft(table.county, table.agency, table.officer), make_actor(Role.AGENCY_OFFICER)
    with pytest.raises(PermissionDenied):
        write_programme(table.county, organization=table.silent, period=next_season(), by=stranger)
    with pytest.raises(PermissionDenied):
        add_item(draft, an_item(), by=stranger)
    with pytest.raises(PermissionDenied):
        publish_programme(draft, by=stranger)
    with pytest.raises(PermissionDenied):
        drop_draft(draft, by=stranger)


def test_secretary_does_not_plan_for_a_body_that_has_users(table: Table) -> None:
    draft = a_draft(table.county, table.agency, table.officer)
    for act in (publish_programme, drop_draft):
        with pytest.raises(PermissionDenied):
            act(draft, by=table.secretary)


def test_secretary_writes_for_a_body_without_users(table: Table) -> None:
    told = a_programme(table.county, table.silent, table.secretary)
    assert (told.for_owner, told.published_by_id) == (True, table.secretary.user_id)


def test_secretary_of_another_county_writes_for_nobody_here(table: Table) -> None:
    with pytest.raises(PermissionDenied):
        write_programme(
            table.county, organization=table.silent, period=next_season(),
            by=make_actor(Role.COUNCIL_SECRETARY, SISTER_COUNTY),
        )  # fmt: skip


def test_officer_does_not_plan_where_she_has_no_duty(table: Table) -> None:
    with pytest.raises(PermissionDenied):
        write_programme(SISTER_COUNTY, organization=table.agency, period=next_season(), by=table.officer)


def test_body_of_elsewhere_plans_nothing_here(table: Table) -> None:
    body = make_organization("خیریه دور", place=FAR_COUNTY)
    with refusal("not_here"):
        write_programme(table.county, organization=body, period=next_season(), by=table.secretary)


# --- items ---


def test_items_are_added_changed_and_taken_out_of_a_draft(table: Table) -> None:
    draft = a_draft(table.county, table.agency, table.officer)
    item = items_written(draft)[0]
    change_item(item, an_item("health", what="ویزیت رایگان", quantity=40, unit="نفر"), by=table.officer)
    item.refresh_from_db()
    assert (item.field.code, item.what, item.quantity, item.unit) == ("health", "ویزیت رایگان", 40, "نفر")
    remove_item(item, by=table.officer)
    assert items_written(draft) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"what": " "}, "no_text"), ({"quantity": 5}, "no_unit"), ({"unit": "نفر"}, "no_unit")],
)
def test_item_that_is_not_whole_refused(table: Table, changes: dict[str, Any], code: str) -> None:
    draft = a_draft(table.county, table.agency, table.officer)
    with refusal(code):
        add_item(draft, an_item(**changes), by=table.officer)


def test_item_lies_in_its_place_and_names_another_body_of_it(table: Table) -> None:
    draft = a_draft(table.county, table.agency, table.officer)
    here, elsewhere = (Place.objects.get(code=code) for code in (SHARIFABAD, "230601"))
    assert add_item(draft, an_item(district=here, partner=table.silent), by=table.officer).district == here
    with refusal("not_here"):
        add_item(draft, an_item(district=elsewhere), by=table.officer)
    with refusal("same_body"):
        add_item(draft, an_item(partner=table.agency), by=table.officer)
    with refusal("not_here"):
        add_item(draft, an_item(partner=make_organization("دور", place=FAR_COUNTY)), by=table.officer)


def test_programme_has_an_end(table: Table) -> None:
    draft = a_draft(table.county, table.agency, table.officer)
    for _number in range(MOST_ITEMS - 1):
        add_item(draft, an_item(), by=table.officer)
    with refusal("too_many"):
        add_item(draft, an_item(), by=table.officer)


# --- what is published stays ---


def test_published_programme_is_not_rewritten(table: Table) -> None:
    told = a_programme(table.county, table.agency, table.officer)
    item = items_written(told)[0]
    with refusal("no_such_step"):
        add_item(told, an_item(), by=table.officer)
    with refusal("no_such_step"):
        change_item(item, an_item(what="دیگر"), by=table.officer)
    with refusal("no_such_step"):
        remove_item(item, by=table.officer)
    with refusal("no_such_step"):
        drop_draft(told, by=table.officer)


def test_change_is_a_new_version_with_a_reason_and_the_first_stays(table: Table, move_to: MoveTo) -> None:
    first = a_programme(table.county, table.agency, table.officer)
    with refusal("no_reason"):
        revise_programme(first, reason=" ", by=table.officer)
    move_to(first.starts_on + timedelta(days=5))
    second = revise_programme(first, reason="بودجه کم شد", by=table.officer)
    add_item(second, an_item("health"), by=table.officer)
    with refusal("no_such_step"):
        revise_programme(first, reason="باز هم", by=table.officer)
    told = publish_programme(second, by=table.officer)
    assert (told.number, told.reason) == (2, "بودجه کم شد")
    assert [(item.field.code, item.since) for item in items_written(told)] == [("job", 1), ("health", 2)]
    first.refresh_from_db()
    assert (first.state, first.is_late, len(items_written(first))) == ("published", False, 1)


def test_draft_of_a_change_is_thrown_away_and_may_be_begun_again(table: Table) -> None:
    first = a_programme(table.county, table.agency, table.officer)
    drop_draft(revise_programme(first, reason="تغییر", by=table.officer), by=table.officer)
    assert list(Programme.objects.all()) == [first]
    assert revise_programme(first, reason="تغییر", by=table.officer).number == 2


def test_programme_of_a_period_that_is_over_stays(table: Table, move_to: MoveTo) -> None:
    told = a_programme(table.county, table.agency, table.officer, period=this_season())
    move_to(told.ends_on + timedelta(days=1))
    with refusal("past"):
        revise_programme(told, reason="تغییر", by=table.officer)


# --- who hears of it ---


def test_officers_of_the_other_bodies_hear_of_it_and_their_own_do_not(table: Table) -> None:
    other = make_organization("خیریه یاس")
    charity = make_worker(Role.AGENCY_OFFICER, table.county, organization=other)
    make_worker(Role.AGENCY_OFFICER, SISTER_COUNTY, organization=make_organization("همسایه", place=SISTER_COUNTY))
    told = a_programme(table.county, table.agency, table.officer)
    notices = Notice.objects.filter(code="commitments.programme.published")
    assert {notice.user_id for notice in notices} == {charity.pk, table.secretary.user_id, table.governor.user_id}
    assert {notice.url for notice in notices} == {f"/commitments/programmes/{told.pk}/"}
    revised = revise_programme(told, reason="تغییر", by=table.colleague)
    publish_programme(revised, by=table.colleague)
    assert Notice.objects.filter(code="commitments.programme.changed", user=charity).count() == 1


def test_secretary_who_publishes_tells_not_herself(table: Table) -> None:
    a_programme(table.county, table.silent, table.secretary)
    told = {notice.user_id for notice in Notice.objects.filter(code="commitments.programme.published")}
    assert told == {table.officer.user_id, table.colleague.user_id, table.governor.user_id}


def test_officer_whose_duty_has_ended_hears_nothing(table: Table) -> None:
    gone = make_worker(Role.AGENCY_OFFICER, table.county, organization=make_organization("خیریه یاس"))
    gone.duties.update(valid_to=date(2021, 1, 1))
    a_programme(table.county, table.agency, table.officer)
    assert not Notice.objects.filter(user=gone).exists()
    assert actor_for(gone).duties == ()
