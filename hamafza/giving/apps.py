from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "hamafza.giving"
    label = "giving"

    def ready(self) -> None:
        from hamafza.giving import menu, receivers, sources  # noqa: F401 - connected by being read

        menu.register_all()
        sources.register_all()
