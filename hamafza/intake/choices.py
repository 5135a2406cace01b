"""States of an import and of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: Heading of the last column in the spreadsheet of refused rows, in every language; never read when it comes back.
REASON_HEADING = "علت رد"


class BatchState(TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    MAPPED = "mapped", _("Columns confirmed")
    STAGING = "staging", _("Being read")
    PLANNING = "planning", _("Being compared with what is on file")
    STAGED = "staged", _("Ready to import")
    APPLYING = "applying", _("Being imported")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be read")
    DROPPED = "dropped", _("Dropped")


class Outcome(TextChoices):
    """What becomes of a row (the contract: rows = created + matched + refused; changed is part of matched)."""

    CREATED = "created", _("Created")
    MATCHED = "matched", _("Already on file")
    CHANGED = "changed", _("On file, changed")
    REFUSED = "refused", _("Refused")
