"""The program's own WSGI application with one more address: an empty page through the same Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")
os.environ["GOODFAITH_DB_ROLE"] = "web"

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

application = get_wsgi_application()

from goodfaith import urls  # noqa: E402  (needs Django to be set up)


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing: what Django and the server cost by themselves."""
    return HttpResponse("")


urls.urlpatterns.insert(0, path("empty/", empty))
