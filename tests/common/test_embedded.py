"""The embedded server as a newcomer meets it: starts, asks for passwords, stops with its last user."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from goodfaith.common import embedded

SCRIPT = """
from goodfaith.common import embedded
embedded.ensure_running()
assert embedded.is_running()
print(embedded.state(), embedded.socket_folder())
"""


def test_starts_and_stops_with_its_last_user(tmp_path: Path) -> None:
    env = os.environ | {"GOODFAITH_HOME": str(tmp_path / "a home with spaces 家"), "GOODFAITH_FAST": "1"}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    check = SCRIPT.replace("embedded.ensure_running()", "").replace("assert embedded", "assert not embedded")
    after = subprocess.run([sys.executable, "-c", check], env=env, capture_output=True, text=True, timeout=60)
    assert after.returncode == 0, after.stderr


def test_nobody_gets_in_without_a_password(db: None) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=str(embedded.socket_folder()), user="goodfaith_web", dbname="postgres", password="guess")


def test_keys_are_private() -> None:
    from goodfaith.common.home import home

    for name in ("keys.json", "database.json", "secret_key"):
        assert (home() / name).stat().st_mode & 0o077 == 0
