"""Which characters a font can print: the ``cmap`` table of an OpenType file (format 12), read without a library."""

from __future__ import annotations

import bisect
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

FULL = 12
"""The subtable's format that reaches beyond the first 65,536 characters."""


@dataclass(frozen=True)
class Coverage:
    """Ranges of code points, ascending: ``firsts[i]`` to ``lasts[i]``, both included."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def __contains__(self, character: str) -> bool:
        at = bisect.bisect_right(self.firsts, ord(character)) - 1
        return at >= 0 and ord(character) <= self.lasts[at]


def _table(file: BinaryIO, wanted: bytes) -> bytes:
    head = file.read(12)
    for _ in range(struct.unpack(">H", head[4:6])[0]):
        tag, _sum, offset, length = struct.unpack(">4sIII", file.read(16))
        if tag == wanted:
            file.seek(offset)
            return file.read(length)
    raise ValueError(f"no table {wanted!r}")


def _full_subtable(cmap: bytes) -> bytes:
    for at in range(struct.unpack(">H", cmap[2:4])[0]):
        offset = struct.unpack(">I", cmap[8 + 8 * at : 12 + 8 * at])[0]
        if struct.unpack(">H", cmap[offset : offset + 2])[0] == FULL:
            return cmap[offset:]
    raise ValueError("no subtable of format 12")


def coverage(path: Path) -> Coverage:
    """What the font at ``path`` can print; ValueError when it has no full ``cmap``."""
    with path.open("rb") as file:
        table = _full_subtable(_table(file, b"cmap"))
    count = struct.unpack(">I", table[12:16])[0]
    groups = list(struct.iter_unpack(">III", table[16 : 16 + 12 * count]))
    return Coverage(tuple(first for first, _, _ in groups), tuple(last for _, last, _ in groups))
