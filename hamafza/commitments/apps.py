from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "hamafza.commitments"
    label = "commitments"

    def ready(self) -> None:
        from hamafza.commitments import menu
        from hamafza.commitments.guards import COMMITMENTS
        from hamafza.core.guards import keep_guards

        keep_guards(COMMITMENTS)
        menu.register_all()
