"""Found a council, and say who sits in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import Organization, User
from hamafza.core.contact import tidy_mobile
from hamafza.core.errors import Refusal
from hamafza.councils.choices import CouncilKind, QuorumRule, SeatOffice, Visibility, VotingRule
from hamafza.councils.commands.seating import call_newcomers_of
from hamafza.councils.models import Council, Seat, SeatHolding


@dataclass(frozen=True, slots=True)
class CouncilDetails:
    """What is said of a council."""

    name: str
    secretariat: Organization
    kind: CouncilKind = CouncilKind.COUNCIL
    parent: Council | None = None
    legal_basis: str = ""
    term_from: date | None = None
    term_to: date | None = None
    quorum_rule: QuorumRule = QuorumRule.MORE_THAN_HALF
    quorum_number: int | None = None
    voting_rule: VotingRule = VotingRule.OF_PRESENT
    visibility: Visibility = Visibility.INTERNAL


@dataclass(frozen=True, slots=True)
class Holder:
    """Who sits down."""

    name: str
    since: date
    post: str = ""
    organization: Organization | None = None
    user: User | None = None
    is_deputy: bool = False
    letter: str = ""
    mobile: str = ""


@transaction.atomic
def found_council(place: str, said: CouncilDetails, *, by: Actor) -> Council:
    """A new council of a place."""
    require(by, Permission.KEEP_COUNCILS, place=place)
    check_details(place, said)
    council = Council(place_id=place, **{name: getattr(said, name) for name in CouncilDetails.__slots__})
    council.save(force_insert=True)
    return council


@transaction.atomic
def add_seat(
    council: Council,
    *,
    title: str,
    office: SeatOffice = SeatOffice.MEMBER,
    organization: Organization | None = None,
    votes: bool = True,
    since: date,
    by: Actor,
    key: UUID | None = None,
) -> Seat:
    """A seat, by post in a body or by choice; guests have no vote."""
    require(by, Permission.KEEP_COUNCILS, place=council.place_id)
    if not title.strip():
        raise Refusal(_("Say what the seat is called."), code="no_title", field="title")
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    if key is not None and (made := council.seats.filter(key=key).first()):
        return made
    if office in {SeatOffice.CHAIR, SeatOffice.SECRETARY} and council.seats.filter(office=office, until=None).exists():
        raise Refusal(_("This council has one already. End that seat first."), code="one_alone", field="office")
    seat = Seat(
        place_id=council.place_id, council=council, office=office, title=title.strip()[:120], organization=organization,
        votes=votes and office != SeatOffice.INVITED, position=council.seats.count() + 1, since=since,
        key=key,
    )  # fmt: skip
    seat.save(force_insert=True)
    return seat


@transaction.atomic
def sit_down(seat: Seat, holder: Holder, *, by: Actor) -> SeatHolding:
    """Somebody holds the seat from a day on; whoever held it before does so until the day before."""
    require(by, Permission.KEEP_COUNCILS, place=seat.place_id)
    if not holder.name.strip():
        raise Refusal(_("Say who it is."), code="no_name", field="name")
    held = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    before = held.holdings.filter(until__isnull=True, is_deputy=holder.is_deputy).first()
    if before is not None:
        if before.since >= holder.since:
            raise Refusal(
                _("Somebody holds this seat from that day or a later one. Choose a later day."),
                code="held",
                field="since",
            )
        before.until = holder.since - timedelta(days=1)
        before.save(update_fields=["until"])
    holding = SeatHolding(
        place_id=held.place_id, seat=held, name=holder.name.strip()[:120], post=holder.post.strip()[:120],
        organization=holder.organization or held.organization, user=holder.user, is_deputy=holder.is_deputy,
        letter=holder.letter.strip()[:60], mobile=tidy_mobile(holder.mobile), since=holder.since,
    )  # fmt: skip
    holding.save(force_insert=True)
    call_newcomers_of(held.council, deputy=holding if holding.is_deputy else None)
    return holding


@transaction.atomic
def stand_up(holding: SeatHolding, *, last_day: date, by: Actor) -> SeatHolding:
    """The last day on which somebody holds a seat."""
    require(by, Permission.KEEP_COUNCILS, place=holding.place_id)
    if last_day < holding.since:
        raise Refusal(_("The last day is before the first one."), code="bad_date", field="last_day")
    held = Seat.objects.select_for_update(of=("self",)).get(pk=holding.seat_id)
    if held.holdings.filter(is_deputy=holding.is_deputy, since__gt=holding.since, since__lte=last_day).exists():
        raise Refusal(_("Somebody else holds the seat by then. Choose an earlier day."), code="held", field="last_day")
    holding.until = last_day
    holding.save(update_fields=["until"])
    call_newcomers_of(held.council)
    return holding


@transaction.atomic
def end_seat(seat: Seat, *, last_day: date, by: Actor) -> Seat:
    """The seat is no more after a day; meetings of before keep it."""
    require(by, Permission.KEEP_COUNCILS, place=seat.place_id)
    if last_day < seat.since:
        raise Refusal(_("The last day is before the first one."), code="bad_date", field="last_day")
    seat.until = last_day
    seat.save(update_fields=["until"])
    call_newcomers_of(seat.council)
    return seat


def check_details(place: str, said: CouncilDetails, *, but: Council | None = None) -> None:
    """Refuses what does not fit; ``but`` is the council that is changed."""
    if not said.name.strip():
        raise Refusal(_("Give it a name."), code="no_name", field="name")
    same = Council.objects.filter(place_id=place, name=said.name).first()
    if same is not None and same != but:
        raise Refusal(_("A council of this name is here already."), code="known", field="name")
    if said.quorum_rule == QuorumRule.FIXED and not said.quorum_number:
        raise Refusal(_("Say how many must be there."), code="no_number", field="quorum_number")
    if said.kind == CouncilKind.COMMITTEE and said.parent is None:
        raise Refusal(_("A committee belongs to a council. Choose which."), code="no_parent", field="parent")
    if said.term_from and said.term_to and said.term_to < said.term_from:
        raise Refusal(_("The last day is before the first one."), code="bad_date", field="term_to")
    above = said.parent
    while above is not None:
        if but is not None and above.pk == but.pk:
            raise Refusal(
                _("A council does not belong to itself or to its own committees."), code="own", field="parent"
            )
        above = above.parent
