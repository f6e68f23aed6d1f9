"""What the gate's tests share: a bank with its officer."""

from __future__ import annotations

import pytest

from goodfaith.common.acting import Acting
from tests.city import City
from tests.gate.cast import officer


@pytest.fixture
def bank(city: City) -> Acting:
    """A bank's officer, who asks under ``credit_granting``."""
    return officer("clerk", "bank").acting
