"""Targeted lists: what each filter takes, pages that cover the list once, plans that use the indexes, files."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.audit.models import ReadEntry
from hamafza.core.scope import counties
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.exports.text import harmless
from hamafza.needs.models import Need
from hamafza.needs.queries.anonymous import anonymous_lines
from hamafza.needs.queries.due import EXPIRING, NEVER, OVERDUE, due_households
from hamafza.needs.queries.filters import SORTS, NeedFilters
from hamafza.needs.queries.lists import after, needs_in, place_of, top_needs, total_needs
from hamafza.needs.tests.factories import a_need, an_assessment, person_of
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SHARIFABAD
from hamafza.registry.choices import Cause, TargetGroup
from hamafza.registry.tests.factories import a_cause, a_county, a_head, a_household, a_membership, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def listed(**filters: object) -> set[Need]:
    return set(needs_in(COUNTY, NeedFilters(**filters)))  # type: ignore[arg-type]


def test_filter_by_each_column_takes_the_fitting_ones() -> None:
    home = a_household(decile=2, district_id=SHARIFABAD)
    fits = a_need(home, domain=Domain.HOUSING, severity=5, waiting_days=400)
    a_need(domain=Domain.JOB, severity=2)
    assert listed(domain="housing") == {fits}
    assert listed(severity=4) == {fits}
    assert listed(decile=3) == {fits}
    assert listed(district=SHARIFABAD) == {fits}
    assert listed(waiting=365) == {fits}
    assert listed(severity=1, severity_most=2) == listed(waiting_below=365) == listed(domain="job")


def test_filter_by_state_takes_standing_ones_unless_asked() -> None:
    standing, partly, met = a_need(), a_need(state=NeedState.PARTLY_MET), a_need(state=NeedState.MET)
    assert listed() == {standing, partly}
    assert listed(state="met") == {met}
    assert listed(state="all") == {standing, partly, met}


def test_filter_by_group_takes_the_person_herself_or_anybody_of_the_household() -> None:
    mother = a_head()
    son = a_person(household=mother.household)
    a_membership(son, group=TargetGroup.DISABLED)
    hers, his, theirs = a_need(mother), a_need(son), a_need(mother.household, domain=Domain.HOUSING)
    assert listed(group="disabled") == {his, theirs}
    assert listed(group="disabled", domain="housing") == {theirs}
    assert listed(group="disabled", domain="job") == {his}
    assert hers in listed()


def test_filter_by_group_that_is_over_takes_nobody() -> None:
    today = timezone.localdate()
    need = a_need()
    a_membership(person_of(need), valid_from=today - timedelta(days=9), valid_to=today - timedelta(days=1))
    assert listed(group="older") == set()


def test_filter_by_cause_takes_each_need_once() -> None:
    need = a_need()
    a_cause(need.household, cause=Cause.ECONOMIC)
    a_cause(need.household, cause=Cause.ECONOMIC, person=need.person)
    assert list(needs_in(COUNTY, NeedFilters(cause="economic"))) == [need]


def test_top_needs_come_by_score_with_the_head_for_a_household() -> None:
    home = a_head(household=a_household(decile=1)).household
    urgent, other = a_need(home, domain=Domain.HOUSING, severity=5), a_need(severity=1, waiting_days=31)
    first, second = top_needs(COUNTY)
    assert (first.household, first.person, first.severity) == (urgent.household_id, home.head_id, 5)
    assert (second.person, second.waiting_days, second.score) == (other.person_id, 31, other.score_base + 1)
    assert (total_needs(COUNTY), total_needs(COUNTY, domain="job"), len(list(top_needs(COUNTY, limit=1)))) == (2, 1, 1)


needs_stated = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 60)), min_size=0, max_size=9)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stated=needs_stated, size=st.integers(1, 4), sort=st.sampled_from(sorted(SORTS)))
def test_pages_cover_the_list_exactly_once_in_its_order(stated: list[tuple[int, int]], size: int, sort: str) -> None:
    Need.objects.all().delete()
    for severity, days in stated:
        a_need(severity=severity, waiting_days=days)
    filters = NeedFilters(sort=sort)
    whole = list(needs_in(COUNTY, filters))
    seen: list[Need] = []
    place = ""
    while page := list(after(needs_in(COUNTY, filters), filters, place)[:size]):
        seen += page
        place = place_of(page[-1], filters)
    assert seen == whole
    assert len(whole) == len(stated)


@pytest.mark.parametrize("place", ["x", "1_2", "1_not-a-uuid", "a_b_c", "_"])
def test_place_nobody_made_gives_the_whole_list(place: str) -> None:
    need = a_need()
    assert list(after(needs_in(COUNTY, NeedFilters()), NeedFilters(), place)) == [need]


@pytest.mark.parametrize("domain", ["job", ""])
def test_list_by_priority_runs_along_the_index(domain: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the planner of PostgreSQL scans a table this small")
    plan = needs_in(COUNTY, NeedFilters(domain=domain, group="disabled", cause="economic"))[:51].explain()
    assert "need_list" in plan
    assert "TEMP B-TREE" not in plan


def test_due_households_for_each_reason() -> None:
    today = timezone.localdate()
    never = a_need().household
    expiring = a_need(valid_to=today + timedelta(days=5)).household
    an_assessment(expiring, next_due_on=today + timedelta(days=90))
    overdue = a_household()
    an_assessment(overdue, assessed_on=today - timedelta(days=200), next_due_on=today)
    looked_after = a_need().household
    an_assessment(looked_after, assessed_on=today - timedelta(days=200), next_due_on=today)
    an_assessment(looked_after, next_due_on=today + timedelta(days=90))
    due = {why: set(due_households(COUNTY, on=today, why=why)) for why in ("", OVERDUE, EXPIRING, NEVER)}
    assert due == {"": {never, expiring, overdue}, OVERDUE: {overdue}, EXPIRING: {expiring}, NEVER: {never}}


def test_csv_has_the_mark_filters_maker_and_no_formula(worker: Client) -> None:
    a_need(a_head(first_name="=HYPERLINK(1)", last_name="رضایی"), item="+1", severity=5)
    answer = worker.get(reverse("needs:need-list-export", args=["csv"]), {"severity": "5"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][0] == "فهرست محدود به: شدت: بحرانی"
    assert str(worker.user) in rows[2][0]
    assert (rows[4][1], rows[4][5]) == ("'=HYPERLINK(1) رضایی", "'+1")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_harmless_text_cannot_start_a_formula(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"


def test_xlsx_is_right_to_left_with_texts_and_frozen_header(worker: Client) -> None:
    a_need(a_household(file_number="0012"), domain=Domain.HOUSING, item="=1+1")
    answer = worker.get(reverse("needs:need-list-export", args=["xlsx"]))
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    page = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'rightToLeft="1"' in page
    assert 'state="frozen"' in page
    assert "<f>" not in page
    assert (
        "0012" in page + book.read("xl/sharedStrings.xml").decode()
        if "xl/sharedStrings.xml" in book.namelist()
        else "0012" in page
    )


def test_export_records_each_reading(worker: Client) -> None:
    need = a_need()
    worker.get(reverse("needs:need-list-export", args=["csv"]))
    assert list(ReadEntry.objects.values_list("subject_type", "fields")) == [("registry.person", ["list_export"])]
    assert need.person is not None


def test_list_of_special_group_records_each_reading(worker: Client) -> None:
    need = a_need()
    a_membership(person_of(need), group=TargetGroup.MENTAL_ILLNESS)
    worker.get(reverse("needs:need-list"), {"group": "mental_illness"})
    worker.get(reverse("needs:need-list"), {"group": "older"})
    assert list(ReadEntry.objects.values_list("fields", flat=True)) == [["target_group"]]


def test_anonymous_lines_stand_for_five_households_or_more() -> None:
    for _ in range(5):
        a_need(domain=Domain.JOB, severity=3)
    a_membership(person_of(a_need(domain=Domain.JOB, severity=5)), group=TargetGroup.SOCIAL_HARM)
    lines = anonymous_lines(COUNTY, on=timezone.localdate())
    assert [(line.cell.severity, len(line.households), line.needs) for line in lines] == [(3, 5, 5)]


def test_anonymous_lines_of_one_household_are_not_shown() -> None:
    home = a_household()
    for _ in range(6):
        a_need(a_person(household=home), domain=Domain.EDUCATION)
    assert anonymous_lines(COUNTY, on=timezone.localdate()) == []


stated_somewhere = st.lists(
    st.tuples(
        st.integers(1, 5), st.sampled_from(["job", "housing"]), st.sampled_from([None, 1, 7]), st.integers(0, 500)
    ),
    max_size=14,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stated_somewhere)
def test_anonymous_lines_single_nobody_out(stated: list[tuple[int, str, int | None, int]]) -> None:
    Need.objects.all().delete()
    for severity, domain, decile, days in stated:
        a_need(a_household(decile=decile), domain=domain, severity=severity, waiting_days=days)
    lines = anonymous_lines(COUNTY, on=timezone.localdate())
    assert all(len(line.households) >= 5 for line in lines)
    assert len({line.cell for line in lines}) == len(lines)
    assert sum(line.needs for line in lines) <= len(stated)


def test_list_keeps_to_the_open_county() -> None:
    own = a_need()
    a_need(a_head(county=a_county(FAR_COUNTY)))
    with counties([COUNTY, FAR_COUNTY]):
        assert list(needs_in(COUNTY, NeedFilters())) == [own]


def test_filters_come_back_from_what_is_saved() -> None:
    filters = NeedFilters(domain="job", severity=4, sort="-waiting")
    assert NeedFilters.from_json(json.loads(json.dumps({**filters.as_json(), "gone": 1}))) == filters


def test_list_with_numbers_asks_for_a_reason_and_keeps_it_with_every_reading(worker: Client) -> None:
    need = a_need(a_head(first_name="زهرا", last_name="کریمی", identity_number="0099603081", mobile="09121234567"))
    address = reverse("needs:need-list-numbers")
    assert worker.get(address).status_code == 200
    assert worker.post(address, {"reason": "کوتاه", "kind": "csv"}).status_code == 422
    assert not ReadEntry.objects.exists()
    answer = worker.post(address, {"reason": "معرفی به اداره کار شهرستان", "kind": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[4][-2:] == ["0099603081", "09121234567"]
    entry = ReadEntry.objects.get()
    assert (UUID(entry.subject_id), entry.fields, entry.reason) == (
        need.person_id,
        ["identity_number", "list_export", "mobile"],
        "معرفی به اداره کار شهرستان",
    )


def test_list_with_numbers_asks_no_more_for_more_rows(worker: Client, django_assert_num_queries: Any) -> None:
    address, asked = reverse("needs:need-list-numbers"), {"reason": "معرفی به اداره کار شهرستان", "kind": "csv"}
    a_need()
    with CaptureQueriesContext(connection) as one:
        worker.post(address, asked)
    for _place in range(3):
        a_need()
    with django_assert_num_queries(len(one)):
        worker.post(address, asked)
