"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from hamafza.desk.views import asked, board, questions, snapshots

app_name = "desk"

urlpatterns = [
    path("", board.board, name="board"),
    path("reports/", snapshots.snapshot_list, name="snapshot-list"),
    path("reports/new/", snapshots.snapshot_create, name="snapshot-create"),
    path("reports/<uuid:pk>/", snapshots.snapshot_record, name="snapshot-record"),
    path("reports/<uuid:pk>/letter.pdf", snapshots.snapshot_pdf, name="snapshot-pdf"),
    path("reports/<uuid:pk>/letter.docx", snapshots.snapshot_word, name="snapshot-word"),
    path("questions/", questions.question_list, name="question-list"),
    path("questions/new/", questions.question_create, name="question-create"),
    path("questions/<uuid:pk>/", questions.question_record, name="question-record"),
    path("questions/<uuid:pk>/close/", questions.question_close, name="question-close"),
    path("asked/", asked.asked_list, name="asked-list"),
    path("asked/<uuid:pk>/", asked.asked_record, name="asked-record"),
]
