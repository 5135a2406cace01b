"""The words of giving: who gives, what, with which intention, and the states of promises and gifts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class BenefactorKind(TextChoices):
    PERSON = "person", pgettext_lazy("benefactor", "Person")
    GROUP = "group", _("Group or mosque")
    COMPANY = "company", _("Company")
    CHARITY = "charity", _("Charity")
    AGENCY = "agency", _("Agency")


class Attribution(TextChoices):
    """How the public may know of a gift. Anonymous unless the giver says otherwise."""

    ANONYMOUS = "anonymous", _("Anonymous")
    NICKNAME = "nickname", _("Under a nickname")
    NAME = "name", _("By name")


class CapacityKind(TextChoices):
    MONEY = "money", _("Money")
    GOODS = "goods", _("Goods")
    SKILL = "skill", _("Skill")
    VOLUNTEER_TIME = "volunteer_time", _("Volunteer time")
    PREMISES = "premises", _("Premises")
    TRANSPORT = "transport", _("Transport")
    JOB_OFFER = "job_offer", _("Job offer")


class Moderation(TextChoices):
    NEW = "new", _("New")
    APPROVED = "approved", _("Approved")
    BLOCKED = "blocked", _("Blocked")


class CapacityState(TextChoices):
    AVAILABLE = "available", _("Available")
    OCCUPIED = "occupied", _("Occupied")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MatchState(TextChoices):
    """A capacity that meets a client's need."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined")


class GiftKind(TextChoices):
    MONEY = "money", _("Money")
    GOODS = "goods", _("Goods")
    SERVICE = "service", _("Service")


class Intention(TextChoices):
    GENERAL = "general", _("General charity")
    VOW = "vow", _("Vow")
    ALMS = "alms", _("Alms")
    ZAKAT = "zakat", _("Zakat")
    ZAKAT_FITR = "zakat_fitr", _("Zakat al-fitr")
    EXPIATION = "expiation", _("Expiation")
    ENDOWMENT = "endowment", _("Income of an endowment")
    CORPORATE = "corporate", _("Social responsibility of a company")


class DedicationKind(TextChoices):
    NONE = "none", _("No dedication")
    IN_MEMORY = "in_memory", _("In memory of")
    ON_BEHALF = "on_behalf", _("On behalf of")
    GIFT = "gift", _("As a gift to")


class PledgeState(TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", pgettext_lazy("pledge", "Active")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")
    LAPSED = "lapsed", _("Lapsed")


class Frequency(TextChoices):
    ONCE = "once", _("Once")
    DAY = "day", _("Every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    YEAR = "year", _("Every year")
    OCCASION = "occasion", _("Each year on an occasion")


class ScheduleCalendar(TextChoices):
    JALALI = "jalali", _("Jalali")
    GREGORIAN = "gregorian", _("Gregorian")


class InstalmentState(TextChoices):
    """Derived from dates and gifts, never stored (P3); only waiving is."""

    SCHEDULED = "scheduled", _("To come")
    DUE = "due", _("Due")
    LATE = "late", _("Late")
    PARTLY = "partly", _("Partly kept")
    KEPT = "kept", _("Kept")
    MISSED = "missed", _("Missed")
    WAIVED = "waived", _("Waived")


class ReminderStage(TextChoices):
    """When a giver is reminded of an instalment."""

    BEFORE = "before", _("Before its day")
    ON_DAY = "on_day", _("On its day")
    LATE = "late", _("When it is late")


class Channel(TextChoices):
    CASH = "cash", _("Cash at the counter")
    CARD_READER = "card_reader", _("Card at the counter")
    CHEQUE = "cheque", _("Cheque")
    BANK_TRANSFER = "bank_transfer", _("Bank transfer")
    GATEWAY = "gateway", _("Payment gateway")
    IN_KIND = "in_kind", _("Goods at the counter")
    DIRECT = "direct", _("Given directly")


class WishClosure(TextChoices):
    """Why what an instalment was promised for could not be done any more on the day it was paid (P5)."""

    TIME_OVER = "time_over", _("The day until which it was to be used has passed")
    NEED_OVER = "need_over", _("The need it was for is met or does not wait any more")
    FUND_CLOSED = "fund_closed", _("The fund it was for is closed")


class DonationState(TextChoices):
    PENDING = "pending", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")
    REVERSED = "reversed", _("Reversed")


class PaymentState(TextChoices):
    INITIATED = "initiated", _("Begun")
    CAPTURED = "captured", _("Paid")
    FAILED = "failed", _("Failed")


class ReceiptKind(TextChoices):
    EACH = "each", _("Receipt")
    ANNUAL = "annual", _("Annual statement")


class RefundState(TextChoices):
    REQUESTED = "requested", _("Requested")
    APPROVED = "approved", _("Approved")
    PAID = "paid", _("Paid back")
    REFUSED = "refused", _("Refused")


class AllocationState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    SPENT = "spent", _("Spent")
    RELEASED = "released", _("Given back to the fund")
    CANCELLED = "cancelled", _("Cancelled")


class DisbursementState(TextChoices):
    REQUESTED = "requested", _("Requested")
    APPROVED = "approved", _("Approved")
    PAID = "paid", _("Paid")
    CONFIRMED = "confirmed", _("Confirmed by the household")
    RETURNED = "returned", pgettext_lazy("payment", "Returned")


class PayMethod(TextChoices):
    HOUSEHOLD_ACCOUNT = "household_account", _("To the household's account")
    SELLER = "seller", _("To a seller")
    CENTRE = "centre", _("To a centre")
    CASH = "cash", _("In cash, with two witnesses")


class CardState(TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Read by a second person")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReservationState(TextChoices):
    HELD = "held", _("Held")
    ACCEPTED = "accepted", _("Accepted")
    DELIVERED = "delivered", _("Delivered")
    CONFIRMED = "confirmed", _("Confirmed by the social worker")
    RELEASED = "released", _("Released")
    EXPIRED = "expired", _("Hold expired")


class GivingMode(TextChoices):
    THROUGH_FUND = "through_fund", _("Through the county's fund")
    DELIVERED = "delivered", _("Delivered through the office")
    ESCORTED = "escorted", _("Handed over with the social worker")
