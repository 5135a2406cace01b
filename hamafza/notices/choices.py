"""Ways a message goes out, and what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class MessageChannel(TextChoices):
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")


class MessageState(TextChoices):
    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", pgettext_lazy("message", "Sent")
    KEPT = "kept", _("Kept: no sender is set up")
    FAILED = "failed", _("Not sent")
    UNSURE = "unsure", _("Not known whether it arrived")
