"""Addresses of commitments."""

from __future__ import annotations

from django.urls import path, re_path

from hamafza.commitments.division_urls import PATTERNS as DIVISION
from hamafza.commitments.views import commitments, ladders, orders, reports, steps

app_name = "commitments"

urlpatterns = [
    *DIVISION,
    path("", commitments.commitment_list, name="commitment-list"),
    re_path(r"^export\.(?P<kind>csv|xlsx)$", commitments.commitment_list_export, name="commitment-list-export"),
    path("mine/", commitments.commitment_mine, name="commitment-mine"),
    path("new/", orders.commitment_create, name="commitment-create"),
    path("ladder/", ladders.ladder_record, name="ladder-record"),
    path("ladder/edit/", ladders.ladder_edit, name="ladder-edit"),
    path("ladder/drop/", ladders.ladder_drop, name="ladder-drop"),
    path("<uuid:pk>/", commitments.commitment_record, name="commitment-record"),
    path("<uuid:pk>/edit/", orders.commitment_edit, name="commitment-edit"),
    path("<uuid:pk>/accept/", steps.commitment_accept, name="commitment-accept"),
    path("<uuid:pk>/return/", steps.commitment_return, name="commitment-return"),
    path("<uuid:pk>/report/", reports.commitment_report, name="commitment-report"),
    path("<uuid:pk>/date/", steps.commitment_date, name="commitment-date"),
    path("<uuid:pk>/date/decide/", steps.commitment_decide_date, name="commitment-decide-date"),
    path("<uuid:pk>/assign/", steps.commitment_assign, name="commitment-assign"),
    path("<uuid:pk>/answer/", steps.commitment_answer, name="commitment-answer"),
    path("<uuid:pk>/move/", steps.commitment_move, name="commitment-move"),
    path("<uuid:pk>/cancel/", steps.commitment_cancel, name="commitment-cancel"),
    path("<uuid:pk>/verify/", steps.commitment_verify, name="commitment-verify"),
    path("<uuid:pk>/close/", steps.commitment_close, name="commitment-close"),
    path("<uuid:pk>/reopen/", steps.commitment_reopen, name="commitment-reopen"),
]
