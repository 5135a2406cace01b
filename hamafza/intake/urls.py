from __future__ import annotations

from django.urls import path

from hamafza.intake.views import batches, columns, record, rows, steps, upload

app_name = "intake"
urlpatterns = [
    path("", batches.batch_list, name="batch-list"),
    path("new/", upload.upload, name="upload"),
    path("<uuid:pk>/", record.batch_record, name="batch-record"),
    path("<uuid:pk>/columns/", columns.columns, name="columns"),
    path("<uuid:pk>/begin/", steps.batch_begin, name="batch-begin"),
    path("<uuid:pk>/drop/", steps.batch_drop, name="batch-drop"),
    path("<uuid:pk>/go-on/", steps.batch_go_on, name="batch-go-on"),
    path("<uuid:pk>/rows/", rows.row_list, name="row-list"),
    path("<uuid:pk>/refused/", rows.refused, name="refused"),
    path("<uuid:pk>/refused.xlsx", rows.refused_sheet, name="refused-sheet"),
    path("<uuid:pk>/warnings/", rows.warnings, name="warnings"),
]
