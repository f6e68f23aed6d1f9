"""The bytes of a delivered file, in memory or on disk, opened as often as needed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

BLOCK = 8 * 1024 * 1024


@dataclass
class Blob:
    """``content``: the bytes, a path, or an unnamed temporary file (its rows are about people: it has no
    name in the file system and is gone when closed)."""

    content: bytes | Path | BinaryIO
    filename: str

    @property
    def size(self) -> int:
        """In bytes."""
        if isinstance(self.content, bytes):
            return len(self.content)
        if isinstance(self.content, Path):
            return self.content.stat().st_size
        return self.content.seek(0, io.SEEK_END)

    def open(self) -> BinaryIO:
        """A stream at the first byte. A temporary file is shared: one reader at a time."""
        if isinstance(self.content, bytes):
            return io.BytesIO(self.content)
        if isinstance(self.content, Path):
            return self.content.open("rb")
        self.content.seek(0)
        return self.content

    def head(self, count: int) -> bytes:
        """The first ``count`` bytes."""
        return self.open().read(count)

    def blocks(self, start: int = 0, size: int = BLOCK) -> Iterator[bytes]:
        """The bytes from ``start`` on in pieces. Keeps its own place, so that two readers do not collide."""
        place = start
        stream = self.open()
        while True:
            stream.seek(place)
            piece = stream.read(size)
            if not piece:
                return
            place += len(piece)
            yield piece
