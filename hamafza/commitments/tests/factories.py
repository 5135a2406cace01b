"""A county that works together: who asks, who owes (one body without users), who verifies; and commitments of theirs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.test import Client

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.models import Organization, User
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_organization, make_worker
from hamafza.commitments.commands.answer import accept, report
from hamafza.commitments.commands.give import assign, write_commitment
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Order, Report
from hamafza.core import clock
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
            "title": f"ده فرصت شغلی برای مددجویان، {next(_numbers)}",
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


def a_table(county: str = COUNTY) -> Table:
    """With the county open."""
    number = next(_numbers)
    office = make_organization(f"فرمانداری {number}", place=county, kind=OrganizationKind.GOVERNOR_OFFICE)
    agency = make_organization(f"اداره کار {number}", place=county, kind=OrganizationKind.AGENCY)
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
