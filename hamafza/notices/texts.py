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
    # Leaves the house as a message; carries no password.
    "giving.sign_in.given": (
        _("The welfare office of %(county)s has opened a page of your own for you. Your user name is %(username)s."),
        "user-plus",
    ),
    "needs.due": (_("%(count)s needs are due for re-assessment."), "calendar-due"),
}

#: Parameters that only the receiver of a message may read: pages of the office hide them.
SECRET = frozenset({"code"})


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
    return value
