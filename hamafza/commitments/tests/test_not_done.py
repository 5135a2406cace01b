"""What was found not done does not stand there as done: share and quantity go back to what was reported before."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import actor_for, system_actor
from hamafza.accounts.tests.factories import make_worker
from hamafza.commitments.commands.answer import accept, report
from hamafza.commitments.commands.decide import open_again, verify
from hamafza.commitments.commands.give import reassign
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Report
from hamafza.commitments.tests.factories import Table
from hamafza.core.errors import Refusal

DONE = Report(text="انجام شد", is_claim=True)


def done(held: Commitment) -> tuple[int, int]:
    held.refresh_from_db()
    return held.percent, held.done_quantity


@pytest.fixture
def claimed(table: Table) -> Commitment:
    """Four of ten were told of, then all ten."""
    held = table.taken(quantity=10, unit="نفر")
    report(held, Report(done_quantity=4), by=table.officer)
    report(held, DONE, by=table.officer)
    return held


def test_claim_is_all_of_it_and_found_wanting_it_is_what_was_told_before(table: Table, claimed: Commitment) -> None:
    assert done(claimed) == (100, 10)
    verify(claimed, adequate=False, note="فهرست نیست", by=table.governor)
    assert done(claimed) == (40, 4)


def test_opened_again_it_is_what_was_told_before(table: Table, claimed: Commitment) -> None:
    held = verify(claimed, adequate=True, note="", by=table.governor)
    open_again(held, reason="نماند", by=table.secretary)
    assert done(held) == (40, 4)


def test_without_another_report_nothing_is_done(table: Table) -> None:
    held = table.claimed()
    verify(held, adequate=False, note="نشده", by=table.governor)
    assert done(held) == (0, 0)


def test_another_owner_begins_at_nothing_and_keeps_to_its_own_reports(table: Table) -> None:
    held = table.taken(quantity=10, unit="نفر")
    report(held, Report(done_quantity=4), by=table.officer)
    reassign(held, owner=table.silent, reason="ادغام", by=table.secretary)
    assert done(held) == (0, 0)
    heir = actor_for(make_worker(Role.AGENCY_OFFICER, table.county, organization=table.silent))
    report(accept(held, by=heir), DONE, by=heir)
    verify(held, adequate=False, note="نشده", by=table.governor)
    assert done(held) == (0, 0)


def test_less_than_all_is_no_claim(table: Table) -> None:
    held = table.taken(quantity=10, unit="نفر")
    less = Report(text="انجام شد", done_quantity=9, is_claim=True)
    with pytest.raises(Refusal) as said:
        report(held, less, by=table.officer)
    assert (said.value.code, said.value.field) == ("less_done", "done_quantity")
    report(held, Report(text="انجام شد", done_quantity=12, is_claim=True), by=table.officer)
    assert done(held) == (100, 12)


def test_program_itself_reports_nothing_as_done(table: Table) -> None:
    with pytest.raises(PermissionDenied):
        report(table.taken(), DONE, by=system_actor("test"))
