from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "goodfaith.gate"
    label = "gate"
