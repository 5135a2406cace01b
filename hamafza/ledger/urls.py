from __future__ import annotations

from django.urls import path, re_path

from hamafza.ledger.views import funds, journal, moves, periods, thresholds, transfers

app_name = "ledger"
urlpatterns = [
    path("", funds.fund_list, name="fund-list"),
    path("funds/<uuid:pk>/", funds.fund_record, name="fund-record"),
    path("funds/<uuid:pk>/history/", funds.fund_history, name="fund-history"),
    path("funds/<uuid:pk>/move/", funds.fund_move, name="fund-move"),
    path("moves/<uuid:pk>/approve/", moves.move_approve, name="move-approve"),
    path("moves/<uuid:pk>/refuse/", moves.move_refuse, name="move-refuse"),
    path("journal/", journal.entry_list, name="entry-list"),
    re_path(r"^journal/export\.(?P<kind>csv|xlsx)$", journal.entry_list_export, name="entry-list-export"),
    path("entries/<uuid:pk>/", journal.entry_record, name="entry-record"),
    path("entries/<uuid:pk>/reverse/", journal.entry_reverse, name="entry-reverse"),
    path("months/", periods.period_list, name="period-list"),
    path("months/<uuid:pk>/reopen/", periods.period_reopen, name="period-reopen"),
    path("months/<uuid:pk>/<slug:step>/", periods.period_step, name="period-step"),
    path("transfers/", transfers.transfer_list, name="transfer-list"),
    path("transfers/new/", transfers.transfer_request, name="transfer-request"),
    path("transfers/allow/", transfers.allowance_create, name="allowance-create"),
    path("transfers/<uuid:pk>/", transfers.transfer_record, name="transfer-record"),
    path("transfers/<uuid:pk>/consent/", transfers.transfer_consent, name="transfer-consent"),
    path("transfers/<uuid:pk>/approve/", transfers.transfer_approve, name="transfer-approve"),
    path("transfers/<uuid:pk>/refuse/", transfers.transfer_refuse, name="transfer-refuse"),
    path("transfers/<uuid:pk>/execute/", transfers.transfer_execute, name="transfer-execute"),
    path("thresholds/", thresholds.threshold_list, name="threshold-list"),
    path("thresholds/new/", thresholds.threshold_create, name="threshold-create"),
]
