from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "hamafza.giving"
    label = "giving"

    def ready(self) -> None:
        from hamafza.core.guards import keep_guards
        from hamafza.giving import menu, receivers, sources  # noqa: F401 - receivers connect themselves
        from hamafza.giving.triggers import GIVING

        keep_guards(GIVING)
        menu.register_all()
        sources.register_all()
