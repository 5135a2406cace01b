"""Write letters of thanks and certificates, from what was really done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import Organization, User
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.documents.commands.number import next_number
from hamafza.giving.models import Benefactor
from hamafza.ledger.commands.once import once
from hamafza.trace.choices import LetterKind
from hamafza.trace.models import Letter
from hamafza.trace.queries.thanks import Facts, benefactor_facts, has_done_something, organization_facts, staff_facts

SERIES = "letter"
LONGEST = 1500


@dataclass(frozen=True, slots=True)
class LetterWish:
    """To whom, for which span; ``text`` empty: only the sentences that the figures make."""

    kind: LetterKind
    to: Benefactor | Organization | User
    since: date
    until: date
    text: str = ""


def facts_of(county: str, wish: LetterWish) -> Facts:
    """The figures of a letter as they are today; the county must be open. Refuses a span in which nothing was done."""
    if wish.since > wish.until:
        raise Refusal(_("The last day lies before the first one."), code="order", field="until")
    if wish.until > clock.today():
        raise Refusal(
            _("Thanks are for what was done: the last day is today at the latest."), code="ahead", field="until"
        )
    facts = _figures(county, wish)
    if not has_done_something(facts):
        raise Refusal(
            _("In this span nothing of this recipient is on record. Choose another span."),
            code="nothing",
            field="since",
        )
    return facts


def write_letter(county: str, *, wish: LetterWish, by: Actor, key: UUID) -> Letter:
    """Number it and freeze its figures. The same ``key`` again gives the same letter."""
    require(by, Permission.WRITE_THANKS, place=county)
    asked = {"kind": str(wish.kind), "to": wish.to.pk, "since": wish.since, "until": wish.until, "text": wish.text}
    return once(county, key=key, asked=asked, by=by, act=lambda: _write(county, wish, by))


@transaction.atomic
def _write(county: str, wish: LetterWish, by: Actor) -> Letter:
    facts = facts_of(county, wish)
    year, number = next_number(county, SERIES, on=clock.today())
    letter = Letter(
        county_id=county,
        kind=wish.kind,
        number=number,
        jalali_year=year,
        benefactor=wish.to if isinstance(wish.to, Benefactor) else None,
        organization=wish.to if isinstance(wish.to, Organization) else None,
        staff=wish.to if isinstance(wish.to, User) else None,
        since=wish.since,
        until=wish.until,
        facts={**facts, "name": name_of(wish.to)},
        text=wish.text.strip()[:LONGEST],
        signed_by_id=by.user_id,
        at=clock.now(),
    )
    letter.save(force_insert=True)
    return letter


def name_of(to: Benefactor | Organization | User) -> str:
    """As it stands on the letter."""
    if isinstance(to, Organization):
        return to.name_fa
    return to.full_name if isinstance(to, User) else to.name


def _figures(county: str, wish: LetterWish) -> Facts:
    if isinstance(wish.to, Benefactor):
        return benefactor_facts(wish.to, since=wish.since, until=wish.until)
    if isinstance(wish.to, Organization):
        return organization_facts(wish.to, county, since=wish.since, until=wish.until)
    return staff_facts(wish.to, county, since=wish.since, until=wish.until)
