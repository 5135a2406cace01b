"""Overlap and gap: several bodies with the same thing, and severe needs whom nobody has helped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.models import Organization
from hamafza.accounts.tests.factories import SignedIn, make_organization
from hamafza.audit.models import ReadEntry
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.core.persian import key
from hamafza.core.scope import counties
from hamafza.needs.choices import Domain
from hamafza.needs.models import AidRecord
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.registry.models import Household
from hamafza.registry.tests.factories import a_head
from hamafza.reports.queries.overlap import OFFICE, AidFilters, by_body, overlaps, summary, unhelped

pytestmark = pytest.mark.django_db
COUNTY = "2313"


def charity(name: str = "خیریه مهر") -> Organization:
    return make_organization(name, kind=OrganizationKind.CHARITY)


def aid(
    home: Household, giver: Organization | None, *, item: str = "بسته غذایی", days_ago: int = 5, **fields: Any
) -> AidRecord:
    with counties([home.county_id]):
        return AidRecord.objects.create(
            county_id=home.county_id,
            household=home,
            item=item,
            item_key=key(item),
            giver=giver,
            source_type="test",
            source_id=uuid7(),
            **{"domain": Domain.LIVELIHOOD, "on": clock.today() - timedelta(days=days_ago), **fields},
        )


def a_home() -> Household:
    return a_head().household


def found(filters: AidFilters | None = None, on: date | None = None) -> list[Any]:
    return overlaps(COUNTY, filters or AidFilters(), on=on or clock.today())


def test_same_thing_from_two_bodies_is_an_overlap_with_who_gave_it(county: Place) -> None:
    home = a_home()
    aid(home, None)
    aid(home, charity())
    aid(home, charity(), days_ago=2)
    row = found()[0]
    assert (row.household, row.bodies, row.times) == (home.pk, 2, 3)
    assert [(one.body, one.times) for one in row.by] == [("", 1), ("خیریه مهر", 2)]


def test_item_spelt_otherwise_is_the_same_thing(county: Place) -> None:
    home = a_home()
    aid(home, None, item="بسته غذایی")
    aid(home, charity(), item="بستهٔ  غذايي")
    assert len(found()) == 1


def test_different_things_overlap_only_when_the_kind_of_need_counts(county: Place) -> None:
    home = a_home()
    aid(home, None, item="برنج")
    aid(home, charity(), item="روغن")
    assert (len(found()), len(found(AidFilters(by_domain=True)))) == (0, 1)


def test_same_body_twice_is_no_overlap(county: Place) -> None:
    home = a_home()
    aid(home, charity())
    aid(home, charity())
    assert found() == []


@pytest.mark.parametrize("gone", [{"taken_back_at": timezone.now()}, {"on": date(2020, 1, 1)}])
def test_what_was_taken_back_or_is_long_ago_is_not_counted(county: Place, gone: dict[str, Any]) -> None:
    home = a_home()
    aid(home, None)
    aid(home, charity(), **gone)
    assert found() == []


def test_overlaps_of_one_body_are_those_in_which_it_gave(county: Place) -> None:
    first, second = a_home(), a_home()
    aid(first, None)
    aid(first, charity())
    aid(second, charity())
    aid(second, charity("خیریه نور"))
    asked = [AidFilters(body=body) for body in (OFFICE, str(charity("خیریه نور").pk))]
    assert [{row.household for row in found(one)} for one in asked] == [{first.pk}, {second.pk}]


def test_page_of_overlaps_asks_three_queries_for_any_number(county: Place, django_assert_num_queries: Any) -> None:
    for home in [a_home() for _ in range(3)]:
        aid(home, None)
        aid(home, charity())
    with django_assert_num_queries(3):
        assert len(found()) == 3


def test_severe_need_of_a_family_without_help_is_a_gap_once_a_family(county: Place) -> None:
    head = a_head()
    urgent = a_need(head, domain=Domain.JOB, severity=5)
    a_need(head.household, domain=Domain.HOUSING, severity=4)
    assert list(unhelped(COUNTY, AidFilters(), on=clock.today())) == [urgent]


def test_family_that_was_helped_or_is_not_in_severe_need_is_no_gap(county: Place) -> None:
    helped = a_need(severity=5)
    aid(helped.household, charity())
    a_need(severity=2)
    assert list(unhelped(COUNTY, AidFilters(), on=clock.today())) == []


def test_help_of_another_kind_leaves_the_gap_of_a_kind(county: Place) -> None:
    need = a_need(severity=5, domain=Domain.JOB)
    aid(need.household, charity(), domain=Domain.LIVELIHOOD)
    assert list(unhelped(COUNTY, AidFilters(domain=Domain.JOB), on=clock.today())) == [need]


def test_summary_counts_families_and_bodies(county: Place) -> None:
    both, one = a_home(), a_home()
    aid(both, None, value_rial=100)
    aid(both, charity(), value_rial=50)
    aid(one, charity(), value_rial=70)
    a_need(severity=5)
    numbers = summary(COUNTY, AidFilters(), on=clock.today())
    lines = {line.name: line for line in by_body(COUNTY, AidFilters(), on=clock.today())}
    assert (numbers.helped, numbers.overlapping, numbers.unhelped) == (2, 1, 1)
    assert {name: (line.families, line.times, line.value_rial, line.shared) for name, line in lines.items()} == {
        str(charity()): (2, 2, 120, 1),
        "": (1, 1, 100, 1),
    }


PAGES = ["/aid/", "/aid/overlap/", "/aid/gap/", "/aid/overlap/export.csv", "/aid/gap/export.xlsx"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_those_who_may_and_nobody_else(head: Client, signed_in: SignedIn, page: str) -> None:
    home = a_home()
    aid(home, None)
    aid(home, charity())
    a_need(severity=5)
    answers = [head.get(page), signed_in(Role.GIVING_OFFICER).get(page), signed_in(Role.AUDITOR).get(page)]
    assert [answer.status_code for answer in answers] == [200, 404, 404]


def test_families_that_leave_in_a_file_are_recorded_as_read(head: Client) -> None:
    home = a_home()
    aid(home, None)
    aid(home, charity())
    text = head.get("/aid/overlap/export.csv").content.decode("utf-8")
    with counties([COUNTY]):
        assert home.file_number in text
        assert ReadEntry.objects.filter(subject_type="registry.household").count() == 1


def test_other_county_s_aid_is_not_seen(head: Client, signed_in: SignedIn) -> None:
    home = a_home()
    aid(home, None)
    aid(home, charity())
    page = signed_in(Role.COUNTY_HEAD, "2306").get("/aid/overlap/").content.decode()
    assert home.file_number not in page
