from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "goodfaith.faces.desk"
    label = "face_desk"
