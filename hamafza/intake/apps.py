from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "hamafza.intake"
    label = "intake"
