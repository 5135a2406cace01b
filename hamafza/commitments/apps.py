from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "hamafza.commitments"
    label = "commitments"

    def ready(self) -> None:
        from hamafza.commitments import division_menu, menu
        from hamafza.commitments.guards import COMMITMENTS
        from hamafza.commitments.papers import REPORTS
        from hamafza.commitments.programme_guards import PROGRAMMES
        from hamafza.core.guards import keep_guards
        from hamafza.documents import owners

        keep_guards(COMMITMENTS)
        owners.register(REPORTS)
        keep_guards(PROGRAMMES)
        menu.register_all()
        division_menu.register_all()
