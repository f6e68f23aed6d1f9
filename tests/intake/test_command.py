"""``goodfaith intake check``: what it asks of a database, and what it says when there is none or no file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from goodfaith.common.problems import Problem
from goodfaith.intake import commands
from tests.intake.conftest import PENALTY, csv_bytes, deliver, numbered


def ready() -> None:
    """The tests' own database is set up already."""


def asked(path: Path, unit: str, capsysbinary: pytest.CaptureFixture[bytes]) -> tuple[int, dict[str, Any]]:
    code = commands.check(path, PENALTY, unit=unit, json=True, ready=ready)
    return code, json.loads(capsysbinary.readouterr().out)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "penalties.csv"
    path.write_bytes(csv_bytes(*numbered(3)))
    return path


def test_an_unknown_unit_can_check_nothing(
    world: None, table: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, answer = asked(table, "nope", capsysbinary)
    assert (code, answer["error"]["code"]) == (2, "unit_unknown")
    assert asked(table, "tax", capsysbinary)[1]["error"]["code"] == "item_not_of_unit"


def test_rows_delivered_before_are_found(
    world: None, table: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    deliver(csv_bytes(*numbered(2)), unit="market")
    code, answer = asked(table, "market", capsysbinary)
    assert (code, answer["rows"], answer["good"]) == (0, 3, 1)
    assert [(found["row"], found["code"]) for found in answer["duplicates"]] == [(2, "row_delivered"), (3, "row_delivered")]


def test_without_a_database_the_file_is_checked_and_the_gap_is_told(table: Path, tmp_path: Path) -> None:
    """In a process of its own, with a fresh home: no cluster is made for a check."""
    home = tmp_path / "home"
    inherited = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run(
        [sys.executable, "-m", "goodfaith.cli", "intake", "check", str(table), "--item", PENALTY, "--unit", "x", "--json"],
        env=inherited | {"GOODFAITH_HOME": str(home), "GOODFAITH_DB_ROLE": "jobs"},
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0 and json.loads(done.stdout)["good"] == 3
    assert "未能核对" in done.stderr.decode() and not list(home.rglob("PG_VERSION"))


def refuses(*_: Any, **__: Any) -> Any:
    raise PermissionError(13, "Permission denied")


def test_what_is_no_file_is_told(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path, code in (
        (tmp_path, "file_is_folder"),
        (tmp_path / "nothing.csv", "file_not_found"),
        (tmp_path / "pipe.csv", "file_not_readable"),
    ):
        with pytest.raises(Problem) as caught:
            commands._file(path)
        assert caught.value.code == code
    monkeypatch.setattr(Path, "open", refuses)
    with pytest.raises(Problem) as caught:
        commands._file(table)
    assert caught.value.code == "file_not_readable" and "Permission denied" in caught.value.what
