"""What follows from a resolution: nine commitments of five bodies, the ladder, and no way to close what is owed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hamafza.commitments.choices import CommitmentState, Confidentiality, Rung
from hamafza.commitments.commands.answer import accept, report
from hamafza.commitments.commands.climb import escalate
from hamafza.commitments.commands.decide import close, open_again, verify
from hamafza.commitments.commands.give import cancel
from hamafza.commitments.models import Commitment, EscalationStep
from hamafza.commitments.order import Report
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.core.errors import Refusal
from hamafza.councils.choices import ItemKind, ResolutionState as R, Visibility
from hamafza.councils.commands.resolutions import communicate, confirm, lapse, make_commitments, take_up_again
from hamafza.councils.commands.session import vote
from hamafza.councils.models import Resolution
from hamafza.councils.queries.resolutions import commitments_of, implementations, unclosed_of
from hamafza.councils.tests.factories import CONSENSUS, Chamber, five_bodies
from hamafza.notices.models import Notice
from hamafza.places.tests.factories import COUNTY

TODAY = date(2026, 11, 22)
#: Which of the five bodies owe something under each of the six resolutions.
OWNERS = ((0,), (1, 2), (3,), (4, 0), (1,), (2, 3))


def settle(chamber: Chamber, owed: Commitment) -> None:
    """Taken on, done, found adequate by somebody else."""
    by = chamber.table.officer
    accept(owed, by=by)
    report(owed, Report(text="انجام شد", is_claim=True), by=by)
    verify(owed, adequate=True, note="", by=chamber.table.governor)
    owed.refresh_from_db()


def code_of(act: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)  # type: ignore[operator]
    return refused.value.code


def test_six_resolutions_nine_commitments_five_bodies_and_the_way_up(chamber: Chamber, move_to: MoveTo) -> None:
    bodies = five_bodies(chamber.table)
    meeting = chamber.in_session(here=4)
    resolutions = [chamber.adopted(meeting, title=f"مصوبهٔ {number}") for number in range(6)]
    made = [
        chamber.owed(resolution, *(bodies[place] for place in owners))
        for resolution, owners in zip(resolutions, OWNERS, strict=True)
    ]
    every = [one for some in made for one in some]
    assert (len(every), len({one.owner_id for one in every})) == (9, 5)
    assert [one.number for one in every] == list(range(1, 10))
    assert [one.number for one in resolutions] == list(range(1, 7))

    # Seven are done in time, two are not: of the agency, and of the body without users.
    late = {made[0][0].pk, made[3][0].pk}
    chamber.over(meeting)
    for one in every:
        if one.pk not in late:
            settle_for(chamber, one)
    due = TODAY + timedelta(days=30)
    days = {due: 0, due + timedelta(days=1): 2, due + timedelta(days=2): 0, due + timedelta(days=13): 2}
    for day, climbed in days.items():
        move_to(day)
        assert escalate(COUNTY, on=day) == climbed
    assert not EscalationStep.objects.filter(to=Rung.GOVERNOR).exists()
    # The job was off for a week over the governor's day.
    move_to(due + timedelta(days=20))
    assert [escalate(COUNTY, on=due + timedelta(days=20)) for _ in range(2)] == [2, 0]
    told = EscalationStep.objects.filter(to=Rung.GOVERNOR)
    assert {(one.commitment_id, one.falls_on) for one in told} == {(pk, due + timedelta(days=14)) for pk in late}
    governors = Notice.objects.filter(code="commitments.late", user=chamber.table.governor.user_id)
    assert governors.count() == 2

    opened = chamber.planned(5).items.order_by("position").first()
    assert opened is not None
    assert opened.kind == ItemKind.FOLLOW_UP
    assert list(unclosed_of(chamber.council)) == resolutions


def settle_for(chamber: Chamber, owed: Commitment) -> None:
    """By an officer of its owner."""
    from hamafza.accounts.queries.actors import actor_for
    from hamafza.commitments.queries.owners import officers_of

    officer = actor_for(officers_of(owed.owner_id, owed.place_id)[0])
    accept(owed, by=officer)
    report(owed, Report(text="انجام شد", is_claim=True), by=officer)
    verify(owed, adequate=True, note="", by=chamber.table.governor)


def test_implementation_follows_from_weights(chamber: Chamber) -> None:
    resolution = chamber.adopted(chamber.in_session())
    orders = [chamber.table.order(weight=weight) for weight in (80, 20)]
    first, _second = make_commitments(resolution, orders, by=chamber.by)
    settle(chamber, first)
    state = implementations([resolution.pk])[resolution.pk]
    assert (state.percent, state.open, state.all) == (80, 1, 2)


def test_weights_that_do_not_make_a_hundred_refused_and_nothing_made(chamber: Chamber) -> None:
    resolution = chamber.adopted(chamber.in_session())
    for weights in ((80, 30), (80, None)):
        orders = [chamber.table.order(weight=weight) for weight in weights]
        assert code_of(make_commitments, resolution, orders, by=chamber.by) == "weights"
    assert not commitments_of(resolution).exists()


def test_nothing_is_communicated_that_nobody_owes_but_a_declaration(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    plain, declaration = chamber.adopted(meeting), chamber.adopted(meeting, is_declaratory=True)
    assert code_of(communicate, plain, by=chamber.by) == "nobody_owes"
    assert communicate(declaration, by=chamber.by).state == R.COMMUNICATED
    assert code_of(make_commitments, declaration, [chamber.table.order()], by=chamber.by) == "no_such_step"


def test_resolution_with_an_open_commitment_is_closed_by_no_command(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    resolution = chamber.adopted(meeting)
    [owed] = chamber.owed(resolution)
    communicate(resolution, by=chamber.by)
    assert code_of(confirm, resolution, by=chamber.by) == "owed"
    assert code_of(lapse, resolution, reason="x", by=chamber.by) == "owed"
    successor = chamber.proposed(meeting, supersedes=resolution)
    assert code_of(vote, successor, CONSENSUS, by=chamber.by) == "owed"
    successor.refresh_from_db()
    assert successor.state == R.PROPOSED
    report(accept(owed, by=chamber.table.officer), Report(text="شد", is_claim=True), by=chamber.table.officer)
    assert code_of(confirm, resolution, by=chamber.by) == "owed"
    verify(owed, adequate=True, note="", by=chamber.table.governor)
    assert confirm(resolution, by=chamber.by).state == R.CONFIRMED


def test_confirmed_is_taken_up_again_before_its_commitment_is(chamber: Chamber) -> None:
    resolution = chamber.adopted(chamber.in_session())
    [owed] = chamber.owed(resolution)
    settle(chamber, owed)
    assert code_of(take_up_again, resolution, reason="x", by=chamber.by) == "no_such_step"
    communicate(resolution, by=chamber.by)
    confirm(resolution, by=chamber.by)
    assert code_of(open_again, owed, reason="دوام نیاورد", by=chamber.by) == "source_over"
    take_up_again(resolution, reason="دوام نیاورد", by=chamber.by)
    close(owed, by=chamber.by)
    assert open_again(owed, reason="دوام نیاورد", by=chamber.by).state == CommitmentState.IN_PROGRESS


def test_everything_dropped_lapses_and_is_not_confirmed(chamber: Chamber) -> None:
    resolution = chamber.adopted(chamber.in_session())
    [owed] = chamber.owed(resolution)
    communicate(resolution, by=chamber.by)
    cancel(owed, reason="بودجه نیست", by=chamber.by)
    assert code_of(confirm, resolution, by=chamber.by) == "nothing_done"
    assert lapse(resolution, reason="بودجه نیست", by=chamber.by).state == R.LAPSED
    assert code_of(make_commitments, resolution, [chamber.table.order()], by=chamber.by) == "no_such_step"


def test_nothing_is_opened_again_under_what_is_over(chamber: Chamber) -> None:
    resolution = chamber.adopted(chamber.in_session())
    [owed] = chamber.owed(resolution)
    settle(chamber, owed)
    lapse(resolution, reason="بودجه نیست", by=chamber.by)
    assert code_of(open_again, owed, reason="نماند", by=chamber.by) == "source_over"


def test_what_takes_its_place_ends_it(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    before = chamber.adopted(meeting)
    after = chamber.adopted(meeting, supersedes=before)
    before.refresh_from_db()
    assert (before.state, after.state) == (R.SUPERSEDED, R.ADOPTED)


def test_commitment_is_told_no_further_than_its_resolution(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    resolution = chamber.adopted(meeting, item=chamber.item(meeting, visibility=Visibility.CLOSED))
    [owed] = chamber.owed(resolution, confidentiality=Confidentiality.PUBLIC)
    assert owed.confidentiality == Confidentiality.CLOSED
    assert list(Resolution.objects.values_list("visibility", flat=True)) == [Visibility.CLOSED]
