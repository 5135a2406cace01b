"""Rounds in words: colours of states, the reason of a place on a list, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.models import Round, RoundEntry
from hamafza.needs.choices import Domain, Severity
from hamafza.needs.words import PartShown, parts_shown, waiting_shown

ROUND_TONES: dict[str, str] = {
    RoundState.PLANNED: "orange",
    RoundState.APPROVED: "blue",
    RoundState.PACKING: "blue",
    RoundState.OUT: "teal",
    RoundState.RECONCILED: "green",
    RoundState.REPORTED: "green",
    RoundState.CANCELLED: "grey",
}
ENTRY_TONES: dict[str, str] = {
    EntryState.STANDBY: "grey",
    EntryState.LISTED: "blue",
    EntryState.DELIVERED: "green",
    EntryState.ABSENT: "orange",
    EntryState.RETURNED: "red",
    EntryState.REFUSED: "grey",
    EntryState.REPLACED: "grey",
    EntryState.RELEASED: "grey",
}


@dataclass(frozen=True)
class Reason:
    """Why a household stands where it does: its score on the day the list was drawn, and what it is made of."""

    score: int
    domain: str
    severity: str
    level: int
    parts: list[PartShown]
    version: int

    @property
    def sentence(self) -> str:
        """The heaviest parts in one line."""
        heaviest = sorted((part for part in self.parts if part.points), key=lambda part: -part.points)
        return "؛ ".join(part.sentence for part in heaviest)


def reason_of(entry: RoundEntry) -> Reason:
    """From what was kept when the list was drawn up; nothing is computed anew."""
    why: dict[str, Any] = entry.why
    waiting = waiting_shown(date.fromisoformat(why["since"]), date.fromisoformat(why["on"]))
    return Reason(
        score=why["score"],
        domain=str(Domain(why["domain"]).label),
        severity=str(Severity(why["severity"]).label),
        level=why["severity"],
        parts=[*parts_shown(why["parts"]), waiting],
        version=why["rule_version"],
    )


def round_number(of: Round) -> str:
    """The number as it is said: 12 of 1405."""
    return _("%(number)s of %(year)s") % {
        "number": wording.number(of.number),
        "year": wording.digits(str(of.jalali_year)),
    }


def next_step(of: Round) -> str:
    """What the round waits for."""
    return {
        RoundState.PLANNED: _("Next: somebody else reads the list and approves it."),
        RoundState.APPROVED: _("Next: the storekeeper packs and counts the packages."),
        RoundState.PACKING: _("Next: the packages go out to the families."),
        RoundState.OUT: _(
            "The packages are on their way. When the last one has arrived or come back, close the round."
        ),
        RoundState.RECONCILED: _("Next: households drawn by lot are called back, then the report is signed."),
        RoundState.REPORTED: _("The report is signed; nothing changes any more."),
        RoundState.CANCELLED: _("This round was given up: %(reason)s") % {"reason": of.reason},
    }[RoundState(of.state)]
