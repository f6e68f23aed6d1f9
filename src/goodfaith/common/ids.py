"""UUIDv7: identifiers that sort by time of birth, made here because PostgreSQL 16 and 17 cannot."""

from __future__ import annotations

import os
import time
import uuid

import numpy as np
import numpy.typing as npt


def uuid7() -> uuid.UUID:
    """One UUIDv7 (RFC 9562): 48 bits of milliseconds, then randomness."""
    millis = time.time_ns() // 1_000_000
    tail = int.from_bytes(os.urandom(10), "big")
    value = (millis & ((1 << 48) - 1)) << 80 | 0x7 << 76 | (tail >> 68) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1)
    return uuid.UUID(int=value)


def uuid7_bytes(count: int) -> npt.NDArray[np.uint8]:
    """``count`` UUIDv7 as an array of shape (count, 16), for bulk loads."""
    millis = time.time_ns() // 1_000_000
    rows = np.frombuffer(os.urandom(16 * count), dtype=np.uint8).reshape(count, 16).copy()
    rows[:, :6] = np.frombuffer(millis.to_bytes(6, "big"), dtype=np.uint8)
    rows[:, 6] = rows[:, 6] & 0x0F | 0x70
    rows[:, 8] = rows[:, 8] & 0x3F | 0x80
    return rows
