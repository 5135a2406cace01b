"""The body that owes does not decide on what it owes: no date of its own is approved by a colleague, nothing is dropped (A4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_organization, make_worker
from hamafza.commitments.choices import ChangeState, CommitmentState as S
from hamafza.commitments.commands.answer import accept, ask_for_date, report
from hamafza.commitments.commands.decide import close, decide_date, verify
from hamafza.commitments.commands.give import cancel, reassign
from hamafza.commitments.guards import Refused
from hamafza.commitments.models import Commitment, DueDateChange
from hamafza.commitments.order import Report
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import Table, client_of, days
from hamafza.commitments.tests.test_guards import refused
from hamafza.core import clock
from hamafza.core.errors import Refusal

DONE = Report(text="انجام شد", is_claim=True)
APPROVED = "UPDATE commitments_duedatechange SET state = 'approved', decided_at = %s, decided_by_id = %s WHERE id = %s"


@pytest.fixture
def office(table: Table) -> Table:
    """Another body asks, and the governor's office owes: its people may issue here too."""
    asker = make_organization("دبیرخانه", place=table.county, kind=OrganizationKind.AGENCY)
    secretary = actor_for(make_worker(Role.COUNCIL_SECRETARY, table.county, organization=asker))
    officer = actor_for(make_worker(Role.GOVERNOR_OFFICE, table.county, organization=table.secretariat))
    return replace(table, secretariat=asker, agency=table.secretariat, secretary=secretary, officer=officer)


def asked(office: Table) -> DueDateChange:
    return ask_for_date(office.taken(), new=days(60), reason="دیرکرد", by=office.officer)


def code_of(act: object, *args: object, **said: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **said)  # type: ignore[operator]
    return refusal.value.code


def test_colleague_of_the_owner_approves_no_date_of_theirs(office: Table) -> None:
    change = asked(office)
    for approved in (True, False):
        assert code_of(decide_date, change, approved=approved, answer="x", by=office.governor) == "same_hands"
    assert decide_date(change, approved=True, answer="", by=office.secretary).state == ChangeState.APPROVED


def test_colleague_of_the_owner_drops_and_closes_and_passes_on_nothing(office: Table) -> None:
    held = office.taken()
    assert code_of(cancel, held, reason="x", by=office.governor) == "same_hands"
    assert code_of(reassign, held, owner=office.silent, reason="x", by=office.governor) == "same_hands"
    report(held, DONE, by=office.officer)
    held = verify(held, adequate=True, note="", by=office.secretary)
    assert code_of(close, held, by=office.governor) == "same_hands"
    assert close(held, by=office.secretary).state == S.CLOSED


def test_office_that_owes_to_itself_decides_by_another_person(table: Table) -> None:
    held = accept(table.given(owner=table.secretariat), by=table.governor)
    change = ask_for_date(held, new=days(60), reason="دیرکرد", by=table.governor)
    assert code_of(decide_date, change, approved=True, answer="", by=table.governor) == "same_hands"
    decide_date(change, approved=True, answer="", by=table.secretary)
    assert cancel(held, reason="حذف شد", by=table.secretary).state == S.CANCELLED


def test_colleague_of_the_owner_approves_no_date_by_raw_sql_either(office: Table) -> None:
    change = asked(office)
    assert Refused.OWNERS_OWN in refused(APPROVED, clock.now(), office.governor.user_id, change.pk)


def test_page_offers_the_owners_colleague_none_of_it(office: Table) -> None:
    change = asked(office)
    page = client_of(office.governor).get(reverse("commitments:commitment-record", args=[change.commitment_id]))
    names = ("decide_form", "cancel_form", "move_form")
    assert [page.context.get(name) for name in names] == [None, None, None]


def test_date_asked_for_before_a_late_claim_is_not_approved_after_it(table: Table, move_to: MoveTo) -> None:
    held = table.taken(due_on=days(5))
    first = held.due_on
    change = ask_for_date(held, new=days(60), reason="دیرکرد", by=table.officer)
    move_to(first + timedelta(days=9))
    report(held, DONE, by=table.officer)
    assert code_of(decide_date, change, approved=True, answer="", by=table.secretary) == "no_such_step"
    assert Refused.NOT_OWED in refused(APPROVED, clock.now(), table.secretary.user_id, change.pk)
    verify(held, adequate=False, note="ناقص", by=table.governor)
    decide_date(change, approved=True, answer="", by=table.secretary)
    assert Commitment.objects.get(pk=held.pk).due_on == change.new_due_on
