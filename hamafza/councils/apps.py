from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "hamafza.councils"
    label = "councils"

    def ready(self) -> None:
        from hamafza.core.guards import keep_guards
        from hamafza.councils import menu
        from hamafza.councils.guards import COUNCILS

        keep_guards(COUNCILS)
        menu.register_all()
