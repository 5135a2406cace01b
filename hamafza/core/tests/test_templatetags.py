"""What a reader sees as digits, amounts, dates, codes and icons."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from hamafza.core.templatetags import hamafza as tags

THIRD_OF_ABAN = datetime.date(2025, 10, 25)


def render(text: str, query: str = "", **values: object) -> str:
    request = RequestFactory().get(f"/clients/?{query}")
    return Template(text).render(Context({"request": request, **values}))


@pytest.mark.parametrize(
    ("language", "text"),
    [("fa", "۱۲٬۵۰۰"), ("en", "12,500")],
)
def test_number_in_a_language_is_grouped_in_its_digits(language: str, text: str) -> None:
    with translation.override(language):
        assert tags.number(12_500) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(0, 0, "۰"), (2.5, 0, "۳"), (Decimal("1234.56"), 1, "۱٬۲۳۴٫۶"), (-7, 0, "\u200e-۷"), (None, 0, "")],
)
def test_number_of_each_kind_is_rounded_half_up(value: float | None, places: int, text: str) -> None:
    with translation.override("fa"):
        assert tags.number(value, places) == text


def test_rial_and_toman_name_their_unit() -> None:
    with translation.override("fa"):
        assert tags.rial(12_500_000) == "۱۲٬۵۰۰٬۰۰۰ ریال"
        assert tags.toman(12_500_000) == "۱٬۲۵۰٬۰۰۰ تومان"
        assert tags.toman(15) == "۱٫۵ تومان"


def test_percent_of_a_share_puts_the_sign_after_the_number() -> None:
    with translation.override("fa"):
        assert tags.percent(0.42) == "۴۲٪"
    with translation.override("en"):
        assert tags.percent(0.425, 1) == "42.5%"


def test_jalali_date_shows_day_and_says_the_weekday_on_hover() -> None:
    with translation.override("fa"):
        shown = tags.jalali(THIRD_OF_ABAN)
    assert ">۱۴۰۴/۰۸/۰۳</time>" in shown
    assert 'title="شنبه ۳ آبان ۱۴۰۴"' in shown
    assert 'datetime="2025-10-25"' in shown


def test_jalali_moment_is_shown_in_the_time_of_the_office() -> None:
    moment = datetime.datetime(2025, 10, 24, 21, 0, tzinfo=datetime.UTC)
    with translation.override("fa"):
        assert ">۱۴۰۴/۰۸/۰۳، ۰۰:۳۰<" in tags.jalali(moment)


def test_jalali_long_in_english_keeps_the_jalali_calendar() -> None:
    with translation.override("en"):
        assert ">3 Aban 1404<" in tags.jalali_long(THIRD_OF_ABAN)


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "امروز"), (1, "دیروز"), (3, "۳ روز پیش"), (14, "۱۴ روز پیش"), (15, ""), (-1, "فردا"), (-5, "۵ روز دیگر")],
)
@time_machine.travel(datetime.datetime(2025, 10, 25, 8, tzinfo=datetime.UTC))
def test_since_says_only_near_dates(days: int, text: str) -> None:
    with translation.override("fa"):
        assert tags.since(timezone.localdate() - datetime.timedelta(days=days)) == text


def test_masked_shows_only_the_last_signs() -> None:
    with translation.override("fa"):
        shown = tags.masked("0079412345")
    assert "۳۴۵</bdi>" in shown
    assert "•" * 7 in shown
    assert "0079412" not in shown


def test_masked_short_secret_shows_nothing_of_it() -> None:
    with translation.override("en"):
        assert "12" not in tags.masked("12")


def test_ltr_escapes_and_isolates_a_code() -> None:
    with translation.override("en"):
        assert tags.ltr("<b>09") == '<bdi dir="ltr" class="code">&lt;b&gt;09</bdi>'


def test_icon_that_points_is_mirrored() -> None:
    assert "icon-mirror" in tags.icon("arrow-right")
    assert "icon-mirror" not in tags.icon("users")


def test_url_with_changes_one_parameter_and_keeps_the_rest() -> None:
    assert render('{% url_with sort="-score" after=None %}', "domain=job&after=9") == "?domain=job&amp;sort=-score"


class Filters(forms.Form):
    domain = forms.CharField()


def test_filters_take_along_what_else_the_address_says() -> None:
    bar = render(
        '{% include "patterns/_filters.html" %}', "domain=job&place=2301&sort=-due&after=9", filter_form=Filters()
    )
    assert '<input type="hidden" name="place" value="2301">' in bar
    assert '<input type="hidden" name="sort" value="-due">' in bar
    assert bar.count('type="hidden"') == 2


def test_sort_link_on_the_sorted_column_turns_it_round() -> None:
    shown = render('{% sort_link "name" "Name" %}', "sort=name&after=4")
    assert 'href="?sort=-name"' in shown
    assert "is-sorted" in shown


def test_time_left_is_rough() -> None:
    with translation.override("fa"):
        assert tags.time_left(20) == "کمتر از یک دقیقه مانده"
        assert tags.time_left(130) == "نزدیک ۲ دقیقه مانده"


@pytest.mark.parametrize(("code", "shown"), [("1281", "۱۲۸۱"), ("N-1281", "N-1281"), ("ن-1281", "ن-۱۲۸۱")])
def test_ltr_never_mixes_latin_letters_with_persian_digits(code: str, shown: str) -> None:
    with translation.override("fa"):
        assert tags.ltr(code) == f'<bdi dir="ltr" class="code">{shown}</bdi>'
