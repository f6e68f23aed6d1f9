"""Heads go out to a folder and by POST, each handing-over is noted, and a deaf witness holds nothing up."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from goodfaith.ledger import queries, verifier, witnesses
from goodfaith.ledger.models import Checkpoint, Witness
from tests.ledger.conftest import OwnDatabase, append


class Taker(HTTPServer):
    """A witness that keeps what it is given; it answers with ``status``."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.status = 200
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/heads?token=hidden"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Taker)
        server.taken.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(server.status)
        self.end_headers()

    def log_message(self, *_given: Any) -> None:
        pass


@pytest.fixture
def taker() -> Iterator[Taker]:
    server = Taker()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _newest() -> Checkpoint:
    found = Checkpoint.objects.order_by("-size", "-id").first()
    assert found
    return found


def test_the_folder_keeps_every_head_and_the_latest(sealed: Any, tmp_path: Path) -> None:
    drop = witnesses.FileDrop(tmp_path / "a" / "drop")
    for _ in range(2):
        with connection.cursor() as cursor:
            append(cursor)
        sealed()
        drop.give(_newest().note)
    assert (drop.folder / "checkpoint").read_text() == _newest().note
    kept = sorted(drop.folder.rglob("*.txt"))
    assert [path.name[:13] for path in kept] == ["000000000001-", "000000000002-"]
    keys = [verifier.read_key(key.vkey) for key in queries.signing_keys()]
    assert [verifier.read_head(path.read_text(), keys, "x").size for path in kept] == [1, 2]


def test_a_head_is_given_when_it_changed_and_not_too_often(sealed: Any, taker: Taker) -> None:
    with connection.cursor() as cursor:
        append(cursor)
    sealed()
    one = witnesses.Round(witnesses.HttpPost(taker.url))
    for moment in (0.0, 1.0, 70.0):
        one.visit(_newest(), moment)
    assert taker.taken == [_newest().note]
    with connection.cursor() as cursor:
        append(cursor)
    sealed()
    one.visit(_newest(), 59.0)
    assert len(taker.taken) == 1
    one.visit(_newest(), 61.0)
    assert taker.taken[1] == _newest().note
    assert list(Witness.objects.order_by("id").values_list("name", "size", "outcome")) == [
        ("127.0.0.1", 1, "given"), ("127.0.0.1", 2, "given"),
    ]  # fmt: skip


def test_a_failure_is_noted_and_tried_again_further_and_further(sealed: Any, taker: Taker) -> None:
    with connection.cursor() as cursor:
        append(cursor)
    sealed()
    taker.status = 503
    one = witnesses.Round(witnesses.HttpPost(taker.url))
    for moment in (0.0, 1.0, 5.0, 6.0, 15.0):
        one.visit(_newest(), moment)
    assert len(taker.taken) == 3
    assert set(Witness.objects.values_list("outcome", "message")) == {("failed", "HTTP 503 Service Unavailable")}
    assert [(view.failed, view.given_at) for view in queries.witnesses()] == [(True, None)]
    taker.status = 204
    one.visit(_newest(), 40.0)
    assert [(view.failed, view.given_size) for view in queries.witnesses()] == [(False, 1)]
    assert "hidden" not in "".join(f"{row.name}{row.message}" for row in Witness.objects.all())


def test_nobody_there_is_noted(sealed: Any, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        append(cursor)
    sealed()
    (tmp_path / "file").write_text("")
    for witness in (witnesses.HttpPost("http://127.0.0.1:9/"), witnesses.FileDrop(tmp_path / "file" / "drop")):
        witnesses.Round(witness).visit(_newest(), 0.0)
    assert [row.outcome for row in Witness.objects.all()] == ["failed", "failed"]
    assert all(row.message for row in Witness.objects.all())


def test_only_http_addresses_are_taken() -> None:
    with pytest.raises(ValueError, match="http"):
        witnesses.HttpPost("file:///etc/passwd")


def test_a_deaf_witness_does_not_hold_up_the_sealing(own: OwnDatabase, taker: Taker) -> None:
    """A real sealer, one witness that never answers and one that does."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as deaf:  # takes the connection and says nothing
        urls = f"http://127.0.0.1:{deaf.getsockname()[1]}/,{taker.url}"
        environment = own.environment() | {"GOODFAITH_SEAL_SECONDS": "0.05", "GOODFAITH_WITNESS_URLS": urls}
        sealer = subprocess.Popen([sys.executable, "-m", "goodfaith.cli", "sealer"], env=environment)
        try:
            with own.connect() as watching, watching.cursor() as cursor:
                slowest = 0.0
                for _ in range(20):
                    began = time.monotonic()
                    entry = append(cursor)[0]
                    while not watching.execute("SELECT 1 FROM ledger_leaf WHERE entry_id = %s", [entry]).fetchone():
                        assert time.monotonic() - began < 20
                        time.sleep(0.02)
                    slowest = max(slowest, time.monotonic() - began) if _ else 0.0
                assert slowest < 5
                deadline = time.monotonic() + 20
                while not taker.taken and time.monotonic() < deadline:
                    time.sleep(0.1)
            assert taker.taken
            assert (own.home / "drop" / "checkpoint").exists()
        finally:
            sealer.kill()
            sealer.wait()
