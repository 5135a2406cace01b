from django.apps import AppConfig


class DistributionConfig(AppConfig):
    name = "hamafza.distribution"
    label = "distribution"

    def ready(self) -> None:
        from hamafza.core.guards import keep_guards
        from hamafza.distribution import menu, receivers, sources
        from hamafza.distribution.triggers import STOCK
        from hamafza.giving.events import payment_returning

        keep_guards(STOCK)
        payment_returning.connect(receivers.keep_what_is_in_store, dispatch_uid="distribution.keep_what_is_in_store")
        menu.register_all()
        sources.register_all()
