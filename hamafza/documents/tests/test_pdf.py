"""Papers: a page is made, the same data gives the same bytes, what was typed stays text, missing fonts are said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from hamafza.documents.pdf import FontsMissing, PaperMissing, make_pages_png, make_pdf, pdf_download, qr_svg


def a_paper(**changed: Any) -> dict[str, Any]:
    return {
        "organisation": "اداره بهزیستی شهرستان پاکدشت",
        "number": "1405/123",
        "date": "1405/08/30",
        "title": "رسید کمک",
        "text": "این برگه برای دیدنِ نیم‌فاصله، ی و ک فارسی و رقم‌های ۱۲۳۴۵۶۷۸۹۰ است.",
        "facts": [["خیر", "مریم کاظمی‌نژاد"], ["مبلغ", "12٬500٬000 ریال"], ["خالی", ""]],
        "rows": [["برنج ایرانی", 5], ["روغن مایع", 12]],
        "qr": qr_svg("https://hamafza.example/public/trace/ABCDEFGHJK"),
        "code": "ABCD-EFGH-JK",
        **changed,
    }


def test_make_pdf_of_a_paper_gives_a_pdf_that_is_the_same_again() -> None:
    first = make_pdf("documents/specimen", a_paper())
    assert first.startswith(b"%PDF-")
    assert make_pdf("documents/specimen", a_paper()) == first
    assert make_pdf("documents/specimen", a_paper(number="1405/124")) != first


def test_make_pages_of_a_long_table_gives_several_pages(tmp_path: Path) -> None:
    pages = make_pages_png("documents/specimen", a_paper(rows=[[f"قلم {row}", row] for row in range(60)]))
    assert len(pages) == 3
    assert {page[:8] for page in pages} == {b"\x89PNG\r\n\x1a\n"}


def test_make_pdf_of_text_that_looks_like_markup_keeps_it_text() -> None:
    typed = '#panic("x") $ ] } *ستاره* #import "/config/settings.py" \\ "'
    assert make_pdf("documents/specimen", a_paper(text=typed, title=typed)).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "name", ["documents/none", "specimen", "../secrets", "documents/../x", "documents/specimen.typ"]
)
def test_make_pdf_of_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(PaperMissing):
        make_pdf(name, a_paper())


def test_make_pdf_without_fonts_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    paper = tmp_path / "documents" / "papers" / "specimen.typ"
    paper.parent.mkdir(parents=True)
    paper.write_text("x")
    settings.BASE_DIR = tmp_path
    with pytest.raises(FontsMissing, match="script/setup"):
        make_pdf("documents/specimen", a_paper())


def test_download_is_attached_and_never_kept() -> None:
    answer = pdf_download(b"%PDF-", name="receipt-1405-12")
    assert answer["Content-Disposition"] == 'attachment; filename="receipt-1405-12.pdf"'
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("no-store", "application/pdf")
