from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class GivingConfig(AppConfig):
    name = "hamafza.giving"
    label = "giving"

    def ready(self) -> None:
        from hamafza.giving import menu, receivers, sources

        pre_migrate.connect(receivers.clear_the_way, dispatch_uid="giving.clear_the_way")
        post_migrate.connect(receivers.install_triggers, dispatch_uid="giving.install_triggers")
        menu.register_all()
        sources.register_all()
