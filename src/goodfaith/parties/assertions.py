"""Signed assertions of machine clients: each is good for one token."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from goodfaith.common.clock import CHINA
from goodfaith.parties.models import Assertion


def do_use_assertion(*, at: dt.datetime, client_id: str, jti: str, expires: float) -> bool:
    """Use an assertion up; False when it was used before. ``expires``: seconds of the epoch.

    Those of the client that have expired go: nobody could use them again.
    """
    until = dt.datetime.fromtimestamp(expires, CHINA)
    Assertion.objects.filter(client_id=client_id, expires_at__lt=at).delete()
    try:
        with transaction.atomic():
            Assertion.objects.create(client_id=client_id, jti=jti, expires_at=until)
    except IntegrityError:
        return False
    return True
