from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "goodfaith.parties"
    label = "parties"

    def ready(self) -> None:
        from goodfaith.parties import marks

        marks.connect()
