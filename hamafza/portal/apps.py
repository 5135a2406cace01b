from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "hamafza.portal"
    label = "portal"

    def ready(self) -> None:
        from hamafza.portal import menu

        menu.register_all()
