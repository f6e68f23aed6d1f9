from django.apps import AppConfig


class MyConfig(AppConfig):
    name = "goodfaith.faces.my"
    label = "face_my"
