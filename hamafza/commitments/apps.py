from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "hamafza.commitments"
    label = "commitments"

    def ready(self) -> None:
        from hamafza.commitments import menu
        from hamafza.commitments.guards import COMMITMENTS
        from hamafza.commitments.papers import REPORTS
        from hamafza.core.guards import keep_guards
        from hamafza.documents import owners

        keep_guards(COMMITMENTS)
        owners.register(REPORTS)
        menu.register_all()
