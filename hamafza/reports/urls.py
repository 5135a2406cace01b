from __future__ import annotations

from django.urls import include, path, re_path

from hamafza.reports.views import board, overlap

pages = [
    path("board/", board.board, name="board"),
    path("counties/", board.counties, name="counties"),
    path("aid/", overlap.aid, name="aid"),
    path("aid/overlap/", overlap.overlap_list, name="overlap-list"),
    re_path(r"^aid/overlap/export\.(?P<kind>csv|xlsx)$", overlap.overlap_export, name="overlap-export"),
    path("aid/gap/", overlap.gap_list, name="gap-list"),
    re_path(r"^aid/gap/export\.(?P<kind>csv|xlsx)$", overlap.gap_export, name="gap-export"),
]
urlpatterns = [
    path("", board.home, name="home"),
    path("", include((pages, "reports"))),
]
