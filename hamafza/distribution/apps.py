from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class DistributionConfig(AppConfig):
    name = "hamafza.distribution"
    label = "distribution"

    def ready(self) -> None:
        from hamafza.distribution import menu, receivers, sources
        from hamafza.giving.events import payment_returning

        pre_migrate.connect(receivers.clear_the_way, dispatch_uid="distribution.clear_the_way")
        post_migrate.connect(receivers.install_triggers, dispatch_uid="distribution.install_triggers")
        payment_returning.connect(receivers.keep_what_is_in_store, dispatch_uid="distribution.keep_what_is_in_store")
        menu.register_all()
        sources.register_all()
