"""What a benefactor promises, as a form, an import or the benefactor herself says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hamafza.giving.choices import DedicationKind, Intention
from hamafza.ledger.choices import SurplusRule


@dataclass(frozen=True, slots=True)
class Promise:
    """``quantity`` each time: rial of money, units of ``item`` (its id), hours or times of ``service``.

    With a ``condition`` it is a vow that waits for it, until ``deadline`` when there is one.
    """

    kind: str
    quantity: int
    item: UUID | None = None
    service: str = ""
    intention: str = Intention.GENERAL
    purpose: str = ""
    target_group: str = ""
    use_by: date | None = None
    surplus_rule: str = SurplusRule.SAME_PURPOSE
    dedication: str = DedicationKind.NONE
    dedicated_to: str = ""
    own_words: str = ""
    condition: str = ""
    deadline: date | None = None
    remind_days_before: int = 2
    grace_days: int = 7
