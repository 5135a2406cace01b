"""What stands on the letter of a report besides its figures: to whom, what is asked for, who signs. Kept with the figures."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Cover:
    """``organisation`` heads the paper; ``remark`` is what the office adds in its own words; ``post`` and ``signer`` sign."""

    organisation: str
    to: str
    post: str
    signer: str = ""
    remark: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept)
