from __future__ import annotations

from django.urls import include, path

from hamafza.reports.views import board

pages = [
    path("board/", board.board, name="board"),
    path("counties/", board.counties, name="counties"),
]
urlpatterns = [
    path("", board.home, name="home"),
    path("", include((pages, "reports"))),
]
