"""What councils print: the invitation and the minutes, as blocks of which PDF and Word are made. Closed items stay out (C6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.councils.choices import (
    ItemKind,
    MinutesPhase,
    NoteKind,
    Presence,
    ResolutionState,
    SeatOffice,
    Visibility,
)
from hamafza.councils.flow import HERE
from hamafza.councils.models import AgendaItem, Attendance, Corrigendum, Meeting, Minutes, Resolution
from hamafza.councils.words import meeting_hours, meeting_title, number_of, said_votes
from hamafza.documents.paper import Block, Bullets, Facts, Heading, Paper, Table, Text


def invitation_paper(
    meeting: Meeting, *, items: Iterable[AgendaItem], attendances: Sequence[Attendance], unclosed: Iterable[Resolution]
) -> Paper:
    """To all who have a seat: when, where, how many must be there, and what about."""
    told = [item for item in items if item.visibility != Visibility.CLOSED]
    rows = [
        (wording.number(place), item.title, str(ItemKind(item.kind).label), _minutes(item.minutes))
        for place, item in enumerate(told, start=1)
    ]
    blocks: list[Block] = [
        Text(_("You are kindly invited to the following meeting.")),
        Facts(
            [
                (_("Day"), wording.weekday_date(meeting.on)),
                (_("Time"), meeting_hours(meeting)),
                (_("Where"), meeting.venue),
                (_("Subject"), meeting.subject),
                (_("Quorum"), quorum_sentence(meeting)),
            ]
        ),
        Heading(_("Agenda")),
    ]
    if rows:
        blocks.append(
            Table([_("Row"), _("Matter"), _("Kind"), _("Time")], rows, [1, 8, 4, 2])
        )  # fmt: skip
    else:
        blocks.append(Text(_("The agenda will be sent later.")))
    followed = [one for one in unclosed if one.visibility != Visibility.CLOSED]
    if followed:
        blocks += [
            Heading(_("Earlier resolutions that are not closed")),
            Table([_("Number"), _("Resolution")], [(number_of(one), _followed(one)) for one in followed], [2, 9]),
        ]
    blocks += [Heading(_("Who is invited")), _seats_table(attendances)]
    return Paper(
        organisation=meeting.place.title,
        unit=meeting.council.name,
        title=_("Invitation"),
        number=number_of(meeting),
        date=wording.short_date(wording.day_of(meeting.invited_at) if meeting.invited_at else meeting.on),
        foot=meeting_title(meeting),
        blocks=blocks,
        signatures=[
            (one.seat.title, one.holding.name if one.holding else "")
            for one in attendances
            if one.seat.office == SeatOffice.SECRETARY
        ],
    )


def minutes_paper(
    said: dict[str, Any],
    *,
    title: str,
    phase: str,
    written_on: date,
    hash_: str = "",
    corrigenda: Sequence[Corrigendum] = (),
) -> Paper:
    """``said`` is `queries.minutes.told_outside`: what is closed is not in it."""
    blocks: list[Block] = []
    if phase != MinutesPhase.FINAL:
        blocks.append(Text(_("Draft: this text is not final and not signed."), soft=True))
    blocks += [
        Facts(
            [
                (_("Day"), wording.weekday_date(date.fromisoformat(said["on"]))),
                (_("Time"), _hours(said)),
                (_("Where"), said["venue"]),
                (_("Subject"), said["subject"]),
                (_("Quorum"), _quorum_of(said)),
            ]
        ),
        Heading(_("Those who were there")),
        _attendance_table(said["attendance"]),
    ]
    for place, item in enumerate(said["items"], start=1):
        blocks += _item(place, item)
    if said["closed_left_out"]:
        left_out = wording.number(said["closed_left_out"])
        blocks.append(Text(_("%(count)s closed matters are not in this copy.") % {"count": left_out}, soft=True))
    blocks += _notes(said["notes"])
    if corrigenda:
        blocks += [Heading(_("Corrections")), Bullets([_correction(one) for one in corrigenda])]
    if hash_:
        blocks.append(Text(_("Fingerprint of the final text: %(hash)s") % {"hash": _in_digits(hash_)}, soft=True))
    here = [one for one in said["attendance"] if one["presence"] in HERE]
    return Paper(
        organisation=said["place"],
        unit=said["council"],
        title=_("Minutes of the meeting"),
        number=said["number"],
        date=wording.short_date(written_on),
        foot=title,
        blocks=blocks,
        signatures=[(one["seat"], one["name"]) for one in here],
    )


def _in_digits(hash_: str) -> str:
    """The first 48 bits as a number: paper writes Persian digits, among which letters would stand awry."""
    return f"{int(hash_[:12], 16):015d}"


def quorum_sentence(meeting: Meeting) -> str:
    return _("%(needed)s of %(voting)s members with a vote") % {
        "needed": wording.number(meeting.quorum_needed),
        "voting": wording.number(meeting.voting_seats),
    }


def _item(place: int, item: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = [
        Heading(_("%(number)s. %(title)s") % {"number": wording.number(place), "title": item["title"]})
    ]
    if item["follow_up"]:
        rows = [(one["number"], one["title"], f"{wording.number(one['percent'])}٪") for one in item["follow_up"]]
        blocks.append(Table([_("Number"), _("Resolution"), _("Done")], rows, [2, 8, 2]))
    if item["outcome"]:
        blocks.append(Text(item["outcome"]))
    elif not item["follow_up"] and not item["resolutions"]:
        blocks.append(Text(_("Not dealt with; it comes back at the next meeting."), soft=True))
    for one in item["resolutions"]:
        blocks += _resolution(one)
    return blocks


def _resolution(one: dict[str, Any]) -> list[Block]:
    state = str(ResolutionState(one["state"]).label)
    number = _("Resolution %(number)s") % {"number": wording.digits(one["number"])} if one["number"] else state
    votes = said_votes(one["in_favour"], one["against"], one["abstained"], by_consensus=one["by_consensus"])
    is_voted = one["state"] not in {ResolutionState.PROPOSED, ResolutionState.DEFERRED}
    blocks: list[Block] = [
        Facts([(number, one["title"]), (_("Text"), one["text"]), (_("Vote"), votes if is_voted else "")])
    ]
    if one["commitments"]:
        rows = [
            (owed["owner"], owed["title"], wording.short_date(date.fromisoformat(owed["due_on"])), _quantity(owed))
            for owed in one["commitments"]
        ]
        blocks.append(Table([_("Who owes it"), _("Commitment"), _("Due on"), _("How much")], rows, [4, 6, 2, 2]))
    elif one["is_declaratory"]:
        blocks.append(Text(_("Declaratory: nobody owes anything under it."), soft=True))
    return blocks


def _attendance_table(rows: Iterable[dict[str, Any]]) -> Table:
    return Table(
        [_("Row"), _("Seat"), _("Name"), _("Presence")],
        [
            (wording.number(place), one["seat"], _named(one), str(Presence(one["presence"]).label))
            for place, one in enumerate(rows, start=1)
        ],
        [1, 4, 4, 2],
    )


def _seats_table(attendances: Iterable[Attendance]) -> Table:
    rows = [
        (wording.number(place), one.seat.title, one.holding.name if one.holding else "", _("yes") if one.votes else "")
        for place, one in enumerate(attendances, start=1)
    ]
    return Table([_("Row"), _("Seat"), _("Name"), _("Vote")], rows, [1, 5, 5, 1])


def _followed(one: Resolution) -> str:
    if not getattr(one, "for_review", False):
        return one.title
    return _("%(title)s (due for review)") % {"title": one.title}


def _named(one: dict[str, Any]) -> str:
    if one["for"]:
        return _("%(deputy)s for %(name)s") % {"deputy": one["name"], "name": one["for"]}
    return str(one["name"])


def _notes(notes: Sequence[dict[str, Any]]) -> list[Block]:
    blocks: list[Block] = []
    for kind in NoteKind:
        some = [one for one in notes if one["kind"] == kind]
        if some:
            blocks += [Heading(str(_HEADINGS[kind]())), Bullets([_note(one) for one in some])]
    return blocks


_HEADINGS = {
    NoteKind.STRENGTH: lambda: _("Strengths to reinforce"),
    NoteKind.OBSTACLE: lambda: _("Obstacles to remove"),
}


def _note(one: dict[str, Any]) -> str:
    if not one["remedy"]:
        return str(one["text"])
    return _("%(text)s; what would help: %(remedy)s") % {"text": one["text"], "remedy": one["remedy"]}


def _correction(one: Corrigendum) -> str:
    return _("%(day)s: %(text)s") % {"day": wording.short_date(wording.day_of(one.at)), "text": one.text}


def _hours(said: dict[str, Any]) -> str:
    begins, ends = wording.digits(said["starts_at"]), wording.digits(said["ends_at"])
    return _("%(begins)s to %(ends)s") % {"begins": begins, "ends": ends} if ends else begins


def _quorum_of(said: dict[str, Any]) -> str:
    here = sum(one["votes"] and one["presence"] in HERE for one in said["attendance"])
    return _("%(here)s of %(voting)s members with a vote were there; the quorum is %(needed)s.") % {
        "here": wording.number(here),
        "voting": wording.number(said["voting_seats"]),
        "needed": wording.number(said["quorum_needed"]),
    }


def _minutes(count: int | None) -> str:
    return _("%(count)s minutes") % {"count": wording.number(count)} if count else ""


def _quantity(owed: dict[str, Any]) -> str:
    return f"{wording.number(owed['quantity'])} {owed['unit']}" if owed["quantity"] else ""


def written_on(minutes: Minutes) -> date:
    return wording.day_of(minutes.at)
