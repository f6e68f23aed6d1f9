"""Asks a server over kept connections, as fast as it answers, from a process of its own; used by the benchmarks."""

from __future__ import annotations

import asyncio
import functools
import json
import random
import sys
import time
from pathlib import Path

OK = b"HTTP/1.1 200"


class Asking(asyncio.Protocol):
    """One connection: sends a request, reads the answer whole, sends the next."""

    def __init__(self, requests: list[bytes], until: float, ended: asyncio.Future[int]) -> None:
        self.requests, self.until, self.ended = requests, until, ended
        self.rest, self.count, self.bad = b"", 0, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._send()

    def _send(self) -> None:
        self.transport.write(random.choice(self.requests))  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.rest += data
        head, found, body = self.rest.partition(b"\r\n\r\n")
        if not found:
            return
        place = head.lower().find(b"content-length:")
        length = int(head[place + 15 :].split(b"\r\n", 1)[0])
        if len(body) < length:
            return
        self.rest = body[length:]
        if head.startswith(OK):
            self.count += 1
        else:
            self.bad = head + body
        if self.bad or time.perf_counter() > self.until:
            self.transport.close()
        else:
            self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(self.count)
            if self.bad:
                print(self.bad[:400], file=sys.stderr)


async def ask(port: int, requests: list[bytes], connections: int, seconds: float) -> float:
    """Good answers per second over all connections."""
    loop = asyncio.get_running_loop()
    until = time.perf_counter() + seconds
    futures = []
    for _ in range(connections):
        ended: asyncio.Future[int] = loop.create_future()
        await loop.create_connection(functools.partial(Asking, requests, until, ended), "127.0.0.1", port)
        futures.append(ended)
    return sum(await asyncio.gather(*futures)) / seconds


if __name__ == "__main__":
    port, path, connections, seconds = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    wanted = [text.encode() for text in json.loads(path.read_text())]
    print(asyncio.run(ask(port, wanted, connections, seconds)))
