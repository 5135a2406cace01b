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


#: States in which the worker has something to do.
IN_HAND = (BatchState.MAPPED, BatchState.STAGING, BatchState.PLANNING, BatchState.APPLYING)


class Outcome(TextChoices):
    """What becomes of a row (the contract: rows = created + matched + refused; changed is part of matched)."""

    CREATED = "created", _("Created")
    MATCHED = "matched", _("Already on file")
    CHANGED = "changed", _("On file, changed")
    REFUSED = "refused", _("Refused")


#: Short names of what can be wrong in a row, for filters and counts; the sentences are in `sheets.faults`.
FAULT_NAMES = {
    "bad_check_digit": _("Wrong identity number"),
    "no_name": _("No name"),
    "bad_date": _("Impossible date of birth"),
    "future_date": _("Date of birth in the future"),
    "other_county": _("Another county"),
    "on_file_elsewhere": _("On file in another county"),
    "bad_mobile": _("Wrong mobile number"),
    "bad_postal_code": _("Wrong postal code"),
    "bad_iban": _("Wrong Sheba"),
    "bad_head_identity": _("Wrong identity number of the head"),
    "bad_amount": _("Unreadable amount"),
    "bad_decile": _("Wrong decile"),
    "unknown_value": _("Unknown word"),
    "too_long": _("Too long, was cut"),
    "conflict": _("Rows that contradict each other"),
    "second_head": _("A second head of the household"),
    "no_head": _("Household without a head"),
    "other_file": _("On file under another file number"),
}
