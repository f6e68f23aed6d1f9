"""What the tests of the rights share: the town of :mod:`.town`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rights.town import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """The town, gone after the test."""
    return make_town()


@pytest.fixture
def lasting_town(lasting: None) -> Any:
    """The same for tests with real transactions."""
    return make_town()
