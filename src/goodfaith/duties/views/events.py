"""Events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class EventView:
    """One act. ``text``: what the officer wrote."""

    id: int
    at: dt.datetime
    act: str
    frm: str
    to: str
    actor_kind: str
    actor_name: str
    unit: str | None
    text: str
    facts: dict[str, Any]
