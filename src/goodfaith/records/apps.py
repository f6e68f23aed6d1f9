from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "goodfaith.records"
    label = "records"
