"""Who may be known by what: words of officers are shown on the desk only when no client can be known by them (M-C4).

Numbers, accounts, addresses and links are found by their shape (`core.privacy`), names on file by first and last name
standing together; of a small group each single name counts too (`household_words`). Whoever may not see clients is
refused by shape alone: a refusal that looked into the files would tell her who is on file.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from hamafza.core.privacy import personal_data_in
from hamafza.giving.queries.names import household_words
from hamafza.registry.queries.named import name_somebody

#: Kinds of personal data that words of officers may hold: an age names nobody.
HARMLESS = frozenset({"age"})


def with_nobody(texts: Sequence[str]) -> list[str]:
    """The same texts, empty where somebody could be known by one; one query, over the open counties."""
    named = name_somebody(texts)
    return ["" if is_named or tells_of_somebody(text) else text for text, is_named in zip(texts, named, strict=True)]


def tells_of_somebody(text: str) -> list[str]:
    """Kinds of personal data in it, by shape alone (keys of `core.privacy.KINDS`)."""
    return [kind for kind in personal_data_in(text) if kind not in HARMLESS]


def personal_data_about(text: str, *, households: Collection[UUID]) -> list[str]:
    """The same, with names: of these families, each when they are few, and of everybody on file in the open counties.

    For the welfare office's own words alone.
    """
    words = household_words(households)
    found = [
        kind for kind in personal_data_in(text, names=words.names, numbers=words.numbers) if kind not in HARMLESS
    ]  # fmt: skip
    if "name" not in found and name_somebody([text]) == [True]:
        found.append("name")
    return found
