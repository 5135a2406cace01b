from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "hamafza.core"
    label = "core"

    def ready(self) -> None:
        from hamafza.core.lookups import register_lookups

        register_lookups()
