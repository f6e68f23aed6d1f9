"""The form in which sealing keys are kept. Apart from :mod:`.crypto` because settings need it to begin with."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass, field
from typing import Any

SIZE = 32
LAST = 255
"""A key's number is one byte in the head of what it seals."""


@dataclass(frozen=True)
class Keys:
    """``seal``: keys by number, the newest seals new values; ``index``: the key of the keyed index;
    ``made``: the day of each number, as far as it was noted."""

    seal: dict[int, bytes]
    index: bytes
    made: dict[int, dt.date] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        return max(self.seal)


def parse_keys(text: bytes | str) -> Keys:
    """Keys from their JSON form ``{"seal": {"1": hex}, "index": hex, "made": {"1": day}}``.

    ValueError or KeyError when malformed.
    """
    raw = json.loads(text)
    return Keys(
        seal={int(k): bytes.fromhex(v) for k, v in raw["seal"].items()},
        index=bytes.fromhex(raw["index"]),
        made={int(k): dt.date.fromisoformat(v) for k, v in raw.get("made", {}).items()},
    )


def new_keys() -> bytes:
    """Fresh random keys in their JSON form."""
    day = dt.datetime.now(dt.UTC).date()
    return _written({"seal": {"1": os.urandom(SIZE).hex()}, "index": os.urandom(SIZE).hex(), "made": {"1": str(day)}})


def with_another(text: bytes | str, day: dt.date) -> bytes:
    """The keys and one more, made on ``day``, which seals from now on; ValueError when there is no number left."""
    raw = json.loads(text)
    number = max(map(int, raw["seal"])) + 1
    if number > LAST:
        raise ValueError("key numbers end at 255")
    raw["seal"][str(number)] = os.urandom(SIZE).hex()
    raw.setdefault("made", {})[str(number)] = str(day)
    return _written(raw)


def without(text: bytes | str, number: int) -> bytes:
    """The keys less one; ValueError for the newest and for one that is not there."""
    raw = json.loads(text)
    if str(number) not in raw["seal"] or number == max(map(int, raw["seal"])):
        raise ValueError(f"key {number} is the newest or is not there")
    del raw["seal"][str(number)]
    raw.get("made", {}).pop(str(number), None)
    return _written(raw)


def _written(raw: dict[str, Any]) -> bytes:
    return json.dumps(raw, indent=1).encode()
