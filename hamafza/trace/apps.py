from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "hamafza.trace"
    label = "trace"

    def ready(self) -> None:
        from hamafza.trace import receivers  # noqa: F401
