"""A gift as it is handed over: what somebody brings, for what, and how the public may know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from hamafza.giving.choices import Attribution, Channel, DedicationKind, GiftKind, Intention
from hamafza.giving.models import Benefactor, Instalment, Item
from hamafza.ledger.choices import Restriction, SurplusRule
from hamafza.ledger.commands.funds import Bounds
from hamafza.needs.models import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the giver wants done with it (`models.Designated`)."""

    intention: Intention = Intention.GENERAL
    purpose: str = ""
    target_group: str = ""
    need: Need | None = None
    use_by: date | None = None
    surplus_rule: SurplusRule = SurplusRule.SAME_PURPOSE
    dedication: DedicationKind = DedicationKind.NONE
    dedicated_to: str = ""
    own_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftLine:
    """Money (``amount`` in rial), or ``quantity`` units of ``item`` with their estimated value and its basis.

    ``instalment`` is the one of a pledge that this line keeps.
    """

    kind: GiftKind
    amount: int = 0
    item: Item | None = None
    quantity: int | None = None
    valuation: str = ""
    instalment: Instalment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """``benefactor`` empty: she did not say who she is. ``unidentified``: nobody knows yet whose money it is or what for.

    ``attribution`` empty: what the benefactor said once and for all, on this day; it stays so on this gift.
    """

    channel: Channel
    lines: Sequence[GiftLine]
    benefactor: Benefactor | None = None
    received_on: date | None = None
    wish: Wish = field(default_factory=Wish)
    reference: str = ""
    attribution: Attribution | None = None
    unidentified: bool = False


def bounds_of(gift: Gift) -> Bounds:
    """What binds the fund that this gift lies in."""
    if gift.unidentified:
        return Bounds(Restriction.SUSPENSE)
    return bounds_of_wish(gift.wish)


def bounds_of_wish(wish: Wish) -> Bounds:
    """A named need binds most, then a purpose; a target group and a day may stand beside either."""
    if wish.need is not None:
        return Bounds(Restriction.NEED, need=wish.need, use_by=wish.use_by, surplus_rule=wish.surplus_rule)
    return Bounds(
        Restriction.PURPOSE if wish.purpose else Restriction.UNRESTRICTED,
        purpose=wish.purpose,
        target_group=wish.target_group,
        use_by=wish.use_by,
        surplus_rule=wish.surplus_rule,
    )


def asked_of(gift: Gift) -> Mapping[str, object]:
    """What a form said, for `ledger.commands.once`: rows by their keys."""
    wish = {name: _plain(value) for name, value in _fields(gift.wish).items()}
    lines = [{name: _plain(value) for name, value in _fields(line).items()} for line in gift.lines]
    rest = {name: _plain(value) for name, value in _fields(gift).items() if name not in {"wish", "lines"}}
    return {**rest, "wish": wish, "lines": lines}


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _plain(value: object) -> object:
    return str(value.pk) if isinstance(value, Model) else str(value) if isinstance(value, date | UUID) else value
