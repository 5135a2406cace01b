"""Passwords: changed by their owner, or set anew by an administrator for one sign-in."""

from __future__ import annotations

import secrets

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.commands.sessions import end_all_sessions, end_other_sessions, move_session
from hamafza.accounts.guard import require
from hamafza.accounts.models import User
from hamafza.core.errors import Refusal

#: Letters and digits that nobody confuses when they are read out on the telephone.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 3, 4


def temporary_password() -> str:
    """A password to be read out and typed once, such as ``kp4x-9mrt-hw2c`` (59 bits)."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))


def change_own_password(request: HttpRequest, user: User, *, password: str) -> None:
    """Set the user's own new password; her other sessions end, this one stays."""
    with transaction.atomic():
        before = str(request.session.session_key)
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        update_session_auth_hash(request, user)
        request.session.save()
        after = str(request.session.session_key)
        move_session(before=before, after=after)
        end_other_sessions(user, but=after)


def reset_password(user: User, *, by: Actor) -> str:
    """Give the user a temporary password, end her sessions, and answer the password to be handed to her."""
    require(by, Permission.MANAGE_USERS, place=None)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.pk == by.user_id:
            raise Refusal(_("Change your own password on its own page."), code="own_password")
        password = temporary_password()
        locked.set_password(password)
        locked.must_change_password = True
        locked.save(update_fields=["password", "must_change_password"])
        end_all_sessions(locked)
    return password
