from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "hamafza.needs"
    label = "needs"
