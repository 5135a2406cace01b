"""Every kind of person who may knock, each with a client that is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.models import Duty, User
from hamafza.accounts.tests.factories import give, make_organization, make_user, signed_in_client
from hamafza.commitments.tests.factories import body_of
from hamafza.notices.commands.notify import notify
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SHARIFABAD, SISTER_COUNTY, make_places
from tests.seeded_county import SeededCounty, seed_counties, sign_in_of
from tests.seeded_portal import seed_portal

#: What each place covers, said again here so that the table does not lean on the code it tests.
COVERS = {
    "": (),
    COUNTY: (COUNTY,),
    SISTER_COUNTY: (SISTER_COUNTY,),
    FAR_COUNTY: (FAR_COUNTY,),
    SHARIFABAD: (COUNTY,),
    "23": (COUNTY, SISTER_COUNTY),
    "10": (FAR_COUNTY,),
    "IR": (COUNTY, SISTER_COUNTY, FAR_COUNTY),
}
IN_A_COUNTY = (Role.SOCIAL_WORKER, Role.COUNTY_HEAD, Role.GOVERNOR_OFFICE, Role.AUDITOR)
#: Who gives, receives, keeps, pays and hands out: in the one county where all rows are tried.
OF_GIVING = (
    Role.GIVING_OFFICER,
    Role.ACCOUNTANT,
    Role.PAYER,
    Role.STOREKEEPER,
    Role.DELIVERER,
    Role.BENEFACTOR,
)
#: Who follows up what bodies owe, and who answers for a body.
OF_COMMITMENTS = (Role.COUNCIL_SECRETARY, Role.AGENCY_OFFICER)
#: Who works for a body of the place, as far as a page asks for it.
OF_A_BODY = frozenset({*OF_COMMITMENTS, Role.GOVERNOR_OFFICE, Role.COUNTY_HEAD})
#: Name of the asker: role and place of the duty.
ASKERS: dict[str, tuple[Role | None, str]] = {
    "anonymous": (None, ""),
    "no duty": (None, ""),
    **{f"{role} {place}": (role, place) for place in (COUNTY, SISTER_COUNTY, FAR_COUNTY) for role in IN_A_COUNTY},
    **{f"{role} {COUNTY}": (role, COUNTY) for role in (*OF_GIVING, *OF_COMMITMENTS)},
    **{f"{Role.PROVINCE_DIRECTOR} {place}": (Role.PROVINCE_DIRECTOR, place) for place in ("23", "10")},
    f"{Role.DISTRICT_GOVERNOR} {SHARIFABAD}": (Role.DISTRICT_GOVERNOR, SHARIFABAD),
    f"{Role.AUDITOR} IR": (Role.AUDITOR, "IR"),
    f"{Role.NATIONAL_ADMIN} IR": (Role.NATIONAL_ADMIN, "IR"),
}


@dataclass
class Asker:
    """Somebody with one duty, or none, and the rows that are hers."""

    name: str
    role: Role | None
    place: str
    client: Client
    user: User | None
    rows: dict[str, Any] = field(default_factory=dict)
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    @property
    def counties(self) -> tuple[str, ...]:
        return COVERS[self.place]

    @property
    def label(self) -> str:
        """As `Actor.label`."""
        return Actor(name=self.name, user_id=self.user.pk if self.user else None).label

    @property
    def knocks_everywhere(self) -> bool:
        """Rows of all counties are tried by everybody but those of the other counties, who knock at the first alone."""
        return self.place not in {SISTER_COUNTY, FAR_COUNTY, "10"}

    def ask(self, method: str, url: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
        """One request of which nothing stays behind: neither rows nor cookies. The answer's bytes are its ``body``."""
        self.client.cookies = SimpleCookie(self.cookies.output(header="", sep=";"))
        with transaction.atomic():
            answer = getattr(self.client, method.lower())(url, data, **extra)
            answer.body = answer.getvalue()
            transaction.set_rollback(True)
        return answer


@dataclass
class World:
    """Three counties, everybody who may knock, and rows that belong to no county."""

    counties: dict[str, SeededCounty]
    askers: dict[str, Asker]
    platform: dict[str, Any]


def _asker(name: str, role: Role | None, place: str) -> Asker:
    if name == "anonymous":
        return Asker(name, None, "", Client(raise_request_exception=False), None)
    client = signed_in_client(None)
    client.raise_request_exception = False  # a page that breaks answers 500, as it does to everybody
    user: User = client.user
    if role is not None:
        give(user, role, place)
    if role in OF_A_BODY:
        User.objects.filter(pk=user.pk).update(organization=body_of(role, place))
    notice = notify(user, code="needs.due", params={"count": 3})
    rows = {"notice": notice, "sign_in": sign_in_of(user)}
    return Asker(name, role, place, client, user, rows, SimpleCookie(client.cookies.output(header="", sep=";")))


@contextmanager
def seeded_world() -> Iterator[World]:
    """Everything, in a transaction of which nothing stays. The requests' own transactions nest in it."""
    whole = transaction.atomic()
    whole._from_testcase = True
    with whole:
        make_places()
        askers = {name: _asker(name, *duty) for name, duty in ASKERS.items()}
        workers = {place: askers[f"{Role.SOCIAL_WORKER} {place}"].user for place in (COUNTY, SISTER_COUNTY, FAR_COUNTY)}
        counties = seed_counties(workers)  # type: ignore[arg-type]  # workers are users
        seed_portal(counties, askers[f"{Role.BENEFACTOR} {COUNTY}"].user, COUNTY)  # type: ignore[arg-type]  # a user
        user = make_user("somebody-else")
        duty: Duty = give(user, Role.SOCIAL_WORKER, FAR_COUNTY)
        platform = {"user": user, "duty": duty, "organization": make_organization()}
        yield World(counties, askers, platform)
        transaction.set_rollback(True)
