"""The words of the ledger: the chart of accounts, kinds of entries, restrictions of funds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Account(TextChoices):
    """The chart of accounts. A debit is positive, a credit negative; the lines of an entry sum to zero in each fund."""

    BANK = "1100", _("Bank")
    GATEWAY = "1150", _("Payment gateway, on its way")
    CLEARING = "1190", _("Clearing between counties")
    STOCK = "1200", _("Goods in stock, at value")
    COMMITTED = "2100", _("Committed to households")
    UNRESTRICTED = "3100", _("Net assets, unrestricted")
    RESTRICTED = "3200", _("Net assets, restricted")
    GIFTS = "4100", _("Gifts of the people")
    GOVERNMENT = "4200", _("The government's share")
    GIFTS_IN_KIND = "4300", _("Gifts in kind")
    AID_MONEY = "5100", _("Aid in money")
    AID_GOODS = "5200", _("Aid in goods")
    LOGISTICS = "5300", _("Logistics")
    LOST = "5400", _("Goods lost")
    FEES = "5900", _("Fees")
    RELEASED = "9100", _("Released from restriction")
    BETWEEN_FUNDS = "9200", _("Transfers between funds")


#: What a fund may still decide on is the sum of its lines on these: money in hand less what is committed (F4).
FREE_ACCOUNTS = (Account.BANK, Account.GATEWAY, Account.COMMITTED)


class EntryKind(TextChoices):
    RECEIPT = "receipt", _("Receipt")
    ALLOCATION = "allocation", _("Allocation")
    RELEASE = "release", _("Release")
    DISBURSEMENT = "disbursement", _("Payment")
    IN_KIND_IN = "in_kind_in", _("Goods in")
    IN_KIND_OUT = "in_kind_out", _("Goods out")
    PURCHASE = "purchase", _("Purchase of goods")
    TRANSFER = "transfer", _("Transfer")
    REFUND = "refund", _("Refund")
    REVERSAL = "reversal", _("Reversal")
    OPENING = "opening", _("Opening")


class Restriction(TextChoices):
    """What binds a fund besides its county."""

    UNRESTRICTED = "unrestricted", _("For whatever the county needs")
    PURPOSE = "purpose", _("For one purpose")
    NEED = "need", _("For one need")
    GOVERNMENT = "government", _("The government's share")
    SUSPENSE = "suspense", _("Not yet identified")


class SurplusRule(TextChoices):
    """What becomes of what is left over."""

    SAME_PURPOSE = "same_purpose", _("The same purpose in the same county")
    ANY_PURPOSE = "any_purpose", _("Any purpose in the same county")
    ASK = "ask", _("Ask the giver")
    RETURN = "return", _("Return it to the giver")


class FundState(TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class PeriodState(TextChoices):
    OPEN = "open", _("Open")
    CLOSING = "closing", _("Being closed")
    CLOSED = "closed", _("Closed")


class TransferState(TextChoices):
    """The way of money between counties."""

    REQUESTED = "requested", _("Requested")
    APPROVED_ONCE = "approved_once", _("Approved by one")
    APPROVED = "approved", _("Approved by two")
    DONE = "done", _("Done and published")
    REFUSED = "refused", _("Refused")


class MoveState(TextChoices):
    """The way of money from one fund of a county to another."""

    REQUESTED = "requested", _("Requested")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class Movement(TextChoices):
    """What separate hands are kept for: the movements of value that have several steps."""

    ALLOCATION = "allocation", _("Allocation and payment")
    REFUND = "refund", _("Refund")
    DONATION = "donation", _("Receiving a gift")
    STOCK = "stock", _("Goods in and out")
    ROUND = "round", _("Distribution round")
    MOVE = "move", _("Move between funds")
