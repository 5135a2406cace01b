"""A list as it leaves the house: what stands on top, the header, the rows; whatever the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import HttpResponse
from django.utils import timezone

Value = str | int | None
Kind = Literal["csv", "xlsx"]


@dataclass(frozen=True)
class Sheet:
    """``name`` is the file's without its ending; ``top`` are the lines above the header (what, filters, who, when)."""

    name: str
    title: str
    top: Sequence[str]
    header: Sequence[str]
    rows: Iterator[Sequence[Value]]


def file_name(stem: str) -> str:
    """A name in Latin letters with the day, which every system keeps."""
    return f"{stem}-{timezone.localdate():%Y%m%d}"


def as_download(content: bytes, *, name: str, kind: Kind) -> HttpResponse:
    """The file for the browser; never shown inside a page, never kept by a cache."""
    types = {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    response = HttpResponse(content, content_type=types[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
