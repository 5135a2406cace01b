"""What a command says when it must say no."""

from __future__ import annotations


class Refusal(Exception):
    """A command refuses: ``message`` is a translated sentence that says what happened and what to do.

    ``code`` is stable and may be tested; ``field`` names the form field at fault, if one is.
    """

    def __init__(self, message: str, *, code: str = "refused", field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class StaleVersion(Refusal):
    """Somebody else has saved the record since it was read (optimistic locking)."""


class NoScope(RuntimeError):
    """A county-owned table was read while no county was open. A fault of the program, never of the user."""
