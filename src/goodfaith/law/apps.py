from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "goodfaith.law"
    label = "law"
