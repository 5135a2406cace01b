from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "hamafza.audit"
    label = "audit"

    def ready(self) -> None:
        from hamafza.audit import receivers
        from hamafza.core.events import scope_opened_everywhere

        pre_migrate.connect(receivers.clear_the_way, dispatch_uid="audit.clear_the_way")
        post_migrate.connect(receivers.install_triggers, dispatch_uid="audit.install_triggers")
        scope_opened_everywhere.connect(receivers.record_everywhere, dispatch_uid="audit.record_everywhere")
