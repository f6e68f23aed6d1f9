"""Addresses of what stands in for the world outside in the invented city."""

from django.urls import path

from goodfaith.demo.web import authenticator, identity

urlpatterns = [
    path("authenticator/", authenticator.page, name="demo_authenticator"),
    path("identity/.well-known/openid-configuration", identity.configuration, name="demo_identity_configuration"),
    path("identity/authorize/", identity.authorize, name="demo_identity_authorize"),
    path("identity/token", identity.token, name="demo_identity_token"),
    path("identity/userinfo", identity.userinfo, name="demo_identity_userinfo"),
    path("identity/jwks", identity.jwks, name="demo_identity_jwks"),
]
