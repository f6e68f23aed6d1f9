"""Signed statements: only the platform's own keys sign, nothing altered or forged passes, nothing private gets out."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

from goodfaith.common import home as homes
from goodfaith.common import publication_keys
from goodfaith.common.problems import Problem
from goodfaith.common.publishing import TYPE, canonical, jwks, rotate, sign, verify

DAY = dt.date(2026, 11, 27)
SAID = {"b": "更正", "a": 1, "list": [True, None]}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own, without keys."""
    monkeypatch.setattr(publication_keys, "home", lambda: tmp_path)
    monkeypatch.setattr(homes, "home", lambda: tmp_path)
    monkeypatch.delenv(publication_keys.VARIABLE, raising=False)
    return tmp_path


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _forged(header: dict[str, Any], key: JWK | None = None, payload: bytes = b"{}") -> str:
    """A token with any header, signed by a key or by nobody."""
    head = json.dumps(header).encode()
    if key is None:
        return f"{_b64(head)}.{_b64(payload)}."
    token = JWS(payload)
    token.allowed_algs = [header["alg"]]
    token.add_signature(key, alg=header["alg"], protected=head.decode())
    return str(token.serialize(compact=True))


def test_what_is_signed_is_verified(place: Path) -> None:
    token = sign(SAID)
    assert token.count(".") == 2 and verify(token, jwks()) == SAID
    header, payload, _ = token.split(".")
    assert base64.urlsafe_b64decode(payload + "==") == '{"a":1,"b":"更正","list":[true,null]}'.encode()
    told = json.loads(base64.urlsafe_b64decode(header + "=="))
    assert told == {"alg": "EdDSA", "kid": jwks()["keys"][0]["kid"], "typ": TYPE}
    assert sign(json.dumps(SAID, indent=3).encode()) == token == sign(dict(reversed(SAID.items())))


def test_every_altered_token_is_refused(place: Path) -> None:
    token = sign(SAID)
    for at in range(0, len(token), 3):
        other = "A" if token[at] != "A" else "B"
        changed = token[:at] + other + token[at + 1 :]
        if _same_bytes(changed, token):
            continue  # the last character of base64 has bits that mean nothing
        with pytest.raises(Problem) as problem:
            verify(changed, jwks())
        assert problem.value.code == "statement_invalid"


def _same_bytes(one: str, other: str) -> bool:
    try:
        read = [[base64.urlsafe_b64decode(part + "==") for part in token.split(".")] for token in (one, other)]
    except ValueError:
        return False
    return read[0] == read[1]


def _forgeries() -> dict[str, Callable[[str], str]]:
    mallory = JWK.generate(kty="OKP", crv="Ed25519")
    secret = JWK.generate(kty="oct", size=256)
    rsa = JWK.generate(kty="RSA", size=2048)
    full = {"alg": "EdDSA", "typ": TYPE}
    return {
        "none": lambda kid: _forged({"alg": "none", "kid": kid, "typ": TYPE}),
        "None": lambda kid: _forged({"alg": "None", "kid": kid, "typ": TYPE}),
        "no signature": lambda kid: _forged({**full, "kid": kid}),
        "hmac": lambda kid: _forged({"alg": "HS256", "kid": kid, "typ": TYPE}, secret),
        "rsa": lambda kid: _forged({"alg": "RS256", "kid": kid, "typ": TYPE}, rsa),
        "another key under our id": lambda kid: _forged({**full, "kid": kid}, mallory),
        "unknown id": lambda kid: _forged({**full, "kid": mallory.thumbprint()}, mallory),
        "no id": lambda kid: _forged(full, mallory),
        "id is a list": lambda kid: _forged({**full, "kid": [kid]}, mallory),
        "brings its own key": lambda kid: _forged({**full, "kid": kid, "jwk": mallory.export_public(as_dict=True)}, mallory),
        "critical": lambda kid: _forged({**full, "kid": kid, "crit": ["b64"], "b64": False}),
        "two parts": lambda kid: "e30.e30", "empty": lambda kid: "", "not base64": lambda kid: "ä.ö.ü",
        "a thousand parts": lambda kid: "." * 1000, "header is a list": lambda kid: f"{_b64(b'[]')}.e30.e30",
        "JSON form": lambda kid: '{"payload":"e30","signatures":[]}',
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(_forgeries()))
def test_forgeries_are_refused(place: Path, name: str) -> None:
    sign(SAID)
    with pytest.raises(Problem) as problem:
        verify(_forgeries()[name](jwks()["keys"][0]["kid"]), jwks())
    assert problem.value.code == "statement_invalid" and problem.value.status == 400


def test_a_statement_of_another_kind_is_refused(place: Path) -> None:
    token = sign(SAID, typ="goodfaith-recall+jws")
    assert verify(token, jwks(), typ="goodfaith-recall+jws") == SAID
    with pytest.raises(Problem):
        verify(token, jwks())


def test_keys_are_kept_apart(place: Path) -> None:
    assert jwks() == {"keys": []} and not list(place.iterdir())  # reading makes nothing
    sign(SAID)
    private, public = place / "publication.json", place / "publication-public.json"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600 and stat.S_IMODE(public.stat().st_mode) == 0o644
    seed = json.loads(private.read_bytes())["keys"][0]["d"]
    for text in (public.read_text(encoding="utf-8"), json.dumps(jwks())):
        assert seed not in text and '"d"' not in text
    assert jwks()["keys"][0].keys() == {"kty", "crv", "x", "kid", "alg", "use", "made"}


def test_who_only_verifies_needs_no_private_key(place: Path) -> None:
    token = sign(SAID)
    (place / "publication.json").unlink()
    assert verify(token, jwks()) == SAID
    with pytest.raises(Problem) as problem:  # and makes no other key in the place of a lost one
        sign(SAID)
    assert problem.value.code == "publication_keys" and not (place / "publication.json").exists()


def test_a_private_member_in_the_public_file_is_not_handed_out(place: Path) -> None:
    sign(SAID)
    (place / "publication-public.json").write_bytes((place / "publication.json").read_bytes())
    assert all("d" not in key for key in jwks()["keys"])


def test_rotation(place: Path) -> None:
    before = sign(SAID)
    first = jwks()["keys"][0]["kid"]
    second = rotate(on=DAY)
    after = sign(SAID)
    assert [key["kid"] for key in jwks()["keys"]] == [first, second] and jwks()["keys"][0]["retired"] == "2026-11-27"
    assert verify(before, jwks()) == verify(after, jwks()) == SAID and before != after
    held = json.loads((place / "publication.json").read_bytes())["keys"]
    assert ["d" in key for key in held] == [False, True]  # the old private half is gone
    with pytest.raises(Problem):
        verify(after, {"keys": jwks()["keys"][:1]})


def test_a_key_in_wrong_hands_verifies_nothing(place: Path) -> None:
    stolen = sign(SAID)
    rotate(on=DAY, distrust=True)
    assert len(jwks()["keys"]) == 1 and verify(sign(SAID), jwks()) == SAID
    with pytest.raises(Problem):
        verify(stolen, jwks())


def test_a_lost_key_is_followed_by_another(place: Path) -> None:
    before = sign(SAID)
    (place / "publication.json").unlink()
    rotate(on=DAY)
    assert verify(before, jwks()) == SAID and verify(sign(SAID), jwks()) == SAID


def test_a_lost_public_file_comes_back(place: Path) -> None:
    rotate(on=DAY)
    rotate(on=DAY)
    kept = jwks()
    (place / "publication-public.json").unlink()
    sign(SAID)
    assert jwks() == kept and len(kept["keys"]) == 2


def test_keys_of_the_environment(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign(SAID)
    text = (place / "publication.json").read_text(encoding="utf-8")
    for path in list(place.iterdir()):
        path.unlink()
    monkeypatch.setenv(publication_keys.VARIABLE, text)
    assert verify(sign(SAID), jwks()) == SAID and not (place / "publication.json").exists()
    with pytest.raises(Problem) as problem:
        rotate(on=DAY)
    assert problem.value.code == "keys_not_in_file"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"keys": []}', '{"keys": [{"kty": "oct", "k": "AA", "kid": "x"}]}'])
def test_a_broken_file_is_told(place: Path, text: str) -> None:
    (place / "publication.json").write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as problem:
        sign(SAID)
    assert problem.value.code == "publication_keys"
    assert (place / "publication.json").read_text(encoding="utf-8") == text


def test_only_json_is_signed(place: Path) -> None:
    for said in ({"on": DAY}, {"n": float("nan")}, {"t": "\ud800"}, b"[]", b"{", b'{"a":1,"a":2}', b"\xff"):
        with pytest.raises(Problem) as problem:
            sign(said)  # type: ignore[arg-type]
        assert problem.value.code == "not_json"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), json_values, max_size=5))
def test_the_canonical_form(said: dict[str, Any]) -> None:
    """It says the same, whatever the order of the members, and signing its bytes again changes nothing."""
    assert json.loads(canonical(said)) == said
    assert canonical(dict(reversed(said.items()))) == canonical(said) == canonical(json.loads(canonical(said)))


def test_the_verifier_in_the_documents_verifies(place: Path) -> None:
    """What ``docs/rights-notices.md`` prints is run as it stands, by itself."""
    page = (ROOT / "docs/rights-notices.md").read_text(encoding="utf-8")
    (place / "verify.py").write_text(re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0], encoding="utf-8")
    token = sign(SAID, typ="goodfaith-withdrawal+jws")
    (place / "keys.json").write_text(json.dumps(jwks()), encoding="utf-8")

    def run(text: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "verify.py", "keys.json", "goodfaith-withdrawal+jws"]
        return subprocess.run(command, input=text, cwd=place, capture_output=True, text=True, check=False)

    good = run(token)
    assert good.returncode == 0 and json.loads(good.stdout) == SAID
    head, _, signature = token.split(".")
    mallory = JWK.generate(kty="OKP", crv="Ed25519")
    kid = jwks()["keys"][0]["kid"]
    for bad in (f"{head}.{_b64(b'{}')}.{signature}", sign(SAID), _forged({"alg": "none", "kid": kid, "typ": "goodfaith-withdrawal+jws"}),
                _forged({"alg": "EdDSA", "kid": kid, "typ": "goodfaith-withdrawal+jws"}, mallory)):  # fmt: skip
        assert run(bad).returncode != 0
