"""The words of distribution: places of goods, movements, rounds, deliveries."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class WarehouseKind(TextChoices):
    WAREHOUSE = "warehouse", _("Warehouse")
    CHARITY = "charity", _("Charity's store")
    VEHICLE = "vehicle", _("Vehicle")
    DESK = "desk", _("Desk")


class MovementKind(TextChoices):
    """What moved goods. The sign of `quantity` and of `reserved` follows from it (`models.stock.SIGNS`)."""

    IN = "in", pgettext_lazy("goods", "In")
    TRANSFER_OUT = "transfer_out", _("To another store")
    TRANSFER_IN = "transfer_in", _("From another store")
    ASSEMBLE_OUT = "assemble_out", _("Packed into a kit")
    ASSEMBLE_IN = "assemble_in", _("Kit packed")
    RESERVE = "reserve", _("Reserved")
    RELEASE = "release", _("Released")
    ISSUE = "issue", _("Handed out")
    RETURN = "return", _("Come back")
    COUNT = "count", _("Adjusted by a count")
    WASTE = "waste", _("Spoilt or lost")
    EXPIRE = "expire", _("Expired")
    GIVEN_BACK = "given_back", _("Given back to the giver")


class ArrivalState(TextChoices):
    ANNOUNCED = "announced", _("Announced")
    RECEIVED = "received", _("Received")
    INCOMPLETE = "incomplete", _("Received in part")
    REJECTED = "rejected", _("Rejected")


class CountState(TextChoices):
    IN_PROGRESS = "in_progress", _("Under way")
    CONFIRMED = "confirmed", _("Confirmed")
    FINALIZED = "finalized", _("Closed")


class LossState(TextChoices):
    """Of goods reported as spoilt or lost."""

    ASKED = "asked", _("Waits for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not confirmed")


class RoundState(TextChoices):
    PLANNED = "planned", _("Planned")
    APPROVED = "approved", _("List approved")
    PACKING = "packing", _("Packing")
    OUT = "out", _("Out for delivery")
    RECONCILED = "reconciled", _("Reconciled")
    REPORTED = "reported", _("Reported")
    CANCELLED = "cancelled", _("Cancelled")


class EntryState(TextChoices):
    """A household on the list of a round; those next in rank stand by until one of the list drops out."""

    STANDBY = "standby", _("Next in rank")
    LISTED = "listed", _("On the list")
    DELIVERED = "delivered", _("Delivered")
    ABSENT = "absent", _("Absent")
    RETURNED = "returned", _("Came back")
    REFUSED = "refused", _("Did not want it")
    REPLACED = "replaced", _("Replaced by another")
    RELEASED = "released", _("Nothing received")


#: A household in one of these states has its share of the period.
SERVED_STATES = frozenset({EntryState.LISTED, EntryState.DELIVERED, EntryState.ABSENT})


class Proof(TextChoices):
    CODE = "code", _("Code sent to the phone")
    SIGNATURE = "signature", _("Signature")
    PHOTO = "photo", _("Photo of the receipt")
    WITNESSES = "witnesses", _("Two witnesses")
