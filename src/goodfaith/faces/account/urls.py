"""Addresses of logging in and out, and of one's own account. django-allauth's other pages are not routed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.views import list_usersessions
from django.contrib.auth.views import LogoutView
from django.urls import path

from goodfaith.faces.account import citizens, own, views

log_in = views.LogIn.as_view()
urlpatterns = [
    path("log-in/", log_in, name="log_in"),
    path("log-in/", log_in, name="account_login"),
    path("log-in/second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("log-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("log-in/inactive/", account.account_inactive, name="account_inactive"),
    path("log-in/with/<slug:provider_id>/", citizens.begin, name="openid_connect_login"),
    path("log-in/with/<slug:provider_id>/callback/", citizens.callback, name="openid_connect_callback"),
    path("log-in/cancelled/", views.cancelled, name="socialaccount_login_cancelled"),
    path("log-out/", LogoutView.as_view(), name="log_out"),
    path("language/<str:code>/", views.language, name="language"),
    path("welcome/", views.welcome, name="welcome"),
    path("account/", own.home, name="account"),
    path("account/set-up/", own.set_up, name="set_up"),
    path("account/notices/", own.notices, name="notices"),
    path("account/no-file/", own.no_file, name="no_file"),
    path("account/password/", own.password, name="account_change_password"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/again/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/second-factor/", mfa.index, name="mfa_index"),
    path("account/second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second-factor/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/remove/", own.remove_passkey, name="mfa_remove_webauthn"),
    path("account/sessions/", list_usersessions, name="usersessions_list"),
    path("account/sessions/<int:pk>/end/", own.end_session, name="session_end"),
]
