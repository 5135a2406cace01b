"""The list that names nobody, as a sheet; its lines in words serve the page too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.needs.choices import Domain, Severity
from hamafza.needs.exports.needs import top_lines
from hamafza.needs.exports.sheet import Sheet, file_name
from hamafza.needs.queries.anonymous import SPECIAL, AnonymousLine, Cell
from hamafza.registry.choices import TargetGroup


@dataclass(frozen=True)
class AnonymousRow:
    """A line in words."""

    domain: str
    severity: str
    level: int | None
    district: str
    group: str
    decile: str
    waiting: str
    needs: int
    households: int
    #: What the row stands for.
    cell: Cell
    #: A way on from it, for whoever may.
    url: str = ""


def in_words(lines: Sequence[AnonymousLine], districts: dict[str, str]) -> list[AnonymousRow]:
    """``districts`` are names by code. What was given up so that nobody is singled out reads "various"."""
    various = _("various")
    return [
        AnonymousRow(
            domain=str(Domain(line.cell.domain).label),
            severity=str(Severity(line.cell.severity).label) if line.cell.severity else various,
            level=line.cell.severity,
            district=districts.get(line.cell.district or "", various),
            group=_group(line.cell.group) or various,
            decile=_decile(line.cell) or various,
            waiting=_waiting(line.cell.waiting) or various,
            needs=line.needs,
            households=len(line.households),
            cell=line.cell,
        )
        for line in lines
    ]


def anonymous_sheet(rows: Sequence[AnonymousRow], *, county: str, filtered: str, by: str) -> Sheet:
    """The same as a file."""
    return Sheet(
        name=file_name("needs-anonymous"),
        title=_("Needs"),
        top=top_lines(_("Needs in %(county)s, without names") % {"county": county}, filtered=filtered, by=by),
        header=[_("Need"), _("Severity"), _("District"), _("Target group"), _("Income decile"), _("Waiting time"), _("Needs"), _("Households")],
        rows=iter([row.domain, row.severity, row.district, row.group, row.decile, row.waiting, row.needs, row.households] for row in rows),
    )  # fmt: skip


def _group(group: str) -> str:
    if group == SPECIAL:
        return _("a group of the special class")
    return str(TargetGroup(group).label) if group else ""


def _decile(cell: Cell) -> str:
    if cell.decile is None:
        return ""
    first, last = (wording.number(one) for one in cell.decile)
    return _("decile %(first)s to %(last)s") % {"first": first, "last": last}


def _waiting(days: int | None) -> str:
    names = {0: _("less than three months"), 90: _("three months to a year"), 365: _("more than a year")}
    return "" if days is None else names[days]
