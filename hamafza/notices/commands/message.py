"""Write a message that leaves the house into the outbox; `deliver` sends it when the transaction stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from hamafza.accounts.models import User
from hamafza.core.identity import normalize_mobile
from hamafza.core.session import current_scope
from hamafza.notices.choices import MessageChannel
from hamafza.notices.commands.notify import notify
from hamafza.notices.models import Message, Notice
from hamafza.notices.tasks import send_later
from hamafza.notices.texts import Value, sentence


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where to; the mobile goes first when both are given."""

    mobile: str = ""
    email: str = ""


def send_message(
    to: Recipient, code: str, params: Mapping[str, Value] | None = None, *, county: str = ""
) -> Message | None:
    """A row of the outbox, within the caller's transaction: it goes out only with what it tells of. None without an address.

    ``county`` is needed where more than one is open. A code or a parameter that the text does not have raises `KeyError`;
    no parameter may name a client. A one-time code is a text, so that it is not grouped like a number.
    """
    given = dict(params or {})
    sentence(code, given)
    channel, address = _way(to)
    if not address:
        return None
    message = Message(county_id=county or _open_county(), channel=channel, address=address, code=code)
    message.params = json.dumps(given, ensure_ascii=False)
    with transaction.atomic():
        message.save(force_insert=True)
        transaction.on_commit(partial(send_later, message.pk, message.county_id))
    return message


def tell(user: User, *, code: str, params: Mapping[str, Value], url: str, place: str) -> Notice:
    """A notice, and the same words to her mobile when she has given one; ``place`` is whose outbox it is."""
    send_message(Recipient(mobile=user.mobile), code, params, county=place)
    return notify(user, code=code, params=params, url=url)


def _way(to: Recipient) -> tuple[MessageChannel, str]:
    mobile = normalize_mobile(to.mobile) if to.mobile else ""
    return (MessageChannel.SMS, mobile) if mobile else (MessageChannel.EMAIL, to.email.strip())


def _open_county() -> str:
    open_counties = current_scope().counties
    if len(open_counties) != 1:
        raise ValueError("name the county of the message")
    return next(iter(open_counties))
