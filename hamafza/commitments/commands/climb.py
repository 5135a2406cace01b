"""The ladder: of each deadline every rung once, on its day or as soon as the program comes to it; none is left out (A5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import transaction

from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.commitments.choices import Rung
from hamafza.commitments.flow import OWED_STATES
from hamafza.commitments.ladder import Step, reached
from hamafza.commitments.models import Commitment, EscalationStep
from hamafza.commitments.queries.commitments import late_in
from hamafza.commitments.queries.ladders import ladder_of, levels_known
from hamafza.commitments.queries.owners import holders_of, officers_of
from hamafza.commitments.queries.readers import who_may_know
from hamafza.core import clock, wording
from hamafza.core.bulk import insert_all
from hamafza.notices.commands.message import tell
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place

AT_ONCE = 200


def escalate(place: str, *, on: date) -> int:
    """For the housekeeping of an open place: how many rungs were reached. Done again, it does nothing."""
    steps = ladder_of(place)
    keys = late_in(place, on=on).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
    count = 0
    while some := list(islice(keys, AT_ONCE)):
        count += _climb_all(some, on=on, steps=steps)
    return count


@transaction.atomic
def _climb_all(some: list[UUID], *, on: date, steps: list[Step]) -> int:
    found = Commitment.objects.select_for_update(of=("self",)).filter(pk__in=some).select_related("owner")
    held = list(found.order_by("pk"))
    known = levels_known(held)
    return sum(_reach(one, steps, known=known[one.pk], on=on) for one in held)


def climb(held: Commitment) -> int:
    """Bring the ladder of a locked commitment up to date: how many rungs it had reached and nobody had been told.

    Commands call it before they end or move a deadline, so that no rung is left out because the job did not run.
    """
    if held.state not in OWED_STATES or held.due_on >= clock.today():
        return 0
    return _reach(held, ladder_of(held.place_id), known=levels_known([held])[held.pk], on=clock.today())


def _reach(held: Commitment, ladder: Iterable[Step], *, known: set[int], on: date) -> int:
    """``known`` are the levels of its present deadline that were told already."""
    if held.state not in OWED_STATES:
        return 0
    fresh = [step for step in reached(ladder, due=held.due_on, on=on) if step.level not in known]
    people = {step.level: who_may_know(held, _people(held, step.to)) for step in fresh}
    insert_all([
        EscalationStep(
            place_id=held.place_id, commitment=held, due_on=held.due_on, level=step.level, to=step.to,
            falls_on=step.falls_on(held.due_on), at=clock.now(), told=len(people[step.level]),
        )
        for step in fresh
    ])  # fmt: skip
    _tell(held, {one.pk: one for some in people.values() for one in some}.values(), on=on)
    return len(fresh)


def _tell(held: Commitment, people: Iterable[User], *, on: date) -> None:
    """Each once, whatever rungs were reached at a time, and how late it really is."""
    params: dict[str, str | int] = {
        "number": f"{held.jalali_year}/{held.number}",
        "owner": str(held.owner),
        "days": (on - held.due_on).days,
        "day": wording.short_date(held.due_on),
    }
    for one in people:
        tell(one, code="commitments.late", params=params, url=f"/commitments/{held.pk}/", place=held.place_id)


def _people(held: Commitment, to: str) -> Iterable[User]:
    """Who is told at a rung; for a body without users, the secretary who writes for it."""
    if to == Rung.OWNER:
        return list(officers_of(held.owner_id, held.place_id)) or list(
            holders_of([Role.COUNCIL_SECRETARY], held.place_id)
        )
    if to == Rung.SECRETARY:
        return holders_of([Role.COUNCIL_SECRETARY], held.place_id)
    if to == Rung.GOVERNOR:
        return holders_of([Role.GOVERNOR_OFFICE], held.place_id)
    place = Place.objects.get(code=held.place_id)
    province = place.parent_id if place.kind == PlaceKind.COUNTY else place.code
    return holders_of([Role.GOVERNOR_OFFICE, Role.PROVINCE_DIRECTOR], str(province))
