from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "hamafza.needs"
    label = "needs"

    def ready(self) -> None:
        from hamafza.needs import menu, receivers  # noqa: F401

        menu.register_all()
