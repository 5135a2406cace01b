"""The installation's keys: from the environment, else from files in ``HAMAFZA_HOME/keys`` made on first use.

Three separate keys (S-A9): sessions and forms, data, blind indexes. The files are readable by their owner alone and
belong apart from the database in every backup.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from hamafza.config import environment
from hamafza.core.crypto import KeyRing

KEY_BYTES = 32


def _kept(path: Path, fresh: str) -> str:
    """The content of ``path``; made from ``fresh`` when it is not there (two processes may race: the first wins)."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(fresh)
        file.flush()
        os.fsync(file.fileno())
    return fresh


def _key(text: str, name: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} must be {KEY_BYTES * 2} hexadecimal digits.")
    return key


def secret_key(home: Path) -> str:
    return environment.text("HAMAFZA_SECRET_KEY") or _kept(home / "keys" / "session.key", secrets.token_hex(KEY_BYTES))


def key_ring(home: Path) -> KeyRing:
    """Data keys ``1:hex,2:hex`` (the highest number seals) and the index key."""
    written = environment.text("HAMAFZA_DATA_KEYS") or _kept(
        home / "keys" / "data.key", f"1:{secrets.token_hex(KEY_BYTES)}"
    )
    data = {}
    for entry in filter(None, written.replace("\n", ",").split(",")):
        label, _, text = entry.strip().partition(":")
        if not label.isdigit() or not 1 <= int(label) <= 255:
            raise ImproperlyConfigured(
                "HAMAFZA_DATA_KEYS: each key is written as number:hex, the number from 1 to 255."
            )
        data[int(label)] = _key(text, "HAMAFZA_DATA_KEYS")
    index = _key(
        environment.text("HAMAFZA_INDEX_KEY") or _kept(home / "keys" / "index.key", secrets.token_hex(KEY_BYTES)),
        "HAMAFZA_INDEX_KEY",
    )
    if index in data.values():
        raise ImproperlyConfigured("The index key must differ from every data key.")
    return KeyRing(data=data, index=index)
