"""``goodfaith clients`` and ``goodfaith officers``, as they are typed."""

from __future__ import annotations

import getpass
import json
import re
import stat
from pathlib import Path

import pytest
from jwcrypto.jwk import JWK

from goodfaith.cli import parser
from goodfaith.common.problems import Problem
from goodfaith.parties.models import MachineClient, User
from tests.parties.office import Office, office

__all__ = ["office"]
pytestmark = pytest.mark.django_db
SCOPE = "purpose:administrative_check"


def run(*words: str) -> int:
    arguments = parser().parse_args(words)
    return int(arguments.owner_run(arguments))


def test_a_client_with_a_secret(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clients", "add", "报送系统", "--unit", "o_market", "--scope", "intake:check", "--id", "c-one") == 0
    assert re.search(r"密钥（只显示这一次）：\S{40,}", capsys.readouterr().out)
    run("clients", "list")
    assert "c-one  报送系统  o_market  共享密钥  在用  intake:check" in capsys.readouterr().out
    run("clients", "deactivate", "c-one")
    assert not MachineClient.objects.get(client_id="c-one").active
    with pytest.raises(Problem):
        run("clients", "deactivate", "c-one")


def test_a_client_with_a_key_made_here(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "key.pem"
    run("clients", "add", "审批", "--unit", "o_market", "--scope", SCOPE, "--id", "c-two", "--new-key", str(place))
    kept = MachineClient.objects.get(client_id="c-two").jwks
    assert kept and kept["keys"][0]["kid"] == JWK.from_pem(place.read_bytes()).thumbprint()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600 and "密钥（只显示" not in capsys.readouterr().out


def test_a_client_with_its_own_keys(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"keys": [JWK.generate(kty="EC", crv="P-256").export_public(as_dict=True)]}))
    run("clients", "add", "审批", "--unit", "o_market", "--scope", SCOPE, "--id", "c-three", "--jwks", str(file))
    assert MachineClient.objects.get(client_id="c-three").jwks
    for bad in (tmp_path / "gone.json", file):
        file.write_text("{")
        with pytest.raises(Problem) as told:
            run("clients", "add", "审批", "--unit", "o_market", "--scope", SCOPE, "--jwks", str(bad))
        assert told.value.code == "file_unreadable"


def test_the_first_administrator(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _question: "990101197001010019")
    run("officers", "add", "first", "--name", "首任", "--unit", "o_office", "--role", "security_admin")
    password = re.search(r"（只显示这一次）：(\S+)", capsys.readouterr().out)
    made = User.objects.get(username="first")
    assert password and made.check_password(password[1]) and made.starter_password
    assert made.role == "security_admin" and made.officer_key
    monkeypatch.setattr(getpass, "getpass", lambda _question: "")
    with pytest.raises(Problem) as told:
        run("officers", "add", "second", "--name", "某人", "--unit", "o_office", "--role", "auditor")
    assert told.value.code == "officer_number_needed"
