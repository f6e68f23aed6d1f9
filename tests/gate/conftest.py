"""What the gate's tests share: a bank with its officer, and a city that outlives a transaction."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection

from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM, Acting
from goodfaith.law.actions import do_load_packs
from tests.city import City
from tests.gate.cast import officer


@pytest.fixture
def bank(city: City) -> Acting:
    """A bank's officer, who asks under ``credit_granting``."""
    return officer("clerk", "bank").acting


@pytest.fixture
def lasting_city(transactional_db: None, request: pytest.FixtureRequest) -> City:
    """The city for tests with real transactions, after which every table is emptied."""
    do_load_packs(acting=SYSTEM, at=clock.now(), directory=settings.PACKS_DIR)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_state (id, sealed_at, size, root, open_seconds)"
            " VALUES (1, '9000-01-01', 0, sha256(''::bytea), 120) ON CONFLICT (id) DO UPDATE SET sealed_at = '9000-01-01'"
        )
    found: City = request.getfixturevalue("city")
    return found
