"""Fields that accept what offices type, and keep what was typed."""

import datetime

import pytest
from django import forms
from django.utils import translation

from hamafza.core.widgets import AmountField, DigitsField, JalaliDateField, MaskedInput


class ExampleForm(forms.Form):
    on = JalaliDateField(required=False)
    income = AmountField(required=False)
    price = AmountField(required=False, unit="toman")
    identity = DigitsField(required=False)


def cleaned(name: str, typed: str) -> object:
    form = ExampleForm({name: typed})
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


@pytest.mark.parametrize("typed", ["1364/7/5", "۱۳۶۴-۰۷-۰۵", "١٣٦٤/٠٧/٠٥", "۵ مهر ۱۳۶۴", " 1364/07/05 "])
def test_date_typed_in_any_way_is_the_same_day(typed: str) -> None:
    assert cleaned("on", typed) == datetime.date(1985, 9, 27)


@pytest.mark.parametrize("typed", ["1364/13/5", "1404/12/30", "فردا"])
def test_date_that_does_not_exist_is_refused_with_an_example(typed: str) -> None:
    form = ExampleForm({"on": typed})
    with translation.override("fa"):
        assert form.errors["on"] == ["تاریخ را به صورت سال/ماه/روز بنویسید، مانند ۱۴۰۴/۰۸/۰۳."]


def test_date_that_is_wrong_stays_in_the_box_as_typed() -> None:
    with translation.override("fa"):
        assert 'value="۱۳۶۴/۱۳/۵"' in str(ExampleForm({"on": "1364/13/5"})["on"])


def test_date_on_file_is_shown_jalali() -> None:
    with translation.override("fa"):
        assert 'value="۱۳۶۴/۰۷/۰۵"' in str(ExampleForm(initial={"on": datetime.date(1985, 9, 27)})["on"])


@pytest.mark.parametrize("typed", ["12500000", "۱۲٬۵۰۰٬۰۰۰", "12,500,000", "۱۲،۵۰۰،۰۰۰"])
def test_amount_typed_in_any_way_is_rials(typed: str) -> None:
    assert cleaned("income", typed) == 12_500_000


def test_amount_of_tomans_becomes_rials_and_is_shown_in_tomans() -> None:
    assert cleaned("price", "۱٬۲۵۰") == 12_500
    with translation.override("en"):
        assert 'value="1,250"' in str(ExampleForm(initial={"price": 12_500})["price"])


def test_amount_unchanged_is_no_change() -> None:
    assert not ExampleForm({"income": "۱۲٬۵۰۰"}, initial={"income": 12_500}).has_changed()


@pytest.mark.parametrize("typed", ["abc", "-5", "1.5"])
def test_amount_that_is_none_is_refused(typed: str) -> None:
    assert not ExampleForm({"income": typed}).is_valid()


@pytest.mark.parametrize("typed", ["007-941234-5", "۰۰۷۹۴۱۲۳۴۵", "007 941 2345", "\u200e0079412345\u200c"])
def test_digits_typed_in_any_way_are_latin_and_joined(typed: str) -> None:
    assert cleaned("identity", typed) == "0079412345"


def test_masked_box_never_holds_the_secret() -> None:
    shown = MaskedInput(mask="0079412345").render("identity", None, {"id": "id_identity"})
    assert "0079412" not in shown
    assert "345" in shown or "۳۴۵" in shown
