"""Whether something may be owed again under a resolution: not after its end."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from hamafza.core.errors import Refusal
from hamafza.councils.choices import ResolutionState
from hamafza.councils.flow import UNCLOSED
from hamafza.councils.models import Resolution


def require_under_way(resolution: UUID) -> None:
    """A `Refusal` that says what to do first."""
    state = Resolution.objects.values_list("state", flat=True).get(pk=resolution)
    if state in UNCLOSED:
        return
    if state == ResolutionState.CONFIRMED:
        said = _("The resolution it follows from is confirmed. Take that resolution up again first.")
    else:
        said = _("The resolution it follows from is over. Write a new commitment for what is still to be done.")
    raise Refusal(said, code="source_over")
