"""Making, updating and filling an installation."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from hamafza.accounts.commands.demo import PEOPLE, make_demo_users
from hamafza.accounts.models import User
from hamafza.commitments.commands.division_fields import load_fields
from hamafza.config.demonstration import make_county
from hamafza.core.errors import Refusal
from hamafza.core.scope import everywhere
from hamafza.core.session import acting_as
from hamafza.places.commands.load_places import load_places

#: The county of the demonstration: Pakdasht, province of Tehran.
DEMO_COUNTY = "2313"


def is_empty() -> bool:
    """Whether nothing has been installed here."""
    return "places_place" not in connection.introspection.table_names()


def install() -> None:
    """Database and places in an empty home; refuses where something stands already."""
    if not is_empty():
        raise Refusal(
            _("There is an installation here already; nothing was done. Run “hamafza serve” to bring it up to date."),
            code="installed",
        )
    update()


def update() -> None:
    """Bring tables, places and fields of support up to date; harmless when they are."""
    with acting_as("system:installation"), everywhere(reason="installation"):
        call_command("migrate", verbosity=0, interactive=False)
        load_places()
        load_fields()


def make_demonstration() -> list[str]:
    """The demonstration county: its people and invented clients, brought in by the import itself; gives the sign-ins."""
    with acting_as("system:demonstration"):
        make_demo_users(DEMO_COUNTY)
        make_county(DEMO_COUNTY)
    return demonstration_sign_ins()


def demonstration_sign_ins() -> list[str]:
    """One line for each user of the demonstration; none where there is no demonstration."""
    if not User.objects.filter(username=PEOPLE[0][0]).exists():
        return []
    return [f"{user.username}  {user.password}  {user.role}، {user.place}" for user in make_demo_users(DEMO_COUNTY)]
