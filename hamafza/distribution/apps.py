from django.apps import AppConfig


class DistributionConfig(AppConfig):
    name = "hamafza.distribution"
    label = "distribution"
