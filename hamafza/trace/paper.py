"""A letter as paper."""

from __future__ import annotations

from typing import Any

from hamafza.core import jalali, wording
from hamafza.documents.pdf import make_pdf
from hamafza.giving.printed import office_name
from hamafza.places.models import Place
from hamafza.trace.choices import LetterKind
from hamafza.trace.models import Letter
from hamafza.trace.sentences import BENEFACTOR, CLOSING, ORGANIZATION, STAFF, TITLES, opening_of, said_in, span_of


def letter_pdf(letter: Letter) -> bytes:
    """From its frozen figures: printed again, it says the same."""
    return make_pdf(f"trace/{letter.kind}", paper_of(letter))


def paper_of(letter: Letter) -> dict[str, Any]:
    """What the template is given."""
    return {
        "organisation": office_name(Place.objects.get(code=letter.county_id)),
        "number": f"{letter.jalali_year}/{letter.number}",
        "date": jalali.format_date(wording.day_of(letter.at), language="fa"),
        **body_of(
            LetterKind(letter.kind),
            recipient=recipient_of(letter),
            facts=letter.facts,
            text=letter.text,
            span=span_of(letter.since, letter.until),
        ),
    }


def body_of(kind: LetterKind, *, recipient: str, facts: dict[str, Any], text: str, span: str) -> dict[str, Any]:
    """Title, words and lines; the same for the preview."""
    return {
        "title": TITLES[kind],
        "name": facts.get("name", ""),
        "recipient": recipient,
        "span": span,
        "opening": opening_of(recipient, text),
        "lines": said_in(facts, recipient=recipient),
        "closing": CLOSING,
    }


def recipient_of(letter: Letter) -> str:
    if letter.benefactor_id:
        return BENEFACTOR
    return ORGANIZATION if letter.organization_id else STAFF
