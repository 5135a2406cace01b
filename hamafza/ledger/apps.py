from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class LedgerConfig(AppConfig):
    name = "hamafza.ledger"
    label = "ledger"

    def ready(self) -> None:
        from hamafza.ledger import menu, receivers

        pre_migrate.connect(receivers.clear_the_way, sender=self, dispatch_uid="ledger.clear_the_way")
        post_migrate.connect(receivers.install_triggers, sender=self, dispatch_uid="ledger.install_triggers")
        menu.register_all()
