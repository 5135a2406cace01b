"""Sessions: begun, seen, ended. Ending one deletes Django's own session, so that the next request is refused."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from hamafza.accounts.devices import device_name
from hamafza.accounts.models import SignIn, User
from hamafza.core.visitor import address_of

#: A session's last sign of life is written at most this often.
SEEN_EVERY_SECONDS = 60
_SEEN = "seen"


def begin_session(request: HttpRequest, user: User) -> SignIn:
    """Sign the user in on this device and list the session."""
    with transaction.atomic():
        login(request, user)
        request.session[_SEEN] = int(time.time())
        request.session.save()
        _forget_expired(user)
        return SignIn.objects.create(
            user=user,
            session_key=str(request.session.session_key),
            ip=address_of(request) or None,
            device=device_name(request.headers.get("User-Agent", "")),
        )


def end_this_session(request: HttpRequest) -> None:
    """Sign out on this device."""
    SignIn.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)


def end_session(user: User, sign_in: UUID) -> bool:
    """End one session of the user; answers whether there was such a one."""
    return _end(user, pk=sign_in) > 0


def end_other_sessions(user: User, *, but: str) -> int:
    """End all sessions of the user except the one with this session key; answers how many."""
    return _end(user, but=but)


def end_all_sessions(user: User) -> int:
    """End every session of the user at once."""
    return _end(user)


def move_session(*, before: str, after: str) -> None:
    """The session got a new key (after a change of password)."""
    SignIn.objects.filter(session_key=before).update(session_key=after)


def note_seen(session: SessionBase) -> None:
    """Note that the session is in use, at most once a minute."""
    now = int(time.time())
    if now - session.get(_SEEN, 0) < SEEN_EVERY_SECONDS:
        return
    SignIn.objects.filter(session_key=session.session_key or "").update(seen_at=timezone.now())
    session[_SEEN] = now


def _end(user: User, *, pk: UUID | None = None, but: str = "") -> int:
    with transaction.atomic():
        sign_ins = SignIn.objects.filter(user=user).exclude(session_key=but)
        if pk is not None:
            sign_ins = sign_ins.filter(pk=pk)
        keys = list(sign_ins.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        SignIn.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _forget_expired(user: User) -> None:
    oldest = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    SignIn.objects.filter(user=user, seen_at__lt=oldest).delete()
