from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "goodfaith.rights"
    label = "rights"
