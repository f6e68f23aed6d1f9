"""The ledger's latest head for pages that show it in passing; asked of the database at most every few seconds."""

from __future__ import annotations

import time

from goodfaith.ledger import queries
from goodfaith.ledger.queries import CheckpointView

FRESH_SECONDS = 5.0
_kept: tuple[float, CheckpointView | None] = (float("-inf"), None)


def latest() -> CheckpointView | None:
    """The newest signed head, up to five seconds old; None before the first seal."""
    global _kept
    if time.monotonic() - _kept[0] > FRESH_SECONDS:
        _kept = (time.monotonic(), queries.newest_checkpoint())
    return _kept[1]
