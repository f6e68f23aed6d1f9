"""The second factor: what django-allauth keeps about it is sealed, and no officer takes the last one away."""

from __future__ import annotations

import base64
import ipaddress
import time
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common import crypto

SEALED_FOR = b"second-factor"
KEYS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one of them."""


class Adapter(DefaultMFAAdapter):
    """Seals secrets with the installation's data key; the names a person reads are the platform's."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("验证码不正确，或已经用过。每个验证码只能用一次，请等下一个。"),
        "cannot_delete_authenticator": gettext_lazy("工作人员必须保留一种第二重验证，请先添加另一种。"),
    }

    def encrypt(self, text: str) -> str:
        """Base64 of the sealed secret."""
        return base64.b64encode(crypto.seal_text(text, SEALED_FOR)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret that :meth:`encrypt` took."""
        return crypto.unseal_text(base64.b64decode(encrypted_text), SEALED_FOR)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Officers keep one second factor at least."""
        if authenticator.user.kind != "officer":
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=KEYS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def get_totp_issuer(self) -> str:
        """What an authenticator app shows beside the user name."""
        return str(settings.CITY["name_zh"]) + _("公共信用信息平台")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey is for: the host name that the browser shows."""
        return {"id": host(), "name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        """A name for a new passkey, for those who give it none."""
        return _("通行密钥 %(n)s") % {"n": Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}


def do_set_totp(*, user: AbstractBaseUser, secret: str) -> None:
    """Give an account a TOTP secret that is known already. Only for the log-ins of the invented city."""
    totp.TOTP.activate(user, secret)


def host() -> str:
    """The host name of this request, without the port."""
    return str(context.request.get_host().rpartition(":")[0] or context.request.get_host())


def passkeys_work() -> bool:
    """Whether browsers offer passkeys at this address: WebAuthn takes host names, never IP addresses."""
    try:
        ipaddress.ip_address(host().strip("[]"))
    except ValueError:
        return True
    return False


def code_at(secret: str, moment: float | None = None) -> str:
    """The code of a TOTP secret at a moment (seconds of the epoch; now when not given), RFC 6238."""
    counter = int(time.time() if moment is None else moment) // 30
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))
