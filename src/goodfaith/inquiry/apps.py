from django.apps import AppConfig


class InquiryConfig(AppConfig):
    name = "goodfaith.inquiry"
    label = "inquiry"
