"""Breached passwords, looked up in both forms of the list."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.parties.breached import is_breached

LEAKED = [f"leaked-password-{n}" for n in range(200)]


def _digest(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


@pytest.fixture(scope="module", params=["file", "folder", "windows"])
def breach_list(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("breached")
    if request.param != "folder":
        end = "\r\n" if request.param == "windows" else "\n"
        path = folder / "list.txt"
        path.write_bytes("".join(f"{one}:3{end}" for one in sorted(map(_digest, LEAKED))).encode())
        return path
    for digest in map(_digest, LEAKED):
        with (folder / f"{digest[:5]}.txt").open("a") as file:
            file.write(f"{digest[5:]}:3\n")
    return folder


def test_all_that_leaked_is_found(breach_list: Path) -> None:
    assert all(is_breached(password, breach_list) for password in LEAKED)


@given(st.text(max_size=30).filter(lambda text: text not in LEAKED))
def test_nothing_else_is(breach_list: Path, password: str) -> None:
    assert not is_breached(password, breach_list)


def test_the_validator_asks_it(breach_list: Path, settings: pytest.FixtureRequest) -> None:
    settings.BREACH_LIST = str(breach_list)  # type: ignore[attr-defined]
    with pytest.raises(ValidationError) as told:
        validate_password(LEAKED[7])
    assert told.value.error_list[0].code == "password_breached"
    validate_password("leaked-password-x")


def test_a_list_that_is_gone_is_no_open_door(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.BREACH_LIST = str(tmp_path / "gone.txt")  # type: ignore[attr-defined]
    with pytest.raises(ValidationError) as told:
        validate_password("whatever-it-may-be")
    assert told.value.error_list[0].code == "breach_list_away"


@pytest.mark.parametrize("password", ["short-one-1", "qwertyuiop123", "123456789012", "password1234"])
def test_short_and_common_ones_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)
