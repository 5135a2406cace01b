from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "hamafza.trace"
    label = "trace"
