from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "hamafza.trace"
    label = "trace"

    def ready(self) -> None:
        from hamafza.trace import menu, receivers  # noqa: F401

        menu.register_all()
