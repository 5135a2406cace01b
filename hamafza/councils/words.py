"""Councils, meetings and resolutions in words, for every page and paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _, ngettext

from hamafza.core import wording
from hamafza.core.parts import Tone
from hamafza.councils.choices import MeetingState as M, Presence, ResolutionState as R
from hamafza.councils.flow import HERE
from hamafza.councils.implementation import Implementation
from hamafza.councils.models import Attendance, Council, Meeting, Resolution

MEETING_TONES: dict[str, Tone] = {
    M.PLANNED: "grey",
    M.INVITED: "blue",
    M.IN_SESSION: "teal",
    M.ADJOURNED: "orange",
    M.MINUTES_DRAFT: "orange",
    M.MINUTES_REVIEW: "blue",
    M.MINUTES_FINAL: "green",
    M.PUBLISHED: "green",
    M.CANCELLED: "grey",
    M.NO_QUORUM: "red",
}
RESOLUTION_TONES: dict[str, Tone] = {
    R.PROPOSED: "grey",
    R.ADOPTED: "blue",
    R.COMMUNICATED: "teal",
    R.CONFIRMED: "green",
    R.REJECTED: "grey",
    R.DEFERRED: "orange",
    R.SUPERSEDED: "grey",
    R.LAPSED: "grey",
}
PRESENCE_TONES: dict[str, Tone] = {
    Presence.INVITED: "grey",
    Presence.CONFIRMED: "blue",
    Presence.PRESENT: "green",
    Presence.LATE: "green",
    Presence.DEPUTY: "green",
    Presence.EXCUSED: "orange",
    Presence.ABSENT: "red",
}


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who is there of those with a vote, and what that means, in words."""

    here: int
    needed: int
    voting: int

    @property
    def is_met(self) -> bool:
        return self.here >= self.needed

    @property
    def text(self) -> str:
        counted = _("%(here)s of %(voting)s members with a vote are there; the quorum is %(needed)s.") % {
            "here": wording.number(self.here),
            "voting": wording.number(self.voting),
            "needed": wording.number(self.needed),
        }
        if self.is_met:
            enough = _("The council can adopt.")
            return f"{counted} {enough}"
        missing = self.needed - self.here
        return "{} {}".format(
            counted,
            ngettext("One more is needed.", "%(count)s more are needed.", missing)
            % {"count": wording.number(missing)},
        )  # fmt: skip


def quorum_of(meeting: Meeting, attendances: Iterable[Attendance]) -> Quorum:
    here = sum(one.votes and one.presence in HERE for one in attendances)
    return Quorum(here, meeting.quorum_needed, meeting.voting_seats)


def number_of(row: Meeting | Resolution) -> str:
    """``1405/3``; empty before it has one."""
    return f"{row.jalali_year}/{row.number}" if row.number else ""


def meeting_title(meeting: Meeting) -> str:
    """With its number, once it has one."""
    if not meeting.number:
        return _("Meeting of %(council)s") % {"council": meeting.council.name}
    return _("Meeting %(number)s of %(council)s") % {
        "number": wording.number(meeting.number),
        "council": meeting.council.name,
    }


def meeting_hours(meeting: Meeting) -> str:
    """``10:00 to 12:00``."""
    begins = wording.digits(f"{meeting.starts_at:%H:%M}")
    if meeting.ends_at is None:
        return begins
    return _("%(begins)s to %(ends)s") % {"begins": begins, "ends": wording.digits(f"{meeting.ends_at:%H:%M}")}


#: So many days before its end the term of a council is spoken of.
TERM_SOON = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be said at the top of a council."""

    state: str
    text: str
    tone: Tone


def council_standing(council: Council, *, on: date) -> Standing | None:
    """That it has ended, or that its term does."""
    if not council.active:
        return Standing(_("Ended"), _("This council has ended. No new meetings are planned in it."), "grey")
    if council.term_to is None or (left := (council.term_to - on).days) > TERM_SOON:
        return None
    day = wording.long_date(council.term_to)
    if left < 0:
        return Standing(_("Term"), _("The term ended on %(day)s. Enter the new one.") % {"day": day}, "red")
    if left == 0:
        return Standing(_("Term"), _("The term ends today."), "orange")
    text = ngettext(
        "The term ends in one day, on %(day)s.", "The term ends in %(count)s days, on %(day)s.", left
    ) % {"count": wording.number(left), "day": day}  # fmt: skip
    return Standing(_("Term"), text, "orange")


def next_step(meeting: Meeting) -> str:
    """What the secretary does next."""
    return {
        M.PLANNED: _("Lay the agenda, then invite."),
        M.INVITED: _("On the day, say who is there and open the session."),
        M.IN_SESSION: _("Write down what is said and resolved, then end the session."),
        M.ADJOURNED: _("Write the minutes: they come from what was recorded."),
        M.MINUTES_DRAFT: _("Send the minutes to those who were there."),
        M.MINUTES_REVIEW: _("Wait for remarks; then call the minutes final."),
        M.MINUTES_FINAL: _("Have the minutes signed, then publish them."),
        M.PUBLISHED: _("The minutes are published. Follow the resolutions up."),
        M.CANCELLED: meeting.state_reason,
        M.NO_QUORUM: _("Too few were there. Plan another meeting; its matters wait in the backlog."),
    }[M(meeting.state)]


def implementation_words(state: Implementation) -> str:
    """How far a resolution is, said of its commitments."""
    if not state.all:
        return _("Nobody owes anything yet.")
    if not state.open:
        return _("Executed: nothing is owed any more.")
    return ngettext(
        "%(percent)s%% done; one of %(all)s commitments is open.",
        "%(percent)s%% done; %(open)s of %(all)s commitments are open.",
        state.open,
    ) % {
        "percent": wording.number(state.percent), "open": wording.number(state.open), "all": wording.number(state.all)
    }  # fmt: skip


def votes_words(row: Resolution) -> str:
    """How it was voted."""
    if row.state == R.PROPOSED:
        return _("The vote is still to come.")
    if row.state == R.DEFERRED:
        return _("Deferred: %(reason)s") % {"reason": row.state_reason}
    return said_votes(row.in_favour, row.against, row.abstained, by_consensus=row.by_consensus)


def said_votes(in_favour: int, against: int, abstained: int, *, by_consensus: bool) -> str:
    if by_consensus:
        return _("By consensus")
    return _("%(in_favour)s in favour, %(against)s against, %(abstained)s abstained") % {
        "in_favour": wording.number(in_favour),
        "against": wording.number(against),
        "abstained": wording.number(abstained),
    }
