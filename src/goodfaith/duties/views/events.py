"""Events."""

from __future__ import annotations

from dataclasses import dataclass

from goodfaith.common.procedure import Event


@dataclass(frozen=True, kw_only=True)
class EventView(Event):
    """One act. ``text``: what the officer wrote."""

    text: str
