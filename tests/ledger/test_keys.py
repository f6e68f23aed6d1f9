"""Where the signing keys lie."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from goodfaith.common import home
from goodfaith.common.problems import Problem
from goodfaith.ledger import keys


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation in a folder of its own."""
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    monkeypatch.setattr(home, "home", lambda: tmp_path)
    monkeypatch.setattr(keys, "home", lambda: tmp_path)
    monkeypatch.setattr(keys, "mark", lambda: "abc")
    return tmp_path


def test_the_first_key_is_made_once_and_only_we_read_it(folder: Path) -> None:
    first = keys.signers("990100")
    assert keys.signers("990100") == first
    assert [signer.name for signer in first] == ["goodfaith/990100/abc"]
    assert stat.S_IMODE((folder / keys.FILE).stat().st_mode) == 0o600


def test_the_next_key_stands_after_the_current_one(folder: Path) -> None:
    (current,) = keys.signers("990100")
    fresh, text = keys.following(current)
    assert keys.signers("990100") == [current]
    assert keys.keep(text) == folder / keys.FILE
    assert keys.signers("990100") == [current, fresh]
    assert stat.S_IMODE((folder / keys.FILE).stat().st_mode) == 0o600
    third, text = keys.following(fresh)
    keys.keep(text)
    assert keys.signers("990100") == [fresh, third]  # the first is not kept for ever


def test_keys_of_the_environment_are_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (current,) = keys.signers("990100")
    monkeypatch.setenv(keys.VARIABLE, (folder / keys.FILE).read_text())
    assert keys.keep(keys.following(current)[1]) is None
    assert keys.signers("990100") == [current]


@pytest.mark.parametrize(
    "held",
    ["", "x", "[]", '{"origin": "a", "keys": []}', '{"origin": "a b", "keys": ["%s="]}' % ("A" * 43), '{"origin": "a", "keys": ["AA=="]}'],
)  # fmt: skip
def test_a_broken_file_is_told(folder: Path, held: str) -> None:
    (folder / keys.FILE).write_text(held)
    with pytest.raises(Problem, match="无法识别"):
        keys.signers("990100")


def test_an_installation_from_before_gets_the_sealers_password(folder: Path) -> None:
    (folder / "database.json").write_text(json.dumps({"owner": "a", "web": "b", "jobs": "c", "more": "d"}))
    given = home.database_passwords.__wrapped__()
    assert {name: given[name] for name in ("owner", "web", "jobs", "more")} == dict(
        zip(("owner", "web", "jobs", "more"), "abcd", strict=True)
    )
    assert len(given["sealer"]) > 20
    assert home.database_passwords.__wrapped__() == given
    assert stat.S_IMODE((folder / "database.json").stat().st_mode) == 0o600


def test_a_lost_file_is_told_and_no_other_key_takes_its_place(folder: Path) -> None:
    """The next backup would take the new file for the right one."""
    keys.signers("990100")
    (folder / keys.FILE).unlink()
    with pytest.raises(Problem, match="不见了"):
        keys.signers("990100", begun=True)
    assert not (folder / keys.FILE).exists()
