"""Sign-ins of benefactors, given by the officer who speaks with them. They hold the one duty of a benefactor."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.commands.passwords import temporary_password
from hamafza.accounts.commands.sessions import end_all_sessions
from hamafza.accounts.commands.users import USERNAME, tidy_username
from hamafza.accounts.events import duty_ended, duty_given
from hamafza.accounts.guard import require
from hamafza.accounts.models import Duty, User
from hamafza.core.errors import Refusal
from hamafza.core.persian import normalize


@transaction.atomic
def add_giver(*, username: str, full_name: str, county: str, by: Actor) -> tuple[User, str]:
    """A new user with the duty of a benefactor in a county, and her first password, which is kept nowhere."""
    require(by, Permission.KEEP_BENEFACTORS, place=county)
    name = tidy_username(username)
    if not USERNAME.fullmatch(name):
        raise Refusal(
            _("A user name begins with a Latin letter and has 3 to 40 letters, digits, dots or dashes."),
            code="bad_username",
            field="username",
        )
    if User.objects.filter(username=name).exists():
        raise Refusal(_("Somebody else has this user name."), code="username_taken", field="username")
    password = temporary_password()
    user = User(username=name, full_name=normalize(full_name)[:120], must_change_password=True)
    user.set_password(password)
    user.save(force_insert=True)
    _give(user, county, by)
    return user, password


@transaction.atomic
def renew_giver(user: User, *, county: str, by: Actor) -> str:
    """A new first password, and the duty again where it had ended. Only for somebody who is a benefactor and nothing else."""
    require(by, Permission.KEEP_BENEFACTORS, place=county)
    locked = _locked(user, by)
    password = temporary_password()
    locked.set_password(password)
    locked.must_change_password, locked.is_active = True, True
    locked.save(update_fields=["password", "must_change_password", "is_active"])
    end_all_sessions(locked)
    if not _duties(locked).filter(place_id=county).exists():
        _give(locked, county, by)
    return password


@transaction.atomic
def end_giver(user: User, *, county: str, by: Actor) -> None:
    """End the duty of a benefactor in a county; other duties of the same user stand."""
    require(by, Permission.KEEP_BENEFACTORS, place=county)
    for duty in _duties(user).select_for_update().filter(place_id=county):
        duty.ended_at = timezone.now()
        duty.save(update_fields=["ended_at"])
        duty_ended.send(sender=Duty, duty=duty)


def _locked(user: User, by: Actor) -> User:
    locked = User.objects.select_for_update().get(pk=user.pk)
    others = Duty.objects.filter(user=locked, ended_at__isnull=True).exclude(role=Role.BENEFACTOR)
    if locked.pk == by.user_id or others.exists():
        raise Refusal(
            _("This user has other duties too. The administrator gives her a new password."), code="other_duties"
        )
    return locked


def _duties(user: User) -> models.QuerySet[Duty]:
    return Duty.objects.filter(user=user, role=Role.BENEFACTOR, ended_at__isnull=True)


def _give(user: User, county: str, by: Actor) -> None:
    duty = Duty.objects.create(
        user=user, role=Role.BENEFACTOR, place_id=county, valid_from=timezone.localdate(), given_by_id=by.user_id
    )
    duty_given.send(sender=Duty, duty=duty)
