from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "goodfaith.ledger"
    label = "ledger"
