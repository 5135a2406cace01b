"""People who may sign in: added, corrected, switched off and on. What they may do is given by duties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.commands.passwords import temporary_password
from hamafza.accounts.commands.sessions import end_all_sessions
from hamafza.accounts.guard import require
from hamafza.accounts.models import User
from hamafza.core.contact import tidy_mobile
from hamafza.core.errors import Refusal
from hamafza.core.persian import latin_digits, normalize

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True)
class NewUser:
    """Who is added: the user name is Latin, in small letters."""

    username: str
    full_name: str
    organization: UUID | None = None
    language: str = "fa"
    mobile: str = ""


def tidy_username(text: str) -> str:
    """The one form of a user name: small Latin letters and digits."""
    return latin_digits(normalize(text)).casefold()


def add_user(new: NewUser, *, by: Actor) -> tuple[User, str]:
    """Add a person without any duty; answers her and her temporary password, which is kept nowhere."""
    require(by, Permission.MANAGE_USERS, place=None)
    username, full_name = tidy_username(new.username), normalize(new.full_name)
    with transaction.atomic():
        if not USERNAME.fullmatch(username):
            raise Refusal(
                _("A user name begins with a Latin letter and has 3 to 40 letters, digits, dots or dashes."),
                code="bad_username",
                field="username",
            )
        if not full_name:
            raise Refusal(_("Write the full name."), code="no_name", field="full_name")
        if User.objects.filter(username=username).exists():
            raise Refusal(_("Somebody else has this user name."), code="username_taken", field="username")
        password = temporary_password()
        user = User(
            username=username,
            full_name=full_name,
            organization_id=new.organization,
            language=new.language,
            mobile=tidy_mobile(new.mobile),
            must_change_password=True,
        )
        user.set_password(password)
        user.save(force_insert=True)
    return user, password


def edit_user(
    user: User, *, full_name: str, organization: UUID | None, language: str, mobile: str = "", by: Actor
) -> User:
    """Correct the name, organisation, language or mobile of a user."""
    require(by, Permission.MANAGE_USERS, place=None)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        name = normalize(full_name)
        if not name:
            raise Refusal(_("Write the full name."), code="no_name", field="full_name")
        locked.full_name, locked.organization_id, locked.language = name, organization, language
        locked.mobile = tidy_mobile(mobile)
        locked.save(update_fields=["full_name", "organization", "language", "mobile"])
    return locked


def switch_off_user(user: User, *, by: Actor) -> User:
    """Keep the user out from now on: her sessions end at once, her duties stand for when she is let in again."""
    require(by, Permission.MANAGE_USERS, place=None)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.pk == by.user_id:
            raise Refusal(_("You cannot switch yourself off. Ask another administrator."), code="self")
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        end_all_sessions(locked)
    return locked


def switch_on_user(user: User, *, by: Actor) -> User:
    """Let the user sign in again."""
    require(by, Permission.MANAGE_USERS, place=None)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.is_active = True
        locked.save(update_fields=["is_active"])
    return locked
