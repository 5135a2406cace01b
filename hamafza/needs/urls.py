from __future__ import annotations

from django.urls import path, re_path

from hamafza.needs.views import anonymous, approvals, assessments, lists, needs, other_aid

app_name = "needs"
urlpatterns = [
    path("", lists.need_list, name="need-list"),
    path("print/", lists.need_list_print, name="need-list-print"),
    path("export/numbers/", lists.need_list_numbers, name="need-list-numbers"),
    re_path(r"^export\.(?P<kind>csv|xlsx)$", lists.need_list_export, name="need-list-export"),
    path("saved/", lists.list_save, name="list-save"),
    path("saved/<uuid:pk>/rename/", lists.list_rename, name="list-rename"),
    path("saved/<uuid:pk>/delete/", lists.list_delete, name="list-delete"),
    path("anonymous/", anonymous.need_list_anonymous, name="need-list-anonymous"),
    re_path(
        r"^anonymous/export\.(?P<kind>csv|xlsx)$",
        anonymous.need_list_anonymous_export,
        name="need-list-anonymous-export",
    ),
    path("due/", assessments.due_list, name="due-list"),
    path("approve/", approvals.approval_list, name="approval-list"),
    path("approve/selected/", approvals.approve_selected, name="approve-selected"),
    path("of/<uuid:household>/new/", needs.need_create, name="need-create"),
    path("of/<uuid:household>/assess/", assessments.assessment_create, name="assessment-create"),
    path("of/<uuid:household>/aid/", other_aid.aid_create, name="aid-create"),
    path("assessments/<uuid:pk>/", assessments.assessment_record, name="assessment-record"),
    path("assessments/<uuid:pk>/note/", assessments.assessment_reveal, name="assessment-reveal"),
    path("<uuid:pk>/", needs.need_record, name="need-record"),
    path("<uuid:pk>/history/", needs.need_history, name="need-history"),
    path("<uuid:pk>/edit/", needs.need_edit, name="need-edit"),
    path("<uuid:pk>/approve/", needs.need_approve, name="need-approve"),
    path("<uuid:pk>/close/", needs.need_close, name="need-close"),
    path("<uuid:pk>/deliver/", needs.need_deliver, name="need-deliver"),
    path("<uuid:pk>/note/", needs.need_reveal, name="need-reveal"),
]
