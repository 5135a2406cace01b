"""State machines, one way for the whole house: a literal of allowed steps that a domain expert can read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from hamafza.core.errors import Refusal

#: From each state, the states that may follow.
Flow = Mapping[str, frozenset[str]]


class Step(NamedTuple):
    """One change of state."""

    before: str
    after: str


def require_step(flow: Flow, *, before: str, after: str) -> Step:
    """The step, or a `Refusal` when the flow does not allow it."""
    if after not in flow.get(before, frozenset()):
        raise Refusal(
            _("This step is not possible in the present state. Reload the page and see its state."), code="no_such_step"
        )
    return Step(before, after)
