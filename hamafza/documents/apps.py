from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "hamafza.documents"
    label = "documents"
