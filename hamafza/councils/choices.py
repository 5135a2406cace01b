"""Words for councils: who sits where, how a meeting goes, what became of a resolution."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class CouncilKind(TextChoices):
    COUNCIL = "council", _("Council")
    ASSEMBLY = "assembly", _("Assembly of charities")
    COMMITTEE = "committee", _("Committee")


class QuorumRule(TextChoices):
    """How many of the voting seats must be there."""

    MORE_THAN_HALF = "half", _("More than half of the voting seats")
    TWO_THIRDS = "two_thirds", _("Two thirds of the voting seats")
    FIXED = "fixed", _("A fixed number")


class VotingRule(TextChoices):
    """What adopts."""

    OF_PRESENT = "present", _("More than half of those who vote")
    OF_ALL = "all", _("More than half of the voting seats")
    TWO_THIRDS = "two_thirds", _("Two thirds of those who vote")


class SeatOffice(TextChoices):
    CHAIR = "chair", _("Chair")
    DEPUTY_CHAIR = "deputy_chair", _("Deputy chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member")
    INVITED = "invited", _("Invited")


class MeetingState(TextChoices):
    PLANNED = "planned", _("Planned")
    INVITED = "invited", _("Invited")
    IN_SESSION = "in_session", _("In session")
    ADJOURNED = "adjourned", _("Over, minutes to be written")
    MINUTES_DRAFT = "minutes_draft", _("Minutes in draft")
    MINUTES_REVIEW = "minutes_review", _("Minutes before those who were there")
    MINUTES_FINAL = "minutes_final", _("Minutes final")
    PUBLISHED = "published", _("Minutes published")
    CANCELLED = "cancelled", _("Cancelled")
    NO_QUORUM = "no_quorum", _("No quorum")


class Presence(TextChoices):
    INVITED = "invited", _("Invited")
    CONFIRMED = "confirmed", _("Said to come")
    PRESENT = "present", _("Present")
    LATE = "late", _("Came late")
    DEPUTY = "deputy", _("Deputy present")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Stayed away")


class ItemKind(TextChoices):
    REPORT = "report", _("Report")
    DISCUSSION = "discussion", _("Discussion")
    DECISION = "decision", _("Decision")
    FOLLOW_UP = "follow_up", _("Follow-up of earlier resolutions")
    OTHER = "other", _("Other")


class Visibility(TextChoices):
    """How far an item or a resolution may be told; what is closed leaves through no door (C6)."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    CLOSED = "closed", pgettext_lazy("confidentiality", "Closed")


class ResolutionState(TextChoices):
    """What is decided on it. Whether it is in execution or executed follows from its commitments (`implementation`)."""

    PROPOSED = "proposed", _("Proposed")
    ADOPTED = "adopted", _("Adopted")
    COMMUNICATED = "communicated", _("Communicated")
    CONFIRMED = "confirmed", _("Confirmed as executed")
    REJECTED = "rejected", _("Rejected")
    DEFERRED = "deferred", _("Deferred")
    SUPERSEDED = "superseded", _("Superseded")
    LAPSED = "lapsed", _("Lapsed")


class MinutesPhase(TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Before those who were there")
    FINAL = "final", _("Final")


class NoteKind(TextChoices):
    STRENGTH = "strength", _("Strength to reinforce")
    OBSTACLE = "obstacle", _("Obstacle to remove")
