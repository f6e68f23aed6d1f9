"""An installation of its own for the platform's publication keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodfaith.common import home as homes
from goodfaith.common import publication_keys


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the keys lie: a folder that is gone after the test."""
    monkeypatch.setattr(publication_keys, "home", lambda: tmp_path)
    monkeypatch.setattr(homes, "home", lambda: tmp_path)
    monkeypatch.delenv(publication_keys.VARIABLE, raising=False)
    return tmp_path
