"""A county that works together: who asks, who owes (one body without users), who verifies; and commitments of theirs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.test import Client

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.models import Organization, User
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_organization, make_worker
from hamafza.commitments.choices import Obstacle
from hamafza.commitments.commands.answer import accept, ask_for_date, give_back, report
from hamafza.commitments.commands.decide import verify
from hamafza.commitments.commands.give import assign, write_commitment
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Evidence, Order, Report, Supports
from hamafza.core import clock
from hamafza.core.persian import persian_digits
from hamafza.places.tests.factories import COUNTY

_numbers = count(1)


@dataclass(frozen=True)
class Table:
    """Everybody around the table of a county."""

    county: str
    secretariat: Organization
    secretary: Actor
    governor: Actor
    agency: Organization
    officer: Actor
    colleague: Actor
    silent: Organization

    def order(self, **changes: Any) -> Order:
        asked: dict[str, Any] = {
            "title": f"ده فرصت شغلی برای مددجویان، {persian_digits(str(next(_numbers)))}",
            "issuer": self.secretariat,
            "owner": self.agency,
            "due_on": clock.today() + timedelta(days=30),
        }
        return Order(**(asked | changes))

    def given(self, **changes: Any) -> Commitment:
        """Handed to its owner."""
        draft = write_commitment(self.county, self.order(**changes), by=self.secretary)
        return assign(draft, by=self.secretary)

    def taken(self, **changes: Any) -> Commitment:
        """Accepted by it."""
        return accept(self.given(**changes), by=self.officer)

    def claimed(self, **changes: Any) -> Commitment:
        """Reported as done."""
        taken = self.taken(**changes)
        report(taken, Report(text="انجام شد", is_claim=True), by=self.officer)
        taken.refresh_from_db()
        return taken


def client_of(actor: Actor) -> Client:
    """A browser in which she has signed in."""
    user = User.objects.get(pk=actor.user_id)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["seen"] = int(time.time())
    session.save()
    return client


def a_table(county: str = COUNTY, *, office: Organization | None = None, agency: Organization | None = None) -> Table:
    """With the county open; new bodies unless some are given."""
    number = persian_digits(str(next(_numbers)))
    office = office or make_organization(f"فرمانداری {number}", place=county, kind=OrganizationKind.GOVERNOR_OFFICE)
    agency = agency or make_organization(f"اداره کار {number}", place=county, kind=OrganizationKind.AGENCY)
    silent = make_organization(f"هیئت {number}", place=county, kind=OrganizationKind.GROUP)

    def actor(role: Role, body: Organization) -> Actor:
        return actor_for(make_worker(role, county, organization=body))

    return Table(
        county=county,
        secretariat=office,
        secretary=actor(Role.COUNCIL_SECRETARY, office),
        governor=actor(Role.GOVERNOR_OFFICE, office),
        agency=agency,
        officer=actor(Role.AGENCY_OFFICER, agency),
        colleague=actor(Role.AGENCY_OFFICER, agency),
        silent=silent,
    )


def days(number: int) -> date:
    """So many days from today."""
    return clock.today() + timedelta(days=number)


def commitments_of_each(
    *, county: str, word: str = "", office: Organization | None = None, agency: Organization | None = None
) -> dict[str, Commitment]:
    """One in each state that a page or a step is for, owed by the same agency, in words that carry ``word``.

    The agency and the office are those of `body_of` unless given, so that whoever works for them takes part.
    """
    table = a_table(
        county,
        office=office or body_of(Role.COUNCIL_SECRETARY, county),
        agency=agency or body_of(Role.AGENCY_OFFICER, county),
    )

    def named(title: str) -> str:
        return f"{title} {word}".strip()

    new = table.given(title=named("آموزش خیاطی برای بیست زن سرپرست خانوار"), quantity=20, unit="نفر")
    worked = table.taken(title=named("تعمیر بام ده خانه پیش از زمستان"), description=named("به ترتیب فهرست کارگروه"))
    evidence = (Evidence(BytesIO(b"%PDF-1.4 report"), "صورت‌جلسه.pdf"),)
    told = Report(
        percent=30, text=named("سه خانه تمام شد"), obstacle=Obstacle.CONTRACTOR, obstacle_text=named("پیمانکار نیامده"),
        evidence=evidence,
    )  # fmt: skip
    report(worked, told, by=table.officer)
    ask_for_date(worked, new=days(45), reason=named("کمبود مصالح"), by=table.officer)
    draft = write_commitment(
        county, table.order(title=named("ویزیت رایگان سالمندان"), supporters=(Supports(table.silent, named("دارو")),)),
        by=table.secretary,
    )  # fmt: skip
    returned = give_back(
        table.given(title=named("سرویس مدرسه کودکان توان‌یاب")), reason=named("در اختیار ما نیست"), by=table.officer
    )
    return {
        "commitment": new,
        "worked_commitment": worked,
        "claimed_commitment": table.claimed(title=named("ده فرصت شغلی برای مددجویان")),
        "verified_commitment": verify(
            table.claimed(title=named("سی بسته آموزشی")), adequate=True, note="", by=table.governor
        ),
        "returned_commitment": returned,
        "draft_commitment": draft,
    }


def body_of(role: Role, county: str) -> Organization:
    """The body in which a role of a county works, in tests that walk over roles: the same one every time."""
    kinds = {
        Role.AGENCY_OFFICER: (OrganizationKind.AGENCY, "اداره آموزش فنی و حرفه‌ای"),
        Role.COUNTY_HEAD: (OrganizationKind.WELFARE_OFFICE, "اداره بهزیستی"),
    }
    kind, name = kinds.get(role, (OrganizationKind.GOVERNOR_OFFICE, "فرمانداری"))
    return make_organization(name, place=county, kind=kind)
