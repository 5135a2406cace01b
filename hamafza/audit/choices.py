"""Words of the trail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Operation(TextChoices):
    INSERT = "insert", _("Added")
    UPDATE = "update", _("Changed")
    DELETE = "delete", _("Removed")


class Trail(TextChoices):
    """The two tables that are sealed."""

    CHANGES = "changes", _("Changes")
    READS = "reads", _("Reads of sensitive fields")
