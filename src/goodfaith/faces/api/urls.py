"""Addresses of the API."""

from django.urls import path

from goodfaith.faces.api.app import api
from goodfaith.faces.api.tokens import token
from goodfaith.faces.api.views import docs

urlpatterns = [
    path("oauth/token", token, name="token"),
    path("docs", docs, name="api_docs"),
    path("", api.urls),
]
