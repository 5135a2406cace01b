"""The words of trace: the stages of a gift, kinds of letters."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """The way of a gift, in its order."""

    RECEIVED = "received", _("Received")
    ALLOCATED = "allocated", _("Allocated")
    PREPARED = "prepared", _("Bought or packed")
    DELIVERED = "delivered", _("Delivered")
    CONFIRMED = "confirmed", _("Confirmed")


class Progress(TextChoices):
    """How much of a gift has come to a stage."""

    DONE = "done", _("All of it")
    PARTLY = "partly", _("A part of it")
    NEXT = "next", _("Not yet")


class LetterKind(TextChoices):
    THANKS = "thanks", _("Letter of thanks")
    CERTIFICATE = "certificate", _("Certificate of appreciation")
