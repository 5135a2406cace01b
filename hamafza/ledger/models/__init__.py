from hamafza.ledger.models.entry import FiscalPeriod, JournalEntry, JournalLine
from hamafza.ledger.models.fund import Fund, FundBalance, Submission, Threshold
from hamafza.ledger.models.move import FundMove
from hamafza.ledger.models.transfer import CountyTransfer, TransferAllowance

__all__ = [
    "CountyTransfer",
    "FiscalPeriod",
    "Fund",
    "FundBalance",
    "FundMove",
    "JournalEntry",
    "JournalLine",
    "Submission",
    "Threshold",
    "TransferAllowance",
]
