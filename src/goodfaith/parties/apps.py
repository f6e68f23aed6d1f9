from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "goodfaith.parties"
    label = "parties"
