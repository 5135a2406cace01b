"""What bodies write to each other names no client (M-C4)."""

from __future__ import annotations

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.core.privacy import personal_data_in, refuse_told
from hamafza.registry.queries.named import name_somebody

#: A long number is a sum, an address a place of work; these are a person's alone.
OF_A_PERSON = frozenset({"phone", "identity", "account"})


def require_no_client(by: Actor, place: str, **texts: str) -> None:
    """Refuse numbers of a person; and names on file to those who may see the files, since to others a refusal would tell."""
    sees = by.may(Permission.SEE_CLIENTS, place)
    named = name_somebody(list(texts.values())) if sees else [False] * len(texts)
    for (field, text), is_named in zip(texts.items(), named, strict=True):
        kinds = [kind for kind in personal_data_in(text) if kind in OF_A_PERSON] + ["name"] * is_named
        refuse_told(kinds, field=field)
