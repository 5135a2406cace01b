"""``--as NAME``: who a command acts for."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from hamafza.accounts.actor import Actor

DEFAULT_ACTOR = "command-line"


def actor_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="actor", metavar="NAME", default="", help="user name the audit trail shows (default: the system)"
    )


@contextmanager
def acting(name: str) -> Iterator[Actor]:
    """The named user, or the system; the audit trail names it for all that happens inside."""
    from hamafza.accounts.queries.actors import actor_named, system_actor
    from hamafza.core.session import acting_as

    actor = actor_named(name) if name else system_actor(DEFAULT_ACTOR)
    with acting_as(actor.label):
        yield actor


def county_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--county", required=True, metavar="CODE", help="official code of the county, four digits")


def known_county(code: str) -> str:
    """The code, when such a county exists; else a refusal."""
    from hamafza.core.errors import Refusal
    from hamafza.core.persian import latin_digits
    from hamafza.places.queries.places import counties

    code = latin_digits(code).strip().zfill(4)
    if not counties().filter(code=code).exists():
        raise Refusal(
            _("There is no county with the code %(code)s. Look the code up under Places.") % {"code": code},
            code="no_such_county",
        )
    return code
