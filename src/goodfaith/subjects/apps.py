from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    name = "goodfaith.subjects"
    label = "subjects"
