from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "hamafza.ledger"
    label = "ledger"
