"""Papers of blocks: PDF and Word of the same words, from right to left, with digits, heads and fonts as they should be."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree

import pytest
from docx import Document

from hamafza.documents.paper import (
    Bullets,
    Facts,
    Heading,
    Paper,
    Table,
    Text,
    in_persian_digits,
    is_short,
    signature_rows,
)
from hamafza.documents.pdf import font_folder, make_pages_png, make_pdf
from hamafza.documents.word import make_word
from hamafza.documents.word_fonts import mixed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROWS = [[str(row), f"مصوبه {row}", "اداره کار", "1405/10/30"] for row in range(1, 61)]
PAPER = Paper(
    organisation="فرمانداری شهرستان پاکدشت",
    title="صورت‌جلسه نشست 3",
    number="1405/3",
    date="1405/09/01",
    foot="نشان درستی: 3fa8c1",
    blocks=(
        Facts((("جا", "سالن شهدا"), ("خالی", ""))),
        Heading("دستور 1"),
        Text("سطر اول\nسطر دوم"),
        Table(("ردیف", "مصوبه", "مسئول", "مهلت"), ROWS, (8, 50, 24, 18)),
        Bullets(("مانع: 250,000,000 ریال",)),
    ),
    signatures=tuple((f"عضو {number}", "") for number in range(1, 10)),
)


def part(content: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return ElementTree.fromstring(held.read(name))


@pytest.fixture(scope="module")
def word() -> bytes:
    return make_word(PAPER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("نشست 3", "نشست ۳"), ("1405/3", "۱۴۰۵/۳"), ("حساب IR12 و 3fa8c1", "حساب IR12 و 3fa8c1"), ("", "")],
)
def test_digits_are_persian_but_in_words_of_latin_letters(text: str, expected: str) -> None:
    assert in_persian_digits(text) == expected


def test_pdf_of_a_long_paper_has_several_pages_and_is_the_same_again() -> None:
    assert len(make_pages_png("documents/paper", PAPER.as_data())) >= 3
    assert make_pdf("documents/paper", PAPER.as_data()) == make_pdf("documents/paper", PAPER.as_data())


def test_word_says_what_the_paper_says(word: bytes) -> None:
    document = Document(io.BytesIO(word))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "دستور ۱" in said
    assert "سطر اول\nسطر دوم" in said
    facts, table, *signatures = document.tables
    assert [[cell.text for cell in row.cells] for row in facts.rows] == [["جا", "سالن شهدا"]]
    assert [cell.text for cell in table.rows[60].cells] == ["۶۰", "مصوبه ۶۰", "اداره کار", "۱۴۰۵/۱۰/۳۰"]
    assert [len(one.columns) for one in signatures] == [3, 3, 3]
    assert document.core_properties.author == PAPER.organisation


@pytest.mark.parametrize(
    ("count", "rows"), [(0, []), (1, [1]), (4, [4]), (5, [2, 3]), (9, [3, 3, 3]), (10, [3, 3, 4]), (13, [3, 3, 3, 4])]
)
def test_no_signature_stands_alone_where_it_can_stand_with_others(count: int, rows: list[int]) -> None:
    places = [(f"عضو {number}", "") for number in range(count)]
    assert [len(row) for row in signature_rows(places)] == rows


def test_short_facts_stay_on_one_page_in_word(word: bytes) -> None:
    assert ElementTree.tostring(part(word, "word/document.xml"), encoding="unicode").count(":keepNext") >= 1
    assert is_short([("متن", "کوتاه")])
    assert not is_short([("متن", "بلند " * 400)])


def test_word_breaks_lines_as_a_browser_sends_them_and_drops_what_xml_cannot_hold() -> None:
    paper = replace(PAPER, blocks=(Text("اول\r\nدوم\x0bسوم"), Table(("مانع\x0c",), [["خراب\x00\x1f است"]], (100,))))
    text = ElementTree.tostring(part(make_word(paper), "word/document.xml"), encoding="unicode")
    assert text.count(":br ") == 2
    assert "خراب است" in text
    assert make_pdf("documents/paper", paper.as_data()).startswith(b"%PDF-")


def test_word_is_from_right_to_left_in_every_paragraph_run_and_table(word: bytes) -> None:
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        tree = part(word, name)
        assert all(one.find(f"{W}pPr/{W}bidi") is not None for one in tree.iter(f"{W}p"))
        assert all(one.find(f"{W}rPr/{W}rtl") is not None for one in tree.iter(f"{W}r"))
        assert all(one.find(f"{W}tblPr/{W}bidiVisual") is not None for one in tree.iter(f"{W}tbl"))


def test_word_repeats_the_head_keeps_rows_whole_and_counts_pages(word: bytes) -> None:
    table = list(part(word, "word/document.xml").iter(f"{W}tbl"))[1]
    head, *rows = table.findall(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    fields = [str(one.text).strip() for one in part(word, "word/footer1.xml").iter(f"{W}instrText")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_word_brings_its_fonts(word: bytes) -> None:
    keys = {
        font.get(f"{W}name"): [place.get(f"{W}fontKey") for place in font if place.get(f"{W}fontKey")]
        for font in part(word, "word/fontTable.xml").iter(f"{W}font")
    }
    assert len(keys["Vazirmatn"]) == 2
    assert len(keys["Vazirmatn FD"]) == 1
    with zipfile.ZipFile(io.BytesIO(word)) as held:
        fonts = [held.read(name) for name in sorted(held.namelist()) if name.endswith(".odttf")]
    assert len(fonts) == 3
    assert all(font[:4] != b"\x00\x01\x00\x00" for font in fonts)


def test_font_mixed_twice_is_itself() -> None:
    key = UUID("0b728512-0000-4000-8000-000000000001")
    font = (Path(font_folder()) / "Vazirmatn-Regular.ttf").read_bytes()
    assert mixed(mixed(font, key), key) == font
    assert mixed(font, key)[32:] == font[32:]


def test_same_paper_gives_the_same_words_and_another_another(word: bytes) -> None:
    again = "".join(part(make_word(PAPER), "word/document.xml").itertext())
    assert again == "".join(part(word, "word/document.xml").itertext())
    other = make_word(replace(PAPER, title="نامه"))
    assert "".join(part(other, "word/document.xml").itertext()) != again
