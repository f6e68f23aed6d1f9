"""Addresses of the API."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import TokenView

from goodfaith.faces.api.app import api
from goodfaith.faces.api.views import docs

urlpatterns = [
    path("oauth/token", csrf_exempt(TokenView.as_view()), name="token"),
    path("docs", docs, name="api_docs"),
    path("", api.urls),
]
