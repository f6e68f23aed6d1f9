"""What /ledger/ serves: enough to check everything without us, and nothing about a person."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM
from goodfaith.faces.parts import ledger_head
from goodfaith.ledger import actions, notes, tree
from tests.city import City
from tests.conftest import WebClient
from tests.ledger.conftest import append


@pytest.fixture
def log(db: None) -> int:
    """260 and then 40 entries sealed."""
    for count in (260, 40):
        with connection.cursor() as cursor:
            append(cursor, count)
        actions.do_seal(acting=SYSTEM, at=clock.now())
    return 300


def _hex(path: list[str]) -> list[bytes]:
    return [bytes.fromhex(step) for step in path]


def test_a_stranger_checks_everything_from_what_is_served(log: int, web: WebClient) -> None:
    """Head, keys, tiles, bundles and proofs agree with each other, computed here from the hashes alone."""
    listed = web.get("/ledger/keys").json()["keys"]
    known = [notes.parse_vkey(key["vkey"]) for key in listed]
    assert web.get("/ledger/keys?format=vkey").content.decode() == f"{listed[0]['vkey']}\n"
    head = notes.open_checkpoint(web.get("/ledger/checkpoint").content.decode(), known)
    assert head.size == 300
    full, part = web.get("/ledger/tile/0/000"), web.get("/ledger/tile/0/001.p/44")
    hashes = tree.hashes_of(full.content + part.content)
    assert tree.root(300, lambda level, n: tree.full_head(hashes[n << level : (n + 1) << level])) == head.root
    bundle = web.get("/ledger/tile/entries/001.p/44").content
    leaves = [bundle[i : i + 34] for i in range(0, len(bundle), 34)]
    assert all(leaf[:2] == b"\x00\x20" for leaf in leaves)
    assert [tree.leaf_hash(leaf[2:]) for leaf in leaves] == hashes[256:]
    assert web.get("/ledger/tile/1/000.p/1").content == tree.full_head(hashes[:256])
    proof = web.get("/ledger/proof/inclusion?index=270&size=300").json()
    assert tree.verify_inclusion(hashes[270], 270, 300, _hex(proof["path"]), head.root)
    grown = web.get("/ledger/proof/consistency?old=260&new=300").json()
    before = tree.root(260, lambda level, n: tree.full_head(hashes[n << level : (n + 1) << level]))
    assert tree.verify_consistency(260, 300, before, head.root, _hex(grown["path"]))


def test_what_is_kept_how_long(log: int, web: WebClient, city: City) -> None:
    assert "immutable" in web.get("/ledger/tile/0/000")["Cache-Control"]
    assert "immutable" in web.get("/ledger/tile/entries/000")["Cache-Control"]
    assert "immutable" not in web.get("/ledger/tile/0/001.p/44")["Cache-Control"]
    assert web.get("/ledger/checkpoint")["Cache-Control"] == "no-cache"
    web.force_login(city.users["citizen"])
    assert web.get("/ledger/tile/0/000")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("tile/0/001", 404), ("tile/0/001.p/45", 404), ("tile/0/002", 404), ("tile/2/000.p/1", 404), ("tile/64/000", 404),
        ("tile/0/0", 404), ("tile/0/x000/001", 404), ("tile/0/001.p/0", 404), ("tile/entries/001.p/45", 404),
        ("tile/entries/999", 404), ("tile/0/" + "x999/" * 9 + "999", 404), ("tile/0/../checkpoint", 404),
        ("proof/inclusion?index=300&size=300", 400), ("proof/inclusion?index=0&size=301", 400),
        ("proof/inclusion?index=-1&size=3", 400), ("proof/inclusion?index=x&size=3", 400), ("proof/inclusion", 400),
        ("proof/inclusion?index=1&size=" + "9" * 40, 400), ("proof/consistency?old=5&new=4", 400),
        ("proof/consistency?old=5&new=301", 400), ("proof/consistency?old=٣&new=4", 400),
    ],
)  # fmt: skip
def test_what_is_not_there(log: int, web: WebClient, path: str, status: int) -> None:
    answer = web.get(f"/ledger/{path}")
    assert answer.status_code == status
    if answer["Content-Type"] == "application/problem+json":
        assert answer.json()["title"]


def test_an_empty_tile_number_too_large_for_the_database(log: int, web: WebClient) -> None:
    for path in ("x999/x999/x999/x999/x999/x999/999", "x009/x223/x372/x036/x854/x775/807"):
        assert web.get(f"/ledger/tile/0/{path}").status_code == 404
        assert web.get(f"/ledger/tile/entries/{path}").status_code == 404


def test_the_page_and_the_home_show_the_head(log: int, web: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_head, "_kept", (float("-inf"), None))
    root = base64.b64decode(web.get("/ledger/checkpoint").content.decode().split("\n")[2]).hex()
    actions.do_note_witness(acting=SYSTEM, at=clock.now(), name="file:drop", size=300)
    actions.do_note_witness(acting=SYSTEM, at=clock.now(), name="witness.example", size=300, error="Timeout")
    page = web.get(reverse("public:ledger"), headers={"Accept-Language": "zh-hans"}).content.decode()
    assert root in page
    assert "正在重试" in page
    assert web.get("/ledger/keys").json()["keys"][0]["vkey"] in page.replace("&#x2B;", "+")
    assert root[:16] in web.get("/").content.decode()


def test_the_page_says_when_the_sealing_stands_still(log: int, web: WebClient) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_state SET sealed_at = now() - interval '1 hour'")
    page = web.get(reverse("public:ledger"), headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "查询日志暂时没有封存" in page


def test_before_the_first_seal(web: WebClient) -> None:
    assert web.get(reverse("public:ledger")).status_code == 200
    assert web.get("/ledger/checkpoint").status_code == 404


def test_nothing_served_tells_an_entry(log: int, web: WebClient) -> None:
    from tests.ledger.conftest import PLAIN

    said: list[Any] = [PLAIN["name"], PLAIN["unit"], PLAIN["purpose"], PLAIN["subject"], "示许"]
    for path in ("", "checkpoint", "keys", "tile/0/000", "tile/entries/000", "proof/inclusion?index=1&size=300"):
        body = web.get(f"/ledger/{path}").content
        assert not any(str(word).encode() in body for word in said)
    assert json.loads(web.get("/ledger/proof/inclusion?index=1&size=300").content).keys() == {"index", "size", "root", "path"}


def test_the_verifier_is_the_one_that_is_tested(web: WebClient) -> None:
    from pathlib import Path

    from goodfaith.ledger import verifier

    assert web.get("/ledger/verifier.py").content == Path(verifier.__file__).read_bytes()
