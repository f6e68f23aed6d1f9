"""Addresses of My."""

from django.urls import path

from goodfaith.faces.my import views

app_name = "my"
urlpatterns = [
    path("", views.home, name="home"),
    path("records/<uuid:record_id>/", views.record, name="record"),
    path("looks/", views.looks, name="looks"),
    path("copy/", views.copy, name="copy"),
]
