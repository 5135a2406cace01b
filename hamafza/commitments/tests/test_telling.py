"""Who hears of it: the asking side of what the owner says, and those who help when it is handed out."""

from __future__ import annotations

from uuid import UUID

import pytest

from hamafza.accounts.choices import Role
from hamafza.accounts.models import Duty
from hamafza.accounts.tests.factories import make_worker
from hamafza.commitments.commands.answer import ask_for_date, give_back, report
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Report, Supports
from hamafza.commitments.tests.factories import Table, client_of, days
from hamafza.notices.models import Notice

DONE = Report(text="انجام شد", is_claim=True)


def told(code: str) -> list[UUID]:
    return sorted(Notice.objects.filter(code=code).values_list("user_id", flat=True))


def both(table: Table) -> list[UUID]:
    """Who wrote it, and whoever answers for the body that asked."""
    return sorted(one.user_id for one in (table.secretary, table.governor) if one.user_id)


@pytest.mark.parametrize("code", ["returned", "date_asked", "claimed"])
def test_asking_side_hears_what_the_owner_says(table: Table, code: str) -> None:
    held = table.given() if code == "returned" else table.taken()
    if code == "returned":
        give_back(held, reason="در اختیار ما نیست", by=table.officer)
    elif code == "date_asked":
        ask_for_date(held, new=days(60), reason="دیرکرد", by=table.officer)
    else:
        report(held, Report(percent=50), by=table.officer)
        report(held, DONE, by=table.officer)
    assert told(f"commitments.{code}") == both(table)
    notice = Notice.objects.filter(code=f"commitments.{code}")[0]
    assert client_of(table.governor).get(notice.url).status_code == 200


def test_whoever_says_it_herself_is_not_told(table: Table) -> None:
    held = table.given(owner=table.silent)
    give_back(held, reason="در اختیار ما نیست", by=table.secretary)
    assert told("commitments.returned") == [table.governor.user_id]


def test_when_whoever_wrote_it_has_left_the_secretary_hears(table: Table) -> None:
    held = table.given()
    Duty.objects.filter(user=table.secretary.user_id).delete()
    heir = make_worker(Role.COUNCIL_SECRETARY, table.county, organization=table.secretariat)
    give_back(held, reason="در اختیار ما نیست", by=table.officer)
    assert told("commitments.returned") == sorted(
        [heir.pk, *(one for one in both(table) if one != table.secretary.user_id)]
    )


def test_officer_of_the_asking_body_who_may_not_open_it_is_not_told(table: Table) -> None:
    blind = make_worker(Role.AGENCY_OFFICER, table.county, organization=table.secretariat)
    give_back(table.given(), reason="در اختیار ما نیست", by=table.officer)
    assert not Notice.objects.filter(user=blind).exists()


def test_those_who_help_hear_when_it_is_handed_out(table: Table) -> None:
    helper = make_worker(Role.AGENCY_OFFICER, table.county, organization=table.silent)
    held: Commitment = table.given(supporters=(Supports(table.silent, "دارو"),))
    notice = Notice.objects.get(code="commitments.helps")
    assert (notice.user_id, notice.url) == (helper.pk, f"/commitments/{held.pk}/")
