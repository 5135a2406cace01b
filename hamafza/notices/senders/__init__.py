"""Ways out of the house. One file a way; the settings say which is used for text messages and which for e-mail.

To add one: a class with ``send`` in a file here, and its line in `sender_of`.
"""

from __future__ import annotations

from django.conf import settings

from hamafza.notices.choices import MessageChannel
from hamafza.notices.senders.answers import NotSent, Sender, Unsure
from hamafza.notices.senders.http_sms import HttpSms
from hamafza.notices.senders.mail import Mail
from hamafza.notices.senders.offline import Offline

__all__ = ["NotSent", "Sender", "Unsure", "sender_of"]


def sender_of(channel: str) -> Sender:
    """The sender set up for a channel; `Offline` where none is."""
    if channel == MessageChannel.SMS and settings.HAMAFZA_SMS_URL:
        return HttpSms(url=settings.HAMAFZA_SMS_URL, token=settings.HAMAFZA_SMS_TOKEN)
    if channel == MessageChannel.EMAIL and settings.HAMAFZA_MAIL_FROM:
        return Mail(sender=settings.HAMAFZA_MAIL_FROM)
    return Offline()
