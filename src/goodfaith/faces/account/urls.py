"""Addresses of logging in and out."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from goodfaith.faces.account.views import language, welcome

log_in = LoginView.as_view(template_name="account/log_in.html", redirect_authenticated_user=True)
urlpatterns = [
    path("log-in/", log_in, name="log_in"),
    path("log-out/", LogoutView.as_view(), name="log_out"),
    path("language/<str:code>/", language, name="language"),
    path("welcome/", welcome, name="welcome"),
]
