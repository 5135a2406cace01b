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


def change_words(now: int, then: int, *, runs: bool) -> str:
    """Beside the period before; while this one ``runs``, beside that one up to the same day."""
    if runs:
        words = {
            0: _("as many as in the period before up to this same day"),
            1: _("%(count)s more than in the period before up to this same day"),
            -1: _("%(count)s fewer than in the period before up to this same day"),
        }
    else:
        words = {
            0: _("as many as in the period before"),
            1: _("%(count)s more than in the period before"),
            -1: _("%(count)s fewer than in the period before"),
        }
    return words[_sign(now - then)] % {"count": wording.number(abs(now - then))}


def done_words(now: int, then: int, *, runs: bool) -> str:
    """Whether more was done than in the period before; while this one ``runs``, than in that one up to the same day."""
    if runs:
        words = {
            0: _("As much was done as in the period before up to this same day"),
            1: _("More was done than in the period before up to this same day"),
            -1: _("Less was done than in the period before up to this same day"),
        }
    else:
        words = {
            0: _("As much was done as in the period before"),
            1: _("More was done than in the period before"),
            -1: _("Less was done than in the period before"),
        }
    return words[_sign(now - then)]


def _sign(change: int) -> int:
    return (change > 0) - (change < 0)


def more_words(count: int) -> str:
    """Below a list that is cut."""
    return _("and %(count)s more") % {"count": wording.number(count)}


def said_line(one: Said) -> str:
    """One strength or obstacle as a sentence of a letter."""
    parts = [f"{one.by}: {one.text}"]
    if one.remedy:
        parts.append(_("what would help: %(remedy)s") % {"remedy": one.remedy})
    return "؛ ".join(parts) if wording.is_persian() else "; ".join(parts)
