from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "goodfaith.faces.api"
    label = "face_api"
