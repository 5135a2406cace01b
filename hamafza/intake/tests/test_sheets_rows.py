import datetime as dt

import pytest
from django.utils.translation import override

from hamafza.intake.sheets.columns import propose_mapping
from hamafza.intake.sheets.faults import REFUSALS, WARNINGS, Fault, fault_message
from hamafza.intake.sheets.rows import ClientRow, clean_row

TODAY = dt.date(2025, 11, 21)
HEADER = [
    "ردیف",
    "پرونده",
    "کد ملی",
    "نام",
    "نام خانوادگی",
    "تاریخ تولد",
    "شهرستان",
    "موبایل",
    "درآمد (ریال)",
    "نیازها",
]
GOOD = [1.0, "1008", "0099603081", "علی", "رضایی", "1361/8/6", "پاکدشت", "09123456789", 5000.0, "مسکن"]
MAPPING = propose_mapping(HEADER, [])


def clean(*cells: object) -> ClientRow | None:
    return clean_row(7, cells, MAPPING, today=TODAY, county_names=frozenset({"پاکدشت"}))


def changed(**cells: object) -> ClientRow:
    row = list(GOOD)
    for place, cell in cells.items():
        row[int(place[1:])] = cell
    found = clean(*row)
    assert found is not None
    return found


def test_clean_row_good_row_has_no_fault() -> None:
    row = changed()
    assert (row.row, row.file_number, row.income_rial, row.needs) == (7, "1008", 5000, ("housing",))
    assert (row.refusals, row.warnings) == ((), ())


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [""] * 10,
        [5.0, "", "", "", "", "", "", "", "", ""],
        [5.0, "", "-", "", "", "", "پاکدشت", "", "", ""],
        ["", "", "", "", "", "", "", "", 900000.0, ""],
        HEADER,
        [
            "رديف",
            "پرونده",
            "كد ملي",
            "نام",
            "نام خانوادگي",
            "تاريخ تولد",
            "شهرستان",
            "موبايل",
            "درآمد (ريال)",
            "نيازها",
        ],
        ["جمع", "", "", "2473 نفر"],
        ["جمع کل:", 810.0, "2473", "", "", "", "", 1169.0, 5000.0, ""],
        ["", "", "", "مجموع", "", "", "", "", 5000.0, ""],
        ["Total", "", "", "", "", "", "", "", 5000.0, ""],
        ["", "", "۲۴۷۳ نفر", "", "", "", "", "", "", ""],
        ["", "", "", "تعداد کل مددجویان", "", "", "", "", "", ""],
        ["", "", "", "امضا رئیس اداره", "", "", "", "", "", ""],
    ],
)
def test_clean_row_that_is_no_client_is_left_out(cells: list[object]) -> None:
    assert clean(*cells) is None


@pytest.mark.parametrize("name", ["جمعه", "جمعه‌گل", "کلثوم", "جمیله"])
def test_clean_row_of_a_person_named_like_a_total_stays(name: str) -> None:
    assert changed(c3=name).first_name == name
    bare = clean("", "", "", name, "رضایی")
    assert bare is not None
    assert bare.last_name == "رضایی"


def test_clean_row_with_every_fault_lists_all_of_them() -> None:
    row = changed(c2="0099603082", c3="", c4="-", c5="1420/1/1", c6="ورامین", c7="0912", c8="؟زیاد", c9="سفر")
    assert row.refusals == (
        Fault("کد ملی", "bad_check_digit", "0099603082"),
        Fault("تاریخ تولد", "future_date", "1420/1/1"),
        Fault("نام", "no_name", ""),
        Fault("شهرستان", "other_county", "ورامین"),
    )
    assert row.warnings == (
        Fault("موبایل", "bad_mobile", "0912"),
        Fault("نیازها", "unknown_value", "سفر"),
        Fault("درآمد (ریال)", "bad_amount", "؟زیاد"),
    )


def test_clean_row_without_names_but_with_a_person_is_refused() -> None:
    assert [fault.code for fault in changed(c3="", c4="").refusals] == ["no_name"]


def test_clean_row_shorter_than_the_header_is_filled_up() -> None:
    row = clean("", "", "0099603081", "علی")
    assert row is not None
    assert (row.first_name, row.needs) == ("علی", ())


def test_clean_row_too_long_name_is_cut_with_a_warning() -> None:
    row = changed(c4="رضایی " * 30)
    assert len(row.last_name) <= 80
    assert [fault.code for fault in row.warnings] == ["too_long"]


def test_clean_row_combined_disability_gives_type_and_severity() -> None:
    mapping = propose_mapping(["نام", "نوع و شدت معلولیت"], [])

    def disability(cell: str) -> tuple[str, str, tuple[Fault, ...]]:
        row = clean_row(1, ["علی", cell], mapping, today=TODAY)
        assert row is not None
        return row.disability_type, row.disability_severity, row.warnings

    assert disability("جسمی حرکتی - شدید") == ("physical", "severe", ())
    assert disability("ذهنی خیلی شدید") == ("intellectual", "very_severe", ())
    assert disability("نابینا و ناشنوا") == ("multiple", "", ())
    assert disability("ندارد") == ("", "", ())
    assert disability("قرمز") == ("", "", (Fault("نوع و شدت معلولیت", "unknown_value", "قرمز"),))


def test_clean_row_birth_date_in_three_columns() -> None:
    mapping = propose_mapping(["نام", "روز تولد", "ماه تولد", "سال تولد"], [])

    def born(*parts: object) -> tuple[dt.date | None, list[str]]:
        row = clean_row(1, ["علی", *parts], mapping, today=TODAY)
        assert row is not None
        return row.born_on, [fault.code for fault in row.refusals]

    assert born(6.0, 8.0, 1361.0) == (dt.date(1982, 10, 28), [])
    assert born("۶", "آبان", "۱۳۶۱") == (dt.date(1982, 10, 28), [])
    assert born("", "", "") == (None, [])
    assert born("", "", 1361.0) == (None, ["bad_date"])


def test_client_row_comes_back_from_json_unchanged() -> None:
    row = changed(c2="1", c7="2")
    assert ClientRow.from_json(row.to_json()) == row
    assert ClientRow.from_json(ClientRow(3).to_json()) == ClientRow(3)


@pytest.mark.parametrize("code", [*REFUSALS, *WARNINGS])
def test_fault_message_is_a_sentence_in_both_languages(code: str) -> None:
    with override("en"):
        english = fault_message(code, "5%")
    with override("fa"):
        persian = fault_message(code, "5%")
    assert english.endswith(".")
    assert persian.endswith(".")
    assert english != persian


def test_refusal_codes_are_those_of_the_contract() -> None:
    assert set(REFUSALS) == {
        "bad_check_digit",
        "no_name",
        "bad_date",
        "future_date",
        "other_county",
        "on_file_elsewhere",
    }


@pytest.mark.parametrize(
    "cells", [["", "جمع کل مددجویان شهرستان پاکدشت", "", "12000"], ["صفحه ۲"], ["", "تعداد افراد: ۳"]]
)
def test_clean_row_total_with_words_and_page_mark_are_no_clients(cells: list[str]) -> None:
    mapping = propose_mapping(["کد ملی", "نام و نام خانوادگی", "تاریخ تولد", "درآمد"], [])
    assert clean_row(9, cells, mapping, today=TODAY) is None
