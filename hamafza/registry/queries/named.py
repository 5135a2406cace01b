"""Which texts name somebody on file, by first and last name standing together."""

from __future__ import annotations

from collections.abc import Sequence

from hamafza.core.persian import key
from hamafza.registry.models import Person

#: First and last name together have so many words at most.
LONGEST_NAME = 5


def name_somebody(texts: Sequence[str]) -> list[bool]:
    """Of each text, in their order; one query, over the open counties."""
    pairs = [_name_keys(text) for text in texts]
    wanted = sorted(set().union(*pairs))
    found = set(Person.objects.filter(name_key__in=wanted).values_list("name_key", flat=True)) if wanted else set()
    return [bool(pair & found) for pair in pairs]


def _name_keys(text: str) -> set[str]:
    """Every run of two words or more that may be somebody's full name, as names on file are folded."""
    words = [folded for word in text.split() if (folded := key(word))]
    return {
        "".join(words[start : start + length])
        for start in range(len(words))
        for length in range(2, LONGEST_NAME + 1)
        if start + length <= len(words)
    }
