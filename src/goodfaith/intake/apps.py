from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "goodfaith.intake"
    label = "intake"
