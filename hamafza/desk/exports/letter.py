"""The letter of a report, in the manner of a governor's office; PDF and Word are made of the same blocks.

Always in Persian, and of the snapshot alone: the same snapshot gives the same letter, whoever asks and whenever.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _, pgettext

from hamafza.core import wording
from hamafza.councils.choices import NoteKind
from hamafza.desk.figures import Figures, Line, by_kind
from hamafza.desk.queries.snapshots import Report
from hamafza.desk.words import (
    day,
    kept_words,
    kind_of_body,
    main_obstacle,
    more_words,
    obstacle_words,
    period_words,
    said_line,
    title_of,
)
from hamafza.documents.paper import Block, Bullets, Heading, Paper, Table, Text

WIDTHS = (34, 11, 11, 12, 12, 10, 22)
#: Of each kind of words so many.
SAID = 8


def letter_of(report: Report) -> Paper:
    with translation.override("fa"):
        figures, cover = report.figures, report.cover
        return Paper(
            organisation=cover.organisation,
            number=report.number,
            date=wording.short_date(day(report.date)),
            attachment=_("none"),
            title=_("Commitments of bodies to the support of clients, %(period)s") % {"period": period_words(figures)},
            blocks=_blocks(report),
            foot=_("Report %(number)s") % {"number": wording.digits(report.number)},
            signatures=[(cover.post, cover.signer)],
        )


def _blocks(report: Report) -> list[Block]:
    figures, cover = report.figures, report.cover
    return [
        Heading(cover.to),
        Text(_("Greetings and respect,")),
        Text(_summary(figures)),
        *_table(_("By county"), _("County"), figures.counties),
        *_table(_("By body"), pgettext("commitment", "Body"), figures.bodies),
        *_table(_("Agencies, charities and others"), _("Kind"), _kinds(figures)),
        *_climbed(figures),
        *_obstacles(figures),
        *_bullets(_("Strengths to reinforce"), figures, NoteKind.STRENGTH),
        Text(_request(figures)),
        *([Text(cover.remark)] if cover.remark else []),
        Text(_note(figures), soft=True),
    ]


def _summary(figures: Figures) -> str:
    total, numbers = figures.total, wording.number
    said = {
        "period": period_words(figures),
        "place": title_of(figures),
        "day": wording.long_date(day(figures.on)),
        "bodies": numbers(len(figures.bodies)),
        "promised": numbers(total.promised),
        "done": numbers(total.done),
        "on_first": numbers(total.on_first_date),
        "late": numbers(total.late),
        "open": numbers(total.open - total.late),
        "dropped": numbers(total.dropped),
    }
    return _(
        "In %(period)s, %(bodies)s bodies of %(place)s owed %(promised)s commitments to the support of clients. By %(day)s,"
        " %(done)s of them were done and verified, %(on_first)s by their first date; %(late)s are past their date,"
        " %(open)s are under way and %(dropped)s were dropped."
    ) % said + " " + _before(figures)  # fmt: skip


def _before(figures: Figures) -> str:
    said = (
        _("In the period before up to this same day, %(before)s were done.")
        if figures.runs
        else _("In the period before, %(before)s were done.")
    )
    return said % {"before": wording.number(figures.before.done)}


def _table(title: str, first: str, lines: tuple[Line, ...]) -> list[Block]:
    if not lines:
        return []
    head = [first, _("Owed"), _("Done"), _("By first date"), _("By present date"), _("Late"), _("Main obstacle")]
    rows = [
        [line.name, *(wording.number(n) for n in (line.promised, line.done, line.on_first_date, line.on_time, line.late)),
         main_obstacle(line) or "—"]
        for line in lines
    ]  # fmt: skip
    return [Heading(title), Table(head, rows, WIDTHS)]


def _kinds(figures: Figures) -> tuple[Line, ...]:
    """Nothing when there is one kind alone: it would say the same again."""
    kinds = [replace(line, name=kind_of_body(line)) for line in by_kind(figures.bodies)]
    return tuple(kinds) if len(kinds) > 1 else ()


def _climbed(figures: Figures) -> list[Block]:
    if not figures.climbed:
        return []
    head = [_("Number"), _("What is to be done"), pgettext("commitment", "Body"), _("Due on"), _("Here since")]
    rows = [
        [one.number, one.title or "—", one.owner, wording.short_date(day(one.due_on)), wording.short_date(day(one.since))]
        for one in figures.climbed
    ]  # fmt: skip
    more = [Text(more_words(figures.more_climbed), soft=True)] if figures.more_climbed else []
    return [Heading(_("Late, and before this office")), Table(head, rows, (13, 42, 25, 15, 15)), *more]


def _obstacles(figures: Figures) -> list[Block]:
    counted = [
        _("%(obstacle)s: in the way of %(count)s commitments")
        % {"obstacle": obstacle_words(kind), "count": wording.number(count)}
        for kind, count in figures.total.obstacles
    ]
    said = _said(figures, NoteKind.OBSTACLE)
    return [Heading(_("Obstacles to remove")), Bullets([*counted, *said])] if counted or said else []


def _bullets(title: str, figures: Figures, kind: NoteKind) -> list[Block]:
    said = _said(figures, kind)
    return [Heading(title), Bullets(said)] if said else []


def _said(figures: Figures, kind: NoteKind) -> list[str]:
    said, more = figures.said_of(kind, most=SAID)
    return [*map(said_line, said), *([more_words(more)] if more else [])]


def _request(figures: Figures) -> str:
    if not figures.total.late:
        return _("Thank you for the work that was done. Please see to it that what is under way is done by its date.")
    return _(
        "Please have the bodies whose commitments are late say within a week why, and by when they will be done, and have"
        " the obstacles named above removed."
    )


def _note(figures: Figures) -> str:
    return _(
        "Done is what was reported by its owner and verified by somebody else; on time is measured by the day of the report."
        " %(kept)s of what was due was done by its first date. Confidential matters are not counted, and no client is named."
    ) % {"kept": kept_words(figures.total)}
