"""Words in the address of a page that only whoever typed them can read.

Addresses stay behind in the history of a browser and in the log of a proxy; numbers of persons must not.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from hamafza.core.crypto import SealBroken, seal, unseal


def hidden(words: str, *, owner: str) -> str:
    """``words`` as letters fit for an address, to be read by ``owner`` alone (`Actor.label`)."""
    return urlsafe_b64encode(seal(words.encode(), binding=_binding(owner))).decode()


def shown(token: str, *, owner: str) -> str:
    """The words again; empty for somebody else, and when the address was altered or cut."""
    try:
        return unseal(urlsafe_b64decode(token), binding=_binding(owner)).decode()
    except (SealBroken, ValueError):  # ValueError: no such letters
        return ""


def _binding(owner: str) -> str:
    return f"address:{owner}"
