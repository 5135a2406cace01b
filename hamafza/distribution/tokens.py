"""Tokens (ژتون): short codes on a slip of paper that name a place on a list and nobody. Pure."""

from __future__ import annotations

import secrets

from hamafza.core.persian import latin_digits

#: No letters or digits that are read as one another.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8


def new_tokens(count: int) -> list[str]:
    """So many tokens, each another."""
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
    return sorted(found, key=lambda _token: secrets.randbits(32))


def read_token(text: str) -> str:
    """A token as somebody typed it or a scanner read it: an address ends in it; spaces and dashes do not count."""
    last = text.strip().rstrip("/").rsplit("/", 1)[-1]
    return "".join(sign for sign in latin_digits(last).upper() if sign.isalnum())


def token_shown(token: str) -> str:
    """In two groups of four, as it stands on paper."""
    return f"{token[:4]}-{token[4:]}"
