"""What notices say: one sentence for each code. Parameters are numbers or names that may stand in any language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import Role
from hamafza.core import wording

Value = str | int

#: Code of a notice: its sentence and its icon. No parameter ever names a client.
TEXTS: dict[str, tuple[str | Promise, str]] = {
    "accounts.duty.given": (_("You have a new duty: %(role)s, %(place)s."), "id-badge-2"),
    "accounts.duty.ended": (_("Your duty has ended: %(role)s, %(place)s."), "id-badge-2"),
    "intake.batch.done": (
        _("The spreadsheet “%(file)s” is imported: %(created)s new, %(matched)s known, %(refused)s refused rows."),
        "file-check",
    ),
    "intake.batch.failed": (_("The import of “%(file)s” stopped. Open it to go on from where it was."), "file-alert"),
    "registry.duplicates.found": (_("%(count)s pairs may be the same person. Have a look at them."), "users"),
    "commitments.assigned": (
        _("Commitment %(number)s is yours, due on %(day)s. Take it on, or return it."),
        "checklist",
    ),
    "commitments.helps": (
        _("%(owner)s owes commitment %(number)s, due on %(day)s, and your body helps with it."),
        "users",
    ),
    "commitments.returned": (_("Commitment %(number)s is returned by %(owner)s. Answer it."), "arrow-back-up"),
    "commitments.date_asked": (
        _("%(owner)s asks for another date for commitment %(number)s, due on %(day)s. Decide on it."),
        "calendar-event",
    ),
    "commitments.claimed": (_("%(owner)s reports commitment %(number)s as done. Look whether it is."), "checks"),
    "commitments.review": (
        _("Commitment %(number)s of %(owner)s is to be looked at today. It is due on %(day)s."),
        "eye",
    ),
    "commitments.cancelled": (_("Commitment %(number)s is cancelled."), "list-check"),
    "commitments.verified": (_("What you reported for commitment %(number)s is verified."), "checks"),
    "commitments.not_adequate": (
        _("Something is missing in what you reported for commitment %(number)s, due on %(day)s. See what."),
        "alert-triangle",
    ),
    "commitments.opened_again": (_("Commitment %(number)s is open again."), "list-check"),
    "commitments.date_approved": (_("The new date of commitment %(number)s is approved: %(day)s."), "calendar-event"),
    "commitments.date_refused": (_("The date of commitment %(number)s stays: %(day)s."), "calendar-event"),
    "commitments.programme.published": (
        _("%(body)s has published its programme for the time from %(day)s on."),
        "calendar-event",
    ),
    "commitments.programme.changed": (
        _("%(body)s has changed its programme for the time from %(day)s on. See what and why."),
        "calendar-event",
    ),
    "councils.invited": (_("You are invited: %(council)s, %(day)s, %(hour)s, %(venue)s."), "calendar-event"),
    "councils.moved": (
        _("The meeting of %(council)s is now on %(day)s, %(hour)s, %(venue)s."),
        "calendar-event",
    ),
    "councils.called_off": (_("The meeting of %(council)s on %(day)s is called off: %(reason)s."), "ban"),
    "councils.review": (_("The minutes of %(council)s lie before you. Read them and write your remarks."), "file-text"),
    "commitments.late": (
        _("Commitment %(number)s of %(owner)s, due on %(day)s, is %(days)s days late."),
        "alarm",
    ),
    "desk.asked": (
        _("A question about needs has come: %(number)s. Answer it in words."),
        "help-circle",
    ),
    "desk.answered": (_("Your question %(number)s about needs has its answer."), "message"),
    # Leaves the house as a message; carries no password.
    "giving.sign_in.given": (
        _("The welfare office of %(county)s has opened a page of your own for you. Your user name is %(username)s."),
        "user-plus",
    ),
    # Leaves the house as a message, to the household itself.
    "distribution.code": (
        _("Code of delivery: %(code)s. Say it only to the officer who hands you the package."),
        "key",
    ),
    "giving.instalment.before": (
        _("Thank you for your pledge %(number)s. Its next instalment is due on %(day)s."),
        "calendar-event",
    ),
    "giving.instalment.on_day": (_("An instalment of your pledge %(number)s is due today, %(day)s."), "calendar-due"),
    "giving.instalment.late": (
        _("The instalment of your pledge %(number)s for %(day)s has not reached us yet. If it has, please tell us."),
        "alarm",
    ),
    "giving.wish_closed.same_purpose": (
        _(
            "Thank you for your gift %(number)s. What its pledge named could not be done any more, so by your own rule it"
            " serves the same purpose in the same county."
        ),
        "alert-triangle",
    ),
    "giving.wish_closed.any_purpose": (
        _(
            "Thank you for your gift %(number)s. What its pledge named could not be done any more, so by your own rule it"
            " goes where the county needs it most."
        ),
        "alert-triangle",
    ),
    "giving.wish_closed.ask": (
        _(
            "Thank you for your gift %(number)s. What its pledge named could not be done any more. It waits untouched until"
            " you tell us what you want now."
        ),
        "alert-triangle",
    ),
    "giving.wish_closed.return": (
        _(
            "What the pledge of your gift %(number)s named could not be done any more, so by your own rule it goes back to"
            " you. Please tell us if you want something else."
        ),
        "alert-triangle",
    ),
    "giving.instalments.to_follow": (
        _("Instalments of pledges: %(due)s due today, %(late)s newly late. Have a look at them."),
        "calendar-due",
    ),
    "needs.due": (_("%(count)s needs are due for re-assessment."), "calendar-due"),
}

#: Parameters that only the receiver of a message may read: pages of the office hide them.
SECRET = frozenset({"code"})

#: Parameters that are days and numbers of papers: kept in Latin digits, said in those of the page.
_IN_DIGITS = frozenset({"day", "number"})


def sentence(code: str, params: Mapping[str, Value]) -> str:
    """The notice in the language of the page; numbers in its digits."""
    text, _icon = TEXTS[code]
    return str(text) % {name: _in_words(name, value) for name, value in params.items()}


def icon_of(code: str) -> str:
    """The icon beside it."""
    return TEXTS[code][1]


def _in_words(name: str, value: Value) -> str:
    if isinstance(value, int):
        return wording.number(value)
    if name == "role" and value in Role.values:
        return str(Role(value).label)
    if name in _IN_DIGITS:
        return wording.digits(value)
    return value
