from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "goodfaith.duties"
    label = "duties"
