from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hamafza.notices"
    label = "notices"
