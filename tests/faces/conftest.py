"""What the faces' tests share: the English texts are compiled, and no test leaves its language to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import deactivate

from goodfaith.faces.parts import units
from goodfaith.running.prepare import compile_texts


@pytest.fixture(scope="session", autouse=True)
def _english_texts() -> None:
    """As ``goodfaith serve`` does before the first page."""
    compile_texts()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """The test client answers in the test's own thread, which keeps the language of the last page."""
    deactivate()
    yield
    deactivate()


@pytest.fixture(autouse=True)
def _own_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages keep the names of units for a minute; those of the last test's city are not this one's."""
    monkeypatch.setattr(units, "_kept", (0.0, {}))
