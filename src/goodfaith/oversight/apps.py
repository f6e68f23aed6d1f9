from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "goodfaith.oversight"
    label = "oversight"
