"""An organisation's public page through the real server, as a share of an empty Django page on the same server.

Both are asked in turn, in pairs, over kept connections; printed are requests per second (median of the pairs)
and the ratio, for one page asked again and again and for pages picked at random among many organisations.
Limit: at least 0.40.
"""

from __future__ import annotations

import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIMIT = 0.40
CONNECTIONS, SECONDS, PAIRS, MANY = 8, 2.0, 5, 300


class Answers:
    """A kept connection that asks for pages and reads each answer whole."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.rest = b""

    def ask(self, path: str) -> None:
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        while b"\r\n\r\n" not in self.rest:
            self.rest += self._more()
        head, _, body = self.rest.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{path}: {head[:60]!r}")
        lines = head.lower().split(b"\r\n")
        length = int(next(line for line in lines if line.startswith(b"content-length")).split()[1])
        while len(body) < length:
            body += self._more()
        self.rest = body[length:]

    def _more(self) -> bytes:
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise SystemExit("the server closed the connection")
        return piece


def rate(port: int, paths: list[str]) -> float:
    """Requests per second over all connections."""
    counts = [0] * CONNECTIONS
    until = time.perf_counter() + SECONDS

    def work(n: int) -> None:
        answers, chooser = Answers(port), random.Random(n)
        while time.perf_counter() < until:
            answers.ask(chooser.choice(paths))
            counts[n] += 1

    threads = [threading.Thread(target=work, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def compare(port: int, name: str, paths: list[str]) -> float:
    """Print the comparison in pairs; the median ratio."""
    pairs = [(rate(port, ["/empty/"]), rate(port, paths)) for _ in range(PAIRS)]
    ratio = statistics.median(page / empty for empty, page in pairs)
    empty, page = (statistics.median(column) for column in zip(*pairs, strict=True))
    verdict = "ok" if ratio >= LIMIT else "BELOW THE LIMIT"
    print(f"{name}: empty {empty:.0f}/s, page {page:.0f}/s, ratio {ratio:.2f} (limit {LIMIT:.2f}) {verdict}")
    return ratio


def organisations() -> list[str]:
    """Addresses of organisations that have open records, most records first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id FROM open.record GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT %s", [MANY])
        return [f"/organisations/{row[0]}/" for row in cursor.fetchall()]


def main() -> int:
    os.environ.setdefault("GOODFAITH_HOME", tempfile.mkdtemp(prefix="goodfaith-bench-"))
    from goodfaith.running.connecting import connect

    connect("owner")
    from goodfaith.demo import commands
    from goodfaith.running import prepare

    prepare.migrate()
    prepare.load_packs()
    commands.load()
    paths = organisations()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1",
        "--blocking-threads", "2", "--no-ws", "--log-level", "error", "_page_app:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=HERE)
    try:
        _wait(port)
        middle = paths[len(paths) // 2 :][:1]
        ratios = [compare(port, "one page", middle), compare(port, f"{len(paths)} pages at random", paths)]
    finally:
        server.terminate()
        server.wait()
    return 0 if min(ratios) >= LIMIT else 1


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    sys.exit(main())
