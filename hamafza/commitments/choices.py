"""Words for commitments: who asked, how far it is, what is in the way, and who is told when it is late."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Source(TextChoices):
    """What a commitment follows from; `Source.MANUAL` from nothing but the order itself."""

    RESOLUTION = "resolution", _("Resolution")
    FINDING = "finding", _("Finding")
    REQUEST = "request", _("Citizen's request")
    PLAN_ACTION = "plan_action", _("Action of the plan")
    PROJECT_STAGE = "project_stage", _("Stage of a project")
    CAMPAIGN = "campaign", _("Campaign")
    TRIP_ORDER = "trip_order", _("Order given on a trip")
    MANUAL = "manual", _("Written by hand")


class CommitmentState(TextChoices):
    DRAFT = "draft", _("Draft")
    ASSIGNED = "assigned", _("Handed to its owner")
    RETURNED = "returned", _("Returned by its owner")
    ACCEPTED = "accepted", _("Accepted")
    IN_PROGRESS = "in_progress", _("In progress")
    BLOCKED = "blocked", pgettext_lazy("commitment", "Blocked")
    CLAIMED = "claimed", _("Reported as done")
    VERIFIED = "verified", _("Verified")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Priority(TextChoices):
    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")


class Confidentiality(TextChoices):
    """How far a commitment may be told; `CLOSED` never leaves the bodies that take part."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    CLOSED = "closed", pgettext_lazy("confidentiality", "Closed")


class Obstacle(TextChoices):
    MONEY = "money", pgettext_lazy("obstacle", "Money")
    STAFF = "staff", _("Staff")
    PERMIT = "permit", _("Permit or licence")
    LAW = "law", _("Law or rule")
    OTHER_BODY = "other_body", _("Waits for another body")
    INFORMATION = "information", _("Information")
    SITE = "site", _("Land or building")
    CONTRACTOR = "contractor", _("Contractor or seller")
    CLIENT = "client", _("Client cannot be reached")
    WEATHER = "weather", _("Weather or road")
    OTHER = "other", _("Other")


class ChangeState(TextChoices):
    """Of another due date that was asked for."""

    ASKED = "asked", _("Waiting for a decision")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class Rung(TextChoices):
    """Who is told when a commitment is late."""

    OWNER = "owner", _("The owner's head")
    SECRETARY = "secretary", _("Secretary of the council")
    GOVERNOR = "governor", _("Governor's office")
    PROVINCE = "province", _("Province")


class Part(TextChoices):
    """The part of a body in a field of support."""

    OWNER = "owner", _("Owns it")
    HELPS = "helps", _("Helps")
    INFORMED = "informed", _("Is informed")
