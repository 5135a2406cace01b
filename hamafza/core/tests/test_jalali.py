import contextlib
import datetime as dt

import pytest
from hypothesis import given, strategies as st

from hamafza.core import jalali

TODAY = dt.date(2025, 11, 21)  # 30 Aban 1404
dates = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2025, 11, 20))


@given(dates)
def test_parse_date_of_formatted_date_gives_it_back(date: dt.date) -> None:
    assert jalali.parse_date(jalali.format_date(date), today=TODAY) == date
    assert jalali.parse_date(jalali.format_date(date, style="long", language="fa"), today=TODAY) == date
    assert jalali.parse_date(jalali.format_date(date, style="weekday", language="en"), today=TODAY) == date
    assert jalali.parse_date(date.isoformat(), today=TODAY) == date


@given(dates)
def test_from_excel_serial_gives_the_day_excel_shows(date: dt.date) -> None:
    serial = (date - dt.date(1899, 12, 30)).days
    assert jalali.from_excel_serial(serial - (serial <= 60)) == date


@pytest.mark.parametrize(
    "written",
    [
        "1361/8/6",
        "1361-08-06",
        "1361.8.6",
        "۱۳۶۱/۸/۶",
        "١٣٦١/٠٨/٠٦",
        "06/08/1361",
        "13610806",
        "610806",
        "61/8/6",
        "61/08/06",
        " 1361 / 8 / 6 ",
        "۶ آبان ۱۳۶۱",
        "پنجشنبه ۶ آبان ۱۳۶۱",
        "6 ابان 61",
        "6 Aban 1361",
        "1982-10-28",
        "28/10/1982",
        "10/28/1982",
        "1982-10-28 00:00:00",
        "1982-10-28T00:00:00Z",
        "28 October 1982",
        "Oct 28, 1982",
        "۲۸ اکتبر ۱۹۸۲",
        "19821028",
        "28101982",
        "\u200f1361/8/6",
    ],
)
def test_parse_date_any_style_finds_the_day(written: str) -> None:
    assert jalali.parse_date(written, today=TODAY) == dt.date(1982, 10, 28)


@pytest.mark.parametrize(
    ("written", "year"), [("04/08/30", 1404), ("04/09/01", 1304), ("5/1/1", 1305), ("99/1/1", 1399), ("00/01/01", 1400)]
)
def test_parse_date_two_digit_year_is_the_latest_past_century(written: str, year: int) -> None:
    assert jalali.to_jalali(jalali.parse_date(written, today=TODAY)).year == year


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-",
        "1361/13/1",
        "1361/12/31",
        "1361/0/1",
        "1403/07/31",
        "1361",
        "1361/8",
        "1361/8/6/2",
        "0000/00/00",
        "9999/1/1",
        "1361/8/40",
        "31/02/1985",
        "2023-02-29",
        "متولد تهران",
        "۳ آبانماه سال",
        "-1361/8/6",
        "123456789",
    ],
)
def test_parse_date_impossible_raises(written: str) -> None:
    with pytest.raises(jalali.ImpossibleDate):
        jalali.parse_date(written, today=TODAY)


@given(st.text(max_size=12))
def test_parse_date_of_anything_gives_a_date_or_impossible_date(text: str) -> None:
    with contextlib.suppress(jalali.ImpossibleDate):
        assert isinstance(jalali.parse_date(text, today=TODAY), dt.date)


def test_parse_date_leap_day_exists_only_in_leap_years() -> None:
    assert jalali.parse_date("1399/12/30", today=TODAY) == dt.date(2021, 3, 20)
    with pytest.raises(jalali.ImpossibleDate):
        jalali.parse_date("1400/12/30", today=TODAY)


def test_parse_date_in_the_future_is_a_date() -> None:
    assert jalali.parse_date("1420/01/01", today=TODAY) == dt.date(2041, 3, 20)


def test_format_date_styles_and_languages() -> None:
    date = dt.date(2025, 10, 25)
    assert jalali.format_date(date) == "1404/08/03"
    assert jalali.format_date(date, style="long", language="fa") == "۳ آبان ۱۴۰۴"
    assert jalali.format_date(date, style="long", language="en") == "3 Aban 1404"
    assert jalali.format_date(date, style="weekday", language="fa") == "شنبه ۳ آبان ۱۴۰۴"


def test_age_on_counts_completed_years() -> None:
    born = jalali.from_jalali(1361, 8, 6)
    assert jalali.age_on(born, jalali.from_jalali(1404, 8, 5)) == 42
    assert jalali.age_on(born, jalali.from_jalali(1404, 8, 6)) == 43
