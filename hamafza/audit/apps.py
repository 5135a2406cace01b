from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "hamafza.audit"
    label = "audit"

    def ready(self) -> None:
        from hamafza.audit import receivers
        from hamafza.audit.guard import may_read_trail
        from hamafza.core import navigation
        from hamafza.core.events import scope_opened_everywhere

        pre_migrate.connect(receivers.clear_the_way, dispatch_uid="audit.clear_the_way")
        post_migrate.connect(receivers.install_triggers, dispatch_uid="audit.install_triggers")
        scope_opened_everywhere.connect(receivers.record_everywhere, dispatch_uid="audit.record_everywhere")
        navigation.register(
            navigation.NavItem(_("Audit trail"), "audit:trail", icon="history", key="t", may=may_read_trail, order=90)
        )
