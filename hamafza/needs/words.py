"""Needs in sentences: the parts of a score, the steps of a need. Made when shown, so they follow the page's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _, ngettext

from hamafza.core import wording
from hamafza.needs.choices import NeedState, Severity
from hamafza.needs.commands.expire import OWN_REASONS
from hamafza.needs.priority import PARTS, waiting_points
from hamafza.registry.choices import DisabilitySeverity, JobStatus, Tenure

#: Colour of a state's badge.
TONES: dict[str, str] = {
    NeedState.DRAFT: "grey",
    NeedState.ASSESSED: "orange",
    NeedState.APPROVED: "blue",
    NeedState.OPEN: "blue",
    NeedState.PARTLY_MET: "teal",
    NeedState.MET: "green",
    NeedState.CLOSED: "grey",
    NeedState.EXPIRED: "red",
}


@dataclass(frozen=True)
class PartShown:
    """One part of a score: why, how many points, of how many."""

    sentence: str
    points: int
    most: int


def parts_shown(parts: Mapping[str, Any]) -> list[PartShown]:
    """The stored parts of a score in their order."""
    return [
        PartShown(SENTENCES[name](parts[name]["value"]), parts[name]["points"], most)
        for name, most in PARTS.items()
        if name in parts
    ]


def waiting_shown(since: date, on: date) -> PartShown:
    """The part that grows with time; it has no upper end, so ``most`` is what it is."""
    days = max(0, (on - since).days)
    points = waiting_points(since, on)
    return PartShown(
        _("Waiting for %(days)s days: one point for each 30 days") % {"days": wording.number(days)}, points, points
    )


def reason_shown(reason: str) -> str:
    """A reason somebody wrote as it is; one of the program's own in the language of the page."""
    return _(reason) if reason in OWN_REASONS else reason


def _severity(value: Any) -> str:
    return _("The need is %(severity)s") % {"severity": Severity(value).label}


def _decile(value: Any) -> str:
    if value is None:
        return _("Income decile not known: counted as the middle")
    return _("Income decile %(decile)s") % {"decile": wording.number(value)}


def _income(value: Any) -> str:
    if value is None:
        return _("Income not known: counted as the middle")
    return _("Monthly income of %(amount)s rials for each person") % {"amount": wording.number(value)}


def _no_earner(_value: Any) -> str:
    return _("Nobody in the household earns or draws a pension")


def _disability(value: Any) -> str:
    if not value:
        return _("Somebody in the household lives with a disability")
    return _("Gravest disability in the household: %(severity)s") % {"severity": DisabilitySeverity(value).label}


def _several_disabled(value: Any) -> str:
    return _("%(count)s persons of the household live with a disability") % {"count": wording.number(value)}


def _woman_head(_value: Any) -> str:
    return _("A woman leads the household")


def _children(value: Any) -> str:
    return ngettext("%(count)s child under 18", "%(count)s children under 18", value) % {"count": wording.number(value)}


def _older(value: Any) -> str:
    return ngettext("%(count)s person of 65 or older", "%(count)s persons of 65 or older", value) % {
        "count": wording.number(value)
    }


def _tenure(value: Any) -> str:
    if not value:
        return _("Housing not known: counted as the middle")
    return _("Housing: %(tenure)s") % {"tenure": Tenure(value).label}


def _job_status(value: Any) -> str:
    if not value:
        return _("Occupation not known: counted as the middle")
    return _("Occupation: %(job)s") % {"job": JobStatus(value).label}


SENTENCES: dict[str, Callable[[Any], str]] = {
    "severity": _severity,
    "decile": _decile,
    "income": _income,
    "no_earner": _no_earner,
    "disability": _disability,
    "several_disabled": _several_disabled,
    "woman_head": _woman_head,
    "children": _children,
    "older": _older,
    "tenure": _tenure,
    "job_status": _job_status,
}
