from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hamafza.audit"
    label = "audit"
