"""A council with its seats, meetings in every state, and resolutions that somebody owes something under."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any

from django.db.models import Model

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.models import Organization, User
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_organization, make_worker
from hamafza.commitments.choices import Obstacle
from hamafza.commitments.models import Commitment
from hamafza.commitments.tests.factories import Table, a_table
from hamafza.core import clock
from hamafza.councils.choices import ItemKind, NoteKind, Presence, SeatOffice
from hamafza.councils.commands.agenda import add_item
from hamafza.councils.commands.meetings import Appointment, invite, plan_meeting
from hamafza.councils.commands.minutes import correct, draft_minutes, finish_minutes, remark, send_for_review, sign
from hamafza.councils.commands.resolutions import make_commitments
from hamafza.councils.commands.seats import CouncilDetails, Holder, add_seat, found_council, sit_down
from hamafza.councils.commands.session import adjourn, note, open_session, propose, record_presence, vote, write_outcome
from hamafza.councils.models import AgendaItem, Council, Meeting, Minutes, Resolution, Seat
from hamafza.councils.queries.minutes import must_sign
from hamafza.councils.quorum import Votes

NAMES = ("مهدی کاظمی", "زهرا احمدی", "رضا نوری", "فاطمه موسوی", "حسین رستمی", "لیلا عباسی", "علی صادقی")
TITLES = (
    "فرماندار", "دبیر شورا", "رئیس ادارهٔ کار", "رئیس شبکهٔ بهداشت", "رئیس فنی و حرفه‌ای", "نمایندهٔ خیریه‌ها", "مهمان",
)  # fmt: skip
OFFICES = (SeatOffice.CHAIR, SeatOffice.SECRETARY, *[SeatOffice.MEMBER] * 4, SeatOffice.INVITED)
CONSENSUS = Votes(by_consensus=True)


@dataclass(frozen=True)
class Chamber:
    """A council of seven seats, six with a vote, so that four must be there; its member of the agency signs in."""

    table: Table
    council: Council
    seats: tuple[Seat, ...]
    member: User

    @property
    def by(self) -> Actor:
        return self.table.secretary

    def planned(self, days: int = 0, *, subject: str = "") -> Meeting:
        day = clock.today() + timedelta(days=days)
        said = Appointment(day, time(10), "سالن فرمانداری", subject, time(12))
        return plan_meeting(self.council, said, by=self.by)

    def invited(self, days: int = 0) -> Meeting:
        return invite(self.planned(days), by=self.by)

    def come(self, meeting: Meeting, number: int) -> None:
        """So many of the seats with a vote are there, the others are not."""
        for place, row in enumerate(meeting.attendances.filter(votes=True).order_by("seat__position")):
            record_presence(row, Presence.PRESENT if place < number else Presence.ABSENT, by=self.by)

    def in_session(self, *, here: int = 6) -> Meeting:
        meeting = self.invited()
        self.come(meeting, here)
        return open_session(meeting, by=self.by)

    def item(self, meeting: Meeting | None = None, title: str = "اشتغال مددجویان", **said: Any) -> AgendaItem:
        return add_item(self.council, title=title, meeting=meeting, kind=ItemKind.DECISION, by=self.by, **said)

    def proposed(self, meeting: Meeting, *, item: AgendaItem | None = None, **said: Any) -> Resolution:
        text = {"title": "صد فرصت شغلی", "text": "صد فرصت شغلی برای مددجویان فراهم شود."} | said
        return propose(item or self.item(meeting), by=self.by, **text)

    def adopted(self, meeting: Meeting, *, item: AgendaItem | None = None, **said: Any) -> Resolution:
        return vote(self.proposed(meeting, item=item, **said), CONSENSUS, by=self.by)

    def owed(self, resolution: Resolution, *owners: Organization, **changes: Any) -> list[Commitment]:
        """One commitment for each body."""
        orders = [self.table.order(owner=owner, **changes) for owner in owners or (self.table.agency,)]
        return make_commitments(resolution, orders, by=self.by)

    def over(self, meeting: Meeting) -> Meeting:
        for item in meeting.items.all():
            write_outcome(item, outcome="بررسی شد", is_done=True, by=self.by)
        return adjourn(meeting, by=self.by)

    def reviewed(self, meeting: Meeting) -> Minutes:
        """Its minutes before those who were there."""
        draft_minutes(meeting, by=self.by)
        return send_for_review(meeting, until=clock.today() + timedelta(days=7), by=self.by)

    def final(self, meeting: Meeting) -> Minutes:
        self.reviewed(meeting)
        return self.final_of_review(meeting)

    def final_of_review(self, meeting: Meeting) -> Minutes:
        """The day for remarks is over."""
        with clock.telling(clock.today() + timedelta(days=8)):
            return finish_minutes(meeting, by=self.by)

    def signed(self, final: Minutes) -> Meeting:
        """By chair and secretary, on paper."""
        for row in must_sign(final.meeting):
            sign(final, row, by=self.by)
        return final.meeting


def a_chamber(table: Table, *, name: str = "شورای مشارکت‌های مردمی", word: str = "") -> Chamber:
    """With the county open; the names of those who sit carry ``word``."""
    since = clock.today() - timedelta(days=400)
    council = found_council(table.county, CouncilDetails(name=name, secretariat=table.secretariat), by=table.secretary)
    member = make_worker(Role.AGENCY_OFFICER, table.county, organization=table.agency)
    seats = []
    for place, (title, office, holder) in enumerate(zip(TITLES, OFFICES, NAMES, strict=True)):
        is_agency = place == 2
        seat = add_seat(
            council, title=title, office=office, organization=table.agency if is_agency else None, since=since,
            by=table.secretary,
        )  # fmt: skip
        sits = Holder(f"{holder} {word}".strip(), since, user=member if is_agency else None)
        sit_down(seat, sits if place != 1 else replace(sits, post="دبیر"), by=table.secretary)
        seats.append(seat)
    return Chamber(table, council, tuple(seats), member)


def councils_of_each(*, county: str, word: str = "", table: Table | None = None) -> dict[str, Model]:
    """A council with a meeting in each state that a page or a step is for, in words that carry ``word``."""

    def named(title: str) -> str:
        return f"{title} {word}".strip()

    chamber = a_chamber(table or a_table(county), name=named("شورای مشارکت‌های مردمی"), word=word)
    waiting = chamber.item(title=named("طرح خانه‌های توان‌یاب"))
    over = chamber.in_session()
    resolution = chamber.adopted(
        over, item=chamber.item(over, named("اشتغال زنان سرپرست خانوار")), title=named("صد شغل")
    )
    chamber.owed(resolution, chamber.table.agency, chamber.table.silent, title=named("ده فرصت شغلی"))
    note(over, NoteKind.OBSTACLE, text=named("زمین در اختیار نیست"), obstacle=Obstacle.SITE, by=chamber.by)
    final = chamber.final(chamber.over(over))
    sign(final, over.attendances.order_by("seat__position")[0], by=chamber.by)
    correct(final, text=named("شمارهٔ ساختمان ۱۲ است"), by=chamber.by)
    reviewed = chamber.over(chamber.in_session())
    remark(chamber.reviewed(reviewed), text=named("نام من از قلم افتاده است"), by=actor_for(chamber.member))
    session = chamber.in_session(here=5)
    matter = chamber.item(session, named("بیمهٔ مددجویان"), text=named("پیشنهاد اداره"))
    proposed = chamber.proposed(session, item=matter, title=named("بیمهٔ دویست نفر"), text=named("بیمه شوند."))
    invited = chamber.invited(7)
    planned = chamber.planned(21, subject=named("مسکن"))
    return {
        "council": chamber.council,
        "seat": chamber.seats[2],
        "holding": chamber.seats[2].holdings.get(),
        "planned_meeting": planned,
        "meeting": invited,
        "session_meeting": session,
        "reviewed_meeting": reviewed,
        "final_meeting": over,
        "attendance": session.attendances.order_by("seat__position")[0],
        "backlog_item": waiting,
        "agenda_item": chamber.item(planned, named("مسکن محرومان")),
        "matter": matter,
        "resolution": resolution,
        "proposed_resolution": proposed,
    }


def five_bodies(table: Table) -> list[Organization]:
    """Five bodies that owe something; the last one has no user."""
    names = ("شبکهٔ بهداشت", "فنی و حرفه‌ای", "شهرداری")
    made = [make_organization(name, place=table.county, kind=OrganizationKind.AGENCY) for name in names]
    for body in made:
        make_worker(Role.AGENCY_OFFICER, table.county, organization=body)
    return [table.agency, *made, table.silent]
