"""Outside witnesses: who is handed the signed heads, so that nobody here could later show another history.

A witness takes the note as it stands. Handing over runs beside the sealing and never holds it up; each attempt
is noted, a failed one tried again, at growing distances.
"""

from __future__ import annotations

import logging
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.ledger import notes
from goodfaith.ledger.actions import do_note_witness
from goodfaith.ledger.models import Checkpoint

log = logging.getLogger("goodfaith.ledger")
ACTING = Acting(kind="job", id="sealer", name="查询日志封存进程")
TIMEOUT = 10
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0
LOOK = 1.0


class Witness(Protocol):
    """Somebody who takes heads; ``give`` raises :class:`OSError` when it could not."""

    name: str

    def give(self, note: str) -> None: ...


class FileDrop:
    """A folder, on a medium or a share that others keep: one file a head, and ``checkpoint``, the latest."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.name = f"file:{self.folder.name}"

    def give(self, note: str) -> None:
        head = notes.parse_checkpoint(note)
        day, time = f"{head.at or clock.now():%Y-%m-%d %H%M%S}".split()
        (self.folder / day).mkdir(parents=True, exist_ok=True)
        for path in (self.folder / day / f"{head.size:012d}-{time}.txt", self.folder / "checkpoint"):
            fresh = path.with_name(f".{path.name}.new")
            fresh.write_text(note, encoding="utf-8")
            fresh.replace(path)


class HttpPost:
    """An address that takes the note as the body of a POST and answers 2xx."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"https", "http"}:
            raise ValueError("GOODFAITH_WITNESS_URLS takes http and https addresses")
        self._url = url
        self.name = parts.hostname or "http"

    def give(self, note: str) -> None:
        request = urllib.request.Request(  # noqa: S310 -- the scheme was looked at above
            self._url, data=note.encode(), headers={"Content-Type": "text/plain; charset=utf-8"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
            pass


def configured() -> list[Witness]:
    """The witnesses of the settings."""
    folder, urls = settings.LEDGER["witness_dir"], settings.LEDGER["witness_urls"]
    return [*([FileDrop(folder)] if folder else []), *map(HttpPost, urls)]


@dataclass
class Round:
    """One witness and when it is to be given the next head."""

    witness: Witness
    given: int = 0
    """The row of the head given last."""
    next_at: float = 0.0
    pause: float = field(default=FIRST_PAUSE)

    def visit(self, newest: Checkpoint, moment: float) -> None:
        """Give the newest head if it is a new one and due."""
        if newest.pk == self.given or moment < self.next_at:
            return
        error = self._try(newest.note)
        do_note_witness(acting=ACTING, at=clock.now(), name=self.witness.name, size=newest.size, error=error)
        if error:
            self.next_at, self.pause = moment + self.pause, min(self.pause * 2, LONGEST_PAUSE)
        else:
            self.given, self.pause = newest.pk, FIRST_PAUSE
            self.next_at = moment + settings.LEDGER["witness_seconds"]

    def _try(self, note: str) -> str:
        try:
            self.witness.give(note)
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or type(error).__name__
            code = f"HTTP {error.code} " if isinstance(error, urllib.error.HTTPError) else ""
            return f"{code}{reason}"[:300]
        return ""


def serve(stop: threading.Event) -> None:
    """Hand heads over until told to stop; runs in a thread of the sealer with a connection of its own."""
    rounds = [Round(witness) for witness in configured()]
    while rounds and not stop.wait(LOOK):
        try:
            newest = Checkpoint.objects.order_by("-size", "-id").first()
            for each in rounds if newest else ():
                assert newest is not None  # noqa: S101
                each.visit(newest, time.monotonic())
        except DatabaseError as error:
            log.warning("witnesses: %s", type(error).__name__)
            connection.close()
    connection.close()
