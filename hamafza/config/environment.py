"""Settings from the environment: ``HAMAFZA_*`` variables, each also as ``HAMAFZA_*_FILE`` for secrets.

Nonsense fails loudly at the start: an unknown variable, an unreadable file, a value out of range.
"""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

#: Every variable the program knows, with what it means; docs/install.md shows the same list.
VARIABLES = {
    "HAMAFZA_HOME": "folder of the data: database, keys, files (default: var/)",
    "HAMAFZA_DATABASE_URL": "postgresql://user:password@host:port/name; empty: SQLite in HAMAFZA_HOME",
    "HAMAFZA_PORT": "port of the web server on 127.0.0.1 (default: 8000)",
    "HAMAFZA_HOSTS": "host names served, joined by commas (default: 127.0.0.1,localhost)",
    "HAMAFZA_HTTPS": "1 when a proxy with HTTPS stands in front (secure cookies, HSTS)",
    "HAMAFZA_PROXIES": "addresses or networks of proxies whose X-Forwarded-For is believed, joined by commas; empty: none",
    "HAMAFZA_DEBUG": "1 for development",
    "HAMAFZA_TEST_CLOCK": "a file holding a day, such as 2026-11-21: the program believes it is that day (with HAMAFZA_DEBUG)",
    "HAMAFZA_SECRET_KEY": "key of sessions and forms; default: made in HAMAFZA_HOME/keys",
    "HAMAFZA_DATA_KEYS": "number:hex of each data key, joined by commas; default: made in HAMAFZA_HOME/keys",
    "HAMAFZA_INDEX_KEY": "hex key of the blind indexes; default: made in HAMAFZA_HOME/keys",
    "HAMAFZA_SMS_URL": "https address of the service for text messages; empty: messages are kept and shown to the office",
    "HAMAFZA_SMS_TOKEN": "its token",
    "HAMAFZA_MAIL_FROM": "sender's address of e-mail; empty: messages are kept and shown to the office",
    "HAMAFZA_MAIL_HOST": "mail server (default: localhost)",
    "HAMAFZA_MAIL_PORT": "its port (default: 587, with STARTTLS; 465: TLS from the start; 25: neither)",
    "HAMAFZA_MAIL_USER": "user name there",
    "HAMAFZA_MAIL_PASSWORD": "password there",
}


def check_names(environ: dict[str, str] | None = None) -> None:
    """Refuse unknown ``HAMAFZA_*`` variables: most are misspelt ones."""
    known = set(VARIABLES) | {f"{name}_FILE" for name in VARIABLES}
    unknown = sorted(name for name in (environ or os.environ) if name.startswith("HAMAFZA_") and name not in known)
    if unknown:
        raise ImproperlyConfigured(f"Unknown setting {', '.join(unknown)}. Known: {', '.join(sorted(VARIABLES))}.")


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that ``NAME_FILE`` names."""
    path = os.environ.get(f"{name}_FILE")
    if path and name in os.environ:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one.")
    if not path:
        return os.environ.get(name, default).strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({fault.strerror}).") from fault


def flag(name: str) -> bool:
    """``1`` or ``0``."""
    value = text(name, "0") or "0"
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def number(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number within bounds."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)


def folder(name: str, default: Path) -> Path:
    """An absolute folder path; a file standing there is nonsense."""
    path = Path(text(name) or default).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{name}: {path} is a file, not a folder.")
    return path


def service(name: str) -> str:
    """The address of a service on the network: https, or http on this machine."""
    address = text(name)
    if address and not address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ImproperlyConfigured(f"{name} must begin with https:// (http only on this machine).")
    return address


def networks(name: str) -> tuple[str, ...]:
    """Addresses or networks (``10.0.0.0/8``), joined by commas."""
    named = tuple(part.strip() for part in text(name).split(",") if part.strip())
    for part in named:
        try:
            ip_network(part)
        except ValueError as fault:
            raise ImproperlyConfigured(f"{name}: {part!r} is no address or network ({fault}).") from fault
    return named


def test_clock(name: str, *, allowed: bool) -> Path | None:
    """The file of `core.clock`; refused where real work is done."""
    path = text(name)
    if not path:
        return None
    if not allowed:
        raise ImproperlyConfigured(f"{name} moves the clock and is for trials only: it needs HAMAFZA_DEBUG=1.")
    return Path(path)
