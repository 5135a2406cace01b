from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "hamafza.giving"
    label = "giving"
