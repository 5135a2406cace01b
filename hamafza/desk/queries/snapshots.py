"""Reports that were written, and what one says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.db.models import QuerySet

from hamafza.desk.cover import Cover
from hamafza.desk.figures import Figures
from hamafza.desk.models import Snapshot
from hamafza.desk.queries.keys import key_of


@dataclass(frozen=True, slots=True)
class Report:
    """All that page and paper of a snapshot show: read from its text alone. ``date``: ISO text."""

    number: str
    date: str
    figures: Figures
    cover: Cover

    def as_text(self) -> str:
        """The text that is kept; the same report gives the same text."""
        said = {
            "number": self.number,
            "date": self.date,
            "figures": self.figures.as_json(),
            "cover": self.cover.as_json(),
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Self:
        said = json.loads(text)
        figures, cover = Figures.from_json(said["figures"]), Cover.from_json(said["cover"])
        return cls(number=said["number"], date=said["date"], figures=figures, cover=cover)


def snapshots_of(place: str, *, after: str = "") -> QuerySet[Snapshot]:
    """The newest first; ``after`` is the key of the last one that was shown."""
    found = Snapshot.objects.filter(place=place).select_related("by").order_by("-id")
    return found.filter(id__lt=key) if (key := key_of(after)) else found


def tampered_with() -> Iterator[str]:
    """Of the open places: snapshots whose text is not the one that was written, one line each; for `hamafza verify`."""
    for one in Snapshot.objects.order_by("id").iterator(chunk_size=100):
        if not one.is_sound:
            yield f"snapshot {one} of {one.place_id}: the text is not the one that was written"
