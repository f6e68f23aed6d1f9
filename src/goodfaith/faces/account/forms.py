"""The forms of logging in and of one's own account, in our words."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

CODE_LIFE = 90
"""Seconds for which one code could be good; it is taken once in them."""


def _plain(field: forms.Field, label: Any, help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class LogInForm(LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("登录名"))
        self.fields["login"].widget.attrs["id"] = "id_username"
        _plain(self.fields["password"], _("密码"))


class AgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], _("密码"))


class PasswordForm(ChangePasswordForm):
    """A new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], _("现在的密码"))
        _plain(self.fields["password1"], _("新密码"), _("至少12位；常见的、泄露过的和与登录名相似的都不能用。"))
        _plain(self.fields["password2"], _("再输一次新密码"))


def _as_code(form: forms.Form, label: Any) -> None:
    _plain(form.fields["code"], label)
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class _Once:
    """A code is taken once, also from the half minutes before and after that the tolerance lets in."""

    user: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self, _("验证码"))  # type: ignore[arg-type]

    def clean_code(self) -> str:
        """The code, if it is right and was not used before."""
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"second-step:{self.user.pk}:{re.sub(r'[^0-9a-z]', '', code.lower())}", 1, CODE_LIFE):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_Once, AuthenticateForm):
    """The second step of logging in: a code of the app, or a recovery code."""


class CodeAgainForm(_Once, ReauthenticateByCodeForm):
    """A code once more, before something that matters."""


class FirstCodeForm(ActivateTOTPForm):
    """Setting up the app: its first code proves that it has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self, _("应用里显示的6位验证码"))


class PasskeyForm(AddWebAuthnForm):
    """A new passkey; always one that the device guards itself, so that it is two factors in one."""

    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["name"], _("给它起个名字"), _("比如“办公室电脑”，以后好认。"))


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["name"], _("名称"))


class NoticesForm(forms.Form):
    """Where the platform tells that somebody looked; an officer, what the unit's duties are waiting for."""

    email = forms.EmailField(label=_("电子邮箱"), required=False)
    phone = forms.RegexField(r"^\+?[0-9 -]{6,20}$", label=_("手机号码"), required=False, max_length=20)
    notify_email = forms.BooleanField(label=_("有人查询时发邮件告诉我"), required=False)

    def __init__(self, *args: Any, officer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if officer:
            self.fields["email"].help_text = _("请填写单位分配给您的邮箱。")
            self.fields["notify_email"].label = _("发邮件提醒我本单位的公文任务（每天最多一封）")
        if officer or not settings.SMS_SENDER:
            del self.fields["phone"]  # no short messages are sent from here, so none are offered
