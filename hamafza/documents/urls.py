from django.urls import path

from hamafza.documents.views import attachments

app_name = "documents"
_record = "<slug:source_type>/<uuid:source_id>/"
urlpatterns = [
    path(_record, attachments.attachment_list, name="attachment-list"),
    path(f"{_record}add/", attachments.attachment_add, name="attachment-add"),
    path(f"{_record}<uuid:pk>/", attachments.attachment_download, name="attachment-download"),
    path(f"{_record}<uuid:pk>/remove/", attachments.attachment_remove, name="attachment-remove"),
    path(f"{_record}<uuid:pk>/restore/", attachments.attachment_restore, name="attachment-restore"),
]
