"""What the desk puts into the shell."""

from __future__ import annotations


def register_all() -> None:
    """Called once, when the app is ready."""
