"""All programmes of a period side by side: what is in force, what meets, what nobody plans for, and who is silent."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hamafza.accounts.tests.factories import make_organization
from hamafza.commitments.choices import Part
from hamafza.commitments.commands.division import set_part
from hamafza.commitments.commands.programme import publish_programme, revise_programme
from hamafza.commitments.commands.programme_items import add_item, remove_item
from hamafza.commitments.programme_periods import MONTH, period_on
from hamafza.commitments.queries.division import field_named
from hamafza.commitments.queries.programme import board_of, periods_told, programmes_of
from hamafza.commitments.queries.programme_writers import bodies_without_users, bodies_written_for
from hamafza.commitments.tests.factories import Table
from hamafza.commitments.tests.factories_programme import (
    a_draft,
    a_programme,
    an_item,
    items_written,
    next_season,
    this_season,
)
from hamafza.places.models import Place
from hamafza.places.tests.factories import CENTRAL, SHARIFABAD


def test_only_what_is_published_stands_side_by_side(table: Table) -> None:
    a_draft(table.county, table.silent, table.secretary)
    told = a_programme(table.county, table.agency, table.officer)
    board = board_of(table.county, next_season())
    assert board.programmes == [told]
    assert [(one.field.code, [item.what for item in one.items]) for one in board.fields] == [("job", ["کارگاه خیاطی"])]
    assert periods_told(table.county) == [next_season().code]


def test_newest_published_version_is_in_force(table: Table) -> None:
    first = a_programme(table.county, table.agency, table.officer)
    second = revise_programme(first, reason="تغییر", by=table.officer)
    remove_item(items_written(second)[0], by=table.officer)
    add_item(second, an_item("health"), by=table.officer)
    assert board_of(table.county, next_season()).programmes == [first]
    publish_programme(second, by=table.officer)
    board = board_of(table.county, next_season())
    assert board.programmes == [second]
    assert [one.field.code for one in board.fields] == ["health"]


def test_month_stands_within_its_season_and_not_in_the_next(table: Table) -> None:
    month = period_on(this_season().last_day, kind=MONTH)
    a_programme(table.county, table.agency, table.officer, period=month)
    assert len(board_of(table.county, this_season()).programmes) == 1
    assert board_of(table.county, next_season()).programmes == []


def test_overlap_of_two_bodies_is_pointed_out_until_one_names_the_other(table: Table) -> None:
    here, there = (Place.objects.get(code=code) for code in (SHARIFABAD, CENTRAL))
    first = a_programme(table.county, table.agency, table.officer, items=(an_item(district=here),))
    second = a_programme(
        table.county, table.silent, table.secretary,
        items=(an_item(district=here), an_item(district=there), an_item("health", district=here)),
    )  # fmt: skip
    met = board_of(table.county, next_season()).meetings
    assert [{one.one.programme, one.other.programme} for one in met] == [{first, second}]
    assert [one.is_together for one in met] == [False]
    changed = revise_programme(first, reason="هماهنگی", by=table.officer)
    remove_item(items_written(changed)[0], by=table.officer)
    add_item(changed, an_item(district=here, partner=table.silent), by=table.officer)
    publish_programme(changed, by=table.officer)
    assert [one.is_together for one in board_of(table.county, next_season()).meetings] == [True]


def test_fields_nobody_plans_for_and_bodies_that_are_silent(table: Table) -> None:
    a_programme(table.county, table.agency, table.officer)
    job, legal = field_named("job"), field_named("legal")
    assert job
    assert legal
    informed = make_organization("آگاه")
    for field, body, part in (
        (job, table.agency, Part.OWNER), (legal, table.silent, Part.OWNER), (job, informed, Part.INFORMED)
    ):  # fmt: skip
        set_part(table.county, field=field, organization=body, part=part, by=table.secretary)
    board = board_of(table.county, next_season())
    assert board.silent == [table.silent]
    assert "job" not in {one.field.code for one in board.unplanned}
    assert [one.owners for one in board.unplanned if one.field == legal] == [[table.silent]]


def test_board_of_one_field_holds_that_alone(table: Table) -> None:
    a_programme(table.county, table.agency, table.officer, items=(an_item("job"), an_item("health")))
    board = board_of(table.county, next_season(), field=field_named("health"))
    assert [one.field.code for one in board.fields] == ["health"]
    assert board.unplanned == []


def test_board_asks_the_same_queries_however_much_is_planned(table: Table) -> None:
    a_programme(table.county, table.agency, table.officer)
    with CaptureQueriesContext(connection) as one:
        board_of(table.county, next_season())
    for number in range(5):
        body = make_organization(f"خیریه {number}")
        a_programme(table.county, body, table.secretary, items=(an_item("job"), an_item("health")))
    with CaptureQueriesContext(connection) as many:
        board_of(table.county, next_season())
    assert len(one) == len(many) <= 5


def test_secretary_writes_for_bodies_without_users_alone(table: Table) -> None:
    assert table.silent in bodies_without_users(table.county)
    assert table.agency not in bodies_without_users(table.county)
    assert list(bodies_written_for(table.officer, table.county)) == [table.agency]
    assert list(bodies_written_for(table.secretary, table.county)) == [table.silent]


@pytest.mark.parametrize("count", [1, 3])
def test_programmes_of_a_body_are_counted_with_their_items(table: Table, count: int) -> None:
    a_draft(table.county, table.agency, table.officer, items=(an_item(),) * count)
    assert [one.items_count for one in programmes_of([table.agency.pk], table.county)] == [count]
