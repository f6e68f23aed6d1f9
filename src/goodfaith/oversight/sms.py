"""Short messages: what a sender must do, and one that posts to a gateway."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from goodfaith.common.outbox import NotSent

__all__ = ["HttpSmsSender", "NotSent", "SmsSender", "sender"]
TIMEOUT = 20


class SmsSender(Protocol):
    """Sends one short message. ``key`` is the same for every attempt at one message, so a gateway can drop doubles."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Hand the message over; :class:`NotSent` when it was not taken."""
        ...


class HttpSmsSender:
    """Posts JSON ``{"phone", "text", "key"}`` to ``settings.SMS_URL`` with a bearer token; any 2xx is taken."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Hand the message over to the gateway."""
        body = json.dumps({"phone": phone, "text": text, "key": key}).encode()
        heads = {"Content-Type": "application/json", "Idempotency-Key": key}
        if settings.SMS_TOKEN:
            heads["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
        request = urllib.request.Request(settings.SMS_URL, data=body, headers=heads)  # noqa: S310 - the operator's address
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
                return
        except urllib.error.HTTPError as error:
            raise NotSent(f"gateway answered {error.code}") from error
        except OSError as error:
            raise NotSent(f"gateway unreachable: {type(error).__name__}") from error


def sender() -> SmsSender | None:
    """The sender of this installation; None when short messages are not set up."""
    if not settings.SMS_SENDER:
        return None
    made: SmsSender = import_string(settings.SMS_SENDER)()
    return made
