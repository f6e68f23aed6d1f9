from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "goodfaith.faces.public"
    label = "face_public"
