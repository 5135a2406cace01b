from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "hamafza.councils"
    label = "councils"

    def ready(self) -> None:
        from hamafza.commitments.choices import Source
        from hamafza.commitments.sources import ask_before_opening
        from hamafza.core.guards import keep_guards
        from hamafza.councils import menu
        from hamafza.councils.guards import COUNCILS
        from hamafza.councils.owed_again import require_under_way

        keep_guards(COUNCILS)
        ask_before_opening(Source.RESOLUTION, require_under_way)
        menu.register_all()
