"""Papers as PDF: templates of `typst` that read their data as JSON, never put together from strings.

A template is a file ``hamafza/<app>/papers/<name>.typ``, called ``"<app>/<name>"``; it reads ``json(bytes(sys.inputs.data))``
and lays its body into the page of ``/documents/papers/frame.typ``. What a user typed arrives as text and stays text.
The same template with the same data gives the same bytes.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.http import HttpResponse

#: The static cuts of Vazirmatn that the front end brings (typst knows no variable fonts).
CUTS = ("Regular", "Medium", "Bold")
#: Dots in an inch of a picture; print wants 300, a screen half of this.
PPI = 110.0
_NAME = re.compile(r"[a-z_]+/[a-z0-9_]+")


class FontsMissing(RuntimeError):
    """The fonts are not built. A paper in another font would be illegible, so none is made."""


class PaperMissing(LookupError):
    """No template has this name."""


def make_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The paper as PDF. ``data`` holds only what JSON holds: texts, numbers, lists, mappings."""
    made = typst.compile(_template(template), output=None, format="pdf", **_options(data))
    return made[0] if isinstance(made, list) else bytes(made or b"")


def make_pages_png(template: str, data: Mapping[str, Any]) -> list[bytes]:
    """Each page of the paper as a picture: to look at, and for tests (text extracted from a PDF says nothing)."""
    made = typst.compile(_template(template), output=None, format="png", ppi=PPI, **_options(data))
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made or b"")]


def qr_svg(text: str) -> str:
    """A QR code as SVG: black on white with a quiet zone; a template shows it with ``image(bytes(…), format: "svg")``."""
    held = io.BytesIO()
    segno.make(text, error="m", micro=False).save(held, kind="svg", xmldecl=False, border=2, scale=4, light="white")
    return held.getvalue().decode()


def pdf_download(content: bytes, *, name: str) -> HttpResponse:
    """The paper as a download that no cache keeps; ``name`` in Latin letters, without its ending."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def font_folder() -> Path:
    """Where the fonts are; raises `FontsMissing` in a tree whose front end was not built."""
    folder = Path(settings.BASE_DIR) / "core" / "static" / "vendor" / "ttf"
    missing = [cut for cut in CUTS if not (folder / f"Vazirmatn-{cut}.ttf").is_file()]
    if missing:
        raise FontsMissing(f"Vazirmatn ({', '.join(missing)}) is not in {folder}. Run script/setup to build it.")
    return folder


def _template(name: str) -> Path:
    """The file of a template; the name is one of ours, never a user's."""
    if not _NAME.fullmatch(name):
        raise PaperMissing(name)
    app, paper = name.split("/")
    path = Path(settings.BASE_DIR) / app / "papers" / f"{paper}.typ"
    if not path.is_file():
        raise PaperMissing(name)
    return path


def _options(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "root": Path(settings.BASE_DIR),
        "font_paths": [font_folder()],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
    }
