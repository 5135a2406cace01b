"""E-mail, by Django's own back end (``EMAIL_*`` of the settings)."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from hamafza.notices.choices import MessageState
from hamafza.notices.senders.answers import NotSent, Unsure

PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Mail:
    sender: str

    def send(self, address: str, text: str, *, key: UUID) -> MessageState:
        message = EmailMessage(
            subject=_("A message from the welfare office"),
            body=text,
            from_email=self.sender,
            to=[address],
            headers={"Message-ID": f"<{key}@{self.sender.rpartition('@')[2]}>"},
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as fault:
            codes = [code for code, _said in fault.recipients.values()]
            raise NotSent("recipient refused", may_try_again=all(code < PERMANENT for code in codes))
        except smtplib.SMTPServerDisconnected:
            raise Unsure("connection lost")
        except smtplib.SMTPResponseException as fault:
            raise NotSent(f"answer {fault.smtp_code}", may_try_again=fault.smtp_code < PERMANENT)
        except (smtplib.SMTPException, ConnectionRefusedError) as fault:
            raise NotSent(type(fault).__name__, may_try_again=True)
        except OSError as fault:
            raise Unsure(type(fault).__name__)
        return MessageState.SENT
