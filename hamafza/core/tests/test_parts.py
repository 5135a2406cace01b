"""Filters in words, and charts with their numbers."""

from django import forms
from django.test import RequestFactory
from django.utils import translation

from hamafza.core.parts import ActiveFilter, Chart, ChartRow, active_filters, clear_url, without
from hamafza.core.widgets import JalaliDateField


class FilterForm(forms.Form):
    domain = forms.ChoiceField(label="Domain", required=False, choices=[("", "all"), ("Kinds", [("job", "A job")])])
    severity = forms.MultipleChoiceField(label="Severity", required=False, choices=[("3", "severe"), ("4", "critical")])
    since = JalaliDateField(label="Since", required=False)
    late = forms.BooleanField(label="Late", required=False)


def test_active_filters_say_what_the_list_is_filtered_by() -> None:
    query = "domain=job&severity=3&severity=4&since=1404/8/3&late=on&sort=name&after=8"
    request = RequestFactory().get(f"/?{query}")
    with translation.override("en"):
        found = active_filters(FilterForm(request.GET), request)
    assert found[0] == ActiveFilter("Domain", "A job", "?severity=3&severity=4&since=1404%2F8%2F3&late=on&sort=name")
    assert [one.value for one in found] == ["A job", "severe, critical", "3 Aban 1404", "yes"]


def test_active_filters_of_an_untouched_list_are_none() -> None:
    request = RequestFactory().get("/", {"domain": "", "sort": "name"})
    assert active_filters(FilterForm(request.GET), request) == []


def test_clear_url_keeps_the_sorting_only() -> None:
    request = RequestFactory().get("/", {"domain": "job", "sort": "name", "after": "8"})
    assert clear_url(FilterForm(request.GET), request) == "?sort=name"
    assert without(request.GET, []) == "?domain=job&sort=name"


def test_chart_data_carries_series_by_series_and_texts_in_the_language() -> None:
    chart = Chart("c", "t", "k", ["open", "met"], [ChartRow("a", [1200, 3]), ChartRow("b", [4, 5], "/x/")], "s")
    with translation.override("fa"):
        drawn = chart.as_data
    assert drawn["values"] == [[1200, 4], [3, 5]]
    assert drawn["texts"] == [["۱٬۲۰۰", "۴"], ["۳", "۵"]]
    assert drawn["urls"] == ["", "/x/"]
    assert drawn["rtl"] is True
