from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "goodfaith.common"
    label = "common"
