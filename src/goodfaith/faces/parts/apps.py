from django.apps import AppConfig


class PartsConfig(AppConfig):
    name = "goodfaith.faces.parts"
    label = "face_parts"
