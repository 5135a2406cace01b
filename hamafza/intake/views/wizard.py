"""The four steps of an import, as they stand on top of its pages."""

from __future__ import annotations

from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.core.parts import Step
from hamafza.intake.commands.map_columns import CORRECTABLE
from hamafza.intake.models import ImportBatch

Name = Literal["file", "columns", "preview", "result"]
ORDER: tuple[Name, ...] = ("file", "columns", "preview", "result")


def wizard_steps(now: Name, batch: ImportBatch | None = None) -> list[Step]:
    """What was done, what is now, what comes; the columns may be opened again until something is in hand."""
    labels = {"file": _("File"), "columns": _("Columns"), "preview": _("Preview"), "result": _("Result")}
    back = reverse("intake:columns", args=[batch.pk]) if batch and batch.state in CORRECTABLE and batch.file_key else ""
    place = ORDER.index(now)
    return [
        Step(labels[name], _state(number, place), back if name == "columns" and number < place else "")
        for number, name in enumerate(ORDER)
    ]


def _state(number: int, place: int) -> Literal["done", "now", "next"]:
    if number == place:
        return "now"
    return "done" if number < place else "next"
