"""The one-time code to a household's phone. Only its keyed hash is kept; it expires and bears five wrong tries."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.crypto import blind_index
from hamafza.core.errors import Refusal
from hamafza.core.persian import latin_digits
from hamafza.distribution.choices import RoundState
from hamafza.distribution.models import DeliveryCode, RoundEntry
from hamafza.distribution.queries.phones import phone_of
from hamafza.distribution.round_flow import AWAITED_STATES
from hamafza.notices.commands.message import Recipient, send_message

DIGITS = 5
VALID = timedelta(minutes=20)
MOST_TRIES = 5
#: Five tries of each of three codes: 15 guesses at 100,000, then another proof is asked for.
MOST_SENDINGS = 3


@transaction.atomic
def send_code(entry: RoundEntry, *, by: Actor) -> DeliveryCode:
    """Send a new code to the phone on file; the one before is void."""
    require(by, Permission.DELIVER, place=entry.county_id)
    locked = RoundEntry.objects.select_for_update(of=("self",)).select_related("round").get(pk=entry.pk)
    if locked.round.state != RoundState.OUT or locked.state not in AWAITED_STATES:
        raise Refusal(_("No package is on its way to this household."), code="not_awaited")
    phone = phone_of(locked.household)
    if not phone:
        raise Refusal(
            _("No mobile is on file for this household. Use a signature, a photo or two witnesses."), code="no_phone"
        )
    kept = DeliveryCode.objects.filter(entry=locked).first()
    if kept is not None and kept.sendings >= MOST_SENDINGS:
        raise Refusal(
            _("The code was sent several times already. Use a signature, a photo or two witnesses."),
            code="sent_too_often",
        )
    code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    now = timezone.now()
    sent, _new = DeliveryCode.objects.update_or_create(
        entry=locked,
        defaults={
            "county_id": locked.county_id,
            "code_hash": _hash(locked, code),
            "sent_at": now,
            "expires_at": now + VALID,
            "tries": 0,
            "sendings": kept.sendings + 1 if kept else 1,
        },
    )
    send_message(Recipient(mobile=phone), "distribution.code", {"code": code}, county=locked.county_id)
    return sent


def try_code(entry: RoundEntry, code: str) -> None:
    """Refuse a wrong, used or expired code. A wrong try is counted even though the delivery is refused."""
    fault = _try(entry, latin_digits(code).strip())
    if fault is not None:
        raise fault


@transaction.atomic
def _try(entry: RoundEntry, code: str) -> Refusal | None:
    kept = DeliveryCode.objects.select_for_update().filter(entry=entry).first()
    if kept is None or kept.expires_at < timezone.now() or kept.tries >= MOST_TRIES:
        return Refusal(_("This code is not valid any more. Send a new one."), code="code_void", field="code")
    if hmac.compare_digest(kept.code_hash, _hash(entry, code)):
        return None
    kept.tries += 1
    kept.save(update_fields=["tries"])
    return Refusal(_("The code is wrong. Ask for it again, digit by digit."), code="code_wrong", field="code")


def _hash(entry: RoundEntry, code: str) -> str:
    return blind_index(f"{entry.pk}:{code}", purpose="delivery-code")
