from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hamafza.desk"
    label = "desk"

    def ready(self) -> None:
        from hamafza.core.guards import keep_guards
        from hamafza.desk import menu
        from hamafza.desk.guards import DESK

        keep_guards(DESK)
        menu.register_all()
