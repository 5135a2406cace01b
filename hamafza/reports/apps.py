from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "hamafza.reports"
    label = "reports"

    def ready(self) -> None:
        from hamafza.reports import menu, receivers  # noqa: F401

        menu.register_all()
