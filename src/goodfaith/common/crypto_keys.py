"""The form in which sealing keys are kept. Apart from :mod:`.crypto` because settings need it to begin with."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Keys:
    """``seal``: keys by number, the newest seals new values; ``index``: the key of the keyed index."""

    seal: dict[int, bytes]
    index: bytes

    @property
    def newest(self) -> int:
        return max(self.seal)


def parse_keys(text: bytes | str) -> Keys:
    """Keys from their JSON form ``{"seal": {"1": hex}, "index": hex}``; ValueError when malformed."""
    raw = json.loads(text)
    return Keys(seal={int(k): bytes.fromhex(v) for k, v in raw["seal"].items()}, index=bytes.fromhex(raw["index"]))


def new_keys() -> bytes:
    """Fresh random keys in their JSON form."""
    return json.dumps({"seal": {"1": os.urandom(32).hex()}, "index": os.urandom(32).hex()}).encode()
