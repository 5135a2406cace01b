"""The heading of each meaning, as the office wrote it."""

from __future__ import annotations

from dataclasses import dataclass

from hamafza.intake.sheets.columns import Mapping


@dataclass(frozen=True, slots=True)
class Headers:
    """Heading by meaning."""

    by_meaning: dict[str, str]

    @classmethod
    def from_mapping(cls, mapping: Mapping) -> Headers:
        return cls({meaning: uses[0].header for meaning, uses in mapping.used().items()})

    def of(self, *meanings: str) -> str:
        """The heading of the first meaning the sheet has a column for; empty when it has none."""
        return next((self.by_meaning[meaning] for meaning in meanings if meaning in self.by_meaning), "")
