"""Sealing of single values, and blind indexes to find them again.

Sealed: AES-256-GCM; the key's number stands in front; the additional data binds the text to its table, column and row,
so a ciphertext pasted elsewhere does not open. Blind index: HMAC-SHA256 with another key (an unkeyed hash of all
identity numbers is reversed within a day). Layout: ``1 byte format | 1 byte key number | 12 bytes nonce | text + tag``.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FORMAT = 1
NONCE_BYTES = 12
HEAD_BYTES = 2
#: Hexadecimal digits of a blind index: 128 bits, no clash to be expected below 10^17 values.
INDEX_DIGITS = 32


class SealBroken(ValueError):
    """The text was altered, moved from another row, or its key is missing."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Data keys by number (the highest seals, all open) and the key of the blind indexes."""

    data: dict[int, bytes]
    index: bytes

    @property
    def current(self) -> int:
        return max(self.data)


def key_ring() -> KeyRing:
    """The keys of this installation."""
    ring: KeyRing = settings.HAMAFZA_KEYS
    return ring


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(plain: bytes, *, binding: str) -> bytes:
    """Encrypt ``plain`` so that it opens only with the same ``binding``."""
    ring = key_ring()
    head = bytes((FORMAT, ring.current))
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + _cipher(ring.data[ring.current]).encrypt(nonce, plain, head + binding.encode())


def unseal(sealed: bytes, *, binding: str) -> bytes:
    """Decrypt; raises `SealBroken` when anything about text, place or key is wrong."""
    head, nonce, body = (
        sealed[:HEAD_BYTES],
        sealed[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES],
        sealed[HEAD_BYTES + NONCE_BYTES :],
    )
    key = key_ring().data.get(head[1]) if len(head) == HEAD_BYTES and head[0] == FORMAT else None
    if key is None:
        raise SealBroken("unknown key or format")
    try:
        return _cipher(key).decrypt(nonce, body, head + binding.encode())
    except (InvalidTag, ValueError) as fault:  # ValueError: cut within the nonce
        raise SealBroken("text, place or key is wrong") from fault


def blind_index(value: str, *, purpose: str) -> str:
    """The keyed index of a normalised value; empty for an empty value."""
    if not value:
        return ""
    return hmac.new(key_ring().index, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()[:INDEX_DIGITS]
