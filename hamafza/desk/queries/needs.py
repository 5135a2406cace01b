"""Needs of districts by kind, as the list without names shows them."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hamafza.needs.queries.anonymous import anonymous_lines


def needs_by_domain(county: str, districts: frozenset[str], *, on: date) -> list[tuple[str, int]]:
    """Sums of the lines that the list of these districts shows, the largest first; what it hides is in none of them."""
    sums: Counter[str] = Counter()
    for line in anonymous_lines(county, on=on, districts=districts):
        sums[line.cell.domain] += line.needs
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
