from hamafza.giving.models.allocation import Allocation, Disbursement, GiftUse
from hamafza.giving.models.benefactor import Benefactor, Capacity, CapacityMatch
from hamafza.giving.models.card import CardNeed, Disclosure, NeedCard, Reservation, ReservedUnits
from hamafza.giving.models.donation import (
    Appropriation,
    BankLine,
    BankStatement,
    Donation,
    DonationLine,
    Payment,
    Receipt,
    Refund,
)
from hamafza.giving.models.item import Item
from hamafza.giving.models.move import GiftMove
from hamafza.giving.models.pledge import Instalment, InstalmentReminder, Pledge, PledgeVersion

__all__ = [
    "Allocation",
    "Appropriation",
    "BankLine",
    "BankStatement",
    "Benefactor",
    "Capacity",
    "CapacityMatch",
    "CardNeed",
    "Disbursement",
    "Disclosure",
    "Donation",
    "DonationLine",
    "GiftMove",
    "GiftUse",
    "Instalment",
    "InstalmentReminder",
    "Item",
    "NeedCard",
    "Payment",
    "Pledge",
    "PledgeVersion",
    "Receipt",
    "Refund",
    "Reservation",
    "ReservedUnits",
]
