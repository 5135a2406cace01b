"""All that both databases refuse, in the order in which they say it."""

from hamafza.ledger.triggers.entries import BALANCE, ENTRY, FUND, LINE
from hamafza.ledger.triggers.steps import PERIOD, TRANSFER

RULES = (*ENTRY, *LINE, *FUND, *BALANCE, *PERIOD, *TRANSFER)
