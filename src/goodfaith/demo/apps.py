from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "goodfaith.demo"
    label = "demo"
