"""What the page says of figures, without a database."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from hamafza.core.parts import Chart
from hamafza.desk.figures import Figures, Line
from hamafza.desk.views.panels import DRAWN, panels_of


def charts_of(**changes: Any) -> list[Chart]:
    said: dict[str, Any] = {"total": Line(promised=50, done=3), "before": Line(promised=9, done=1), **changes}
    figures = Figures("2313", "پاکدشت", "county", "1405-09", "2026-11-25", **said)
    with translation.override("fa"):
        charts: list[Chart] = panels_of(figures, live=False, is_governors=True)["charts"]
        return charts


def test_most_that_is_late_is_found_among_all_bodies_and_drawn() -> None:
    big = [Line(code=str(n), name=f"دستگاه {n}", kind="agency", promised=20 - n, late=1) for n in range(DRAWN)]
    small = Line(code="x", name="شهرداری", kind="agency", promised=3, late=3)
    chart = charts_of(bodies=(*big, small))[0]
    assert "شهرداری" in str(chart.title)
    assert [row.label for row in chart.rows][:2] == ["شهرداری", "دستگاه 0"]
    assert len(chart.rows) == DRAWN


def test_bodies_that_owe_as_much_stand_by_the_alphabet() -> None:
    names = ["یاس", "پیام", "کار", "آب", "گاز", "چای"]
    bodies = tuple(Line(code=name, name=name, kind="agency", promised=1) for name in names)
    assert [row.label for row in charts_of(bodies=bodies)[0].rows] == ["آب", "پیام", "چای", "کار", "گاز", "یاس"]


def test_picture_says_up_to_which_day_the_period_before_is_told() -> None:
    body = (Line(code="x", name="شهرداری", kind="agency", promised=3),)
    series = [charts_of(bodies=body, runs=runs)[1].series[1] for runs in (True, False)]
    assert series == ["دوره پیش تا همین روز", "دوره پیش"]
