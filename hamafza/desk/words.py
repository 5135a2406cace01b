"""The figures of a desk in the words of a page or a letter."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from hamafza.accounts.choices import OrganizationKind
from hamafza.commitments.choices import Obstacle
from hamafza.core import wording
from hamafza.desk.figures import Figures, Line, Said
from hamafza.desk.periods import period_of, period_shown
from hamafza.places.choices import PlaceKind


def title_of(figures: Figures) -> str:
    """«شهرستان پاکدشت», with the name of the day on which it was counted."""
    return _("%(kind)s of %(name)s") % {
        "kind": PlaceKind(figures.place_kind).label,
        "name": figures.place_name,
    }


def period_words(figures: Figures) -> str:
    return period_shown(period_of(figures.period))


def day(text: str) -> date:
    """Of an ISO text."""
    return date.fromisoformat(text)


def kind_of_body(line: Line) -> str:
    return str(OrganizationKind(line.kind).label)


def obstacle_words(kind: str) -> str:
    return str(Obstacle(kind).label) if kind else ""


def main_obstacle(line: Line) -> str:
    """What is in the way most often; empty when nothing is named."""
    return obstacle_words(line.obstacles[0][0]) if line.obstacles else ""


def kept_words(line: Line) -> str:
    """The share of promises kept by their first date; a dash while nothing was due."""
    return "—" if line.kept is None else wording.percent(line.kept)


def change_words(now: int, then: int) -> str:
    """Beside the period before."""
    if now == then:
        return _("as many as in the period before")
    words = (
        _("%(count)s more than in the period before") if now > then else _("%(count)s fewer than in the period before")
    )
    return words % {"count": wording.number(abs(now - then))}


def said_line(one: Said) -> str:
    """One strength or obstacle as a sentence of a letter."""
    parts = [f"{one.by}: {one.text}"]
    if one.remedy:
        parts.append(_("what would help: %(remedy)s") % {"remedy": one.remedy})
    return "؛ ".join(parts) if wording.is_persian() else "; ".join(parts)
