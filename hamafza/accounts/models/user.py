"""People who sign in, and their duties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import Role
from hamafza.accounts.models.organization import Organization
from hamafza.core.fields import SealedTextField
from hamafza.core.ids import uuid7
from hamafza.core.persian import key, sort_key
from hamafza.places.models import Place

LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """A user with a hashed password (none: cannot sign in until one is set)."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What she may do comes from her duties alone; there is no superuser."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("User name"), max_length=60, unique=True)
    full_name = models.CharField(_("Full name"), max_length=120)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
    )
    #: Where messages that leave the house go; empty: she reads them here alone.
    mobile = SealedTextField(_("Mobile"))
    language = models.CharField(_("Language"), max_length=5, choices=LANGUAGES, default="fa")
    is_active = models.BooleanField(_("May sign in"), default=True)
    #: Somebody else set the password: it serves for one sign-in and must be changed then.
    must_change_password = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    search_key = models.CharField(max_length=200, editable=False, default="")
    sort_key = models.CharField(max_length=260, editable=False, default="")

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["sort_key", "id"], name="user_by_name")]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.search_key = f"{key(self.full_name)} {self.username}"[:200]
        self.sort_key = sort_key(self.full_name)[:260]
        if update_fields is not None and "full_name" in update_fields:
            update_fields = {*update_fields, "search_key", "sort_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_full_name(self) -> str:
        """What the shell shows."""
        return self.full_name


class Duty(models.Model):
    """Role x place x dates. A duty at a province covers its counties, one at a district looks on in its county alone.

    Nobody gives herself one.
    """

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, verbose_name=_("User"), on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    place = models.ForeignKey(Place, verbose_name=_("Place"), on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(
        _("Until"), null=True, blank=True, help_text=_("The last day of the duty; empty: until further notice.")
    )
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["user", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="duty_role_known"),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("user")), name="duty_not_self_given"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="duty_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.place_id}"


class SignIn(models.Model):
    """One signed-in session of a user, so that she can see and end it."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    ip = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%F}"
