"""What happened to a file, with its reason: moved, left, suspended, returned."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.places.models import CountyOwned
from hamafza.registry.choices import FileEventKind
from hamafza.registry.models.household import Household
from hamafza.registry.models.person import Person


class FileEvent(CountyOwned):
    """One change of state or place with who, when and why; ``person`` is empty when it concerns the household.

    ``household`` is the file concerned; for a move, the one the person came to, and ``from_household`` the one left.
    """

    household = models.ForeignKey(
        Household, verbose_name=_("Household"), on_delete=models.PROTECT, related_name="events", editable=False
    )
    person = models.ForeignKey(
        Person, verbose_name=_("Client"), on_delete=models.PROTECT, null=True, related_name="events", editable=False
    )
    kind = models.CharField(_("Event"), max_length=10, choices=FileEventKind.choices)
    from_household = models.ForeignKey(
        Household,
        verbose_name=_("From household"),
        on_delete=models.PROTECT,
        null=True,
        related_name="departures",
        editable=False,
    )
    reason = models.CharField(_("Reason"), max_length=200)
    at = models.DateTimeField(_("At"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        User, verbose_name=_("By"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("event of a file")
        verbose_name_plural = _("events of files")
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="file_event_with_reason")]

    def __str__(self) -> str:
        return self.kind
