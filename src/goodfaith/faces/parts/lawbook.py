"""The catalogue for pages, which ask it dozens of times each; whether it is new is asked every few seconds."""

from __future__ import annotations

import time

from goodfaith.law import queries as law
from goodfaith.law.packs import Catalogue
from goodfaith.law.schema import Item

KEPT_SECONDS = 3.0
_kept: tuple[float, Catalogue] = (0.0, Catalogue())


def book() -> Catalogue:
    """The catalogue as it was at most three seconds ago; an empty one is never kept."""
    global _kept
    at, found = _kept
    if not found.items or time.monotonic() - at > KEPT_SECONDS:
        found = law.catalogue()
        _kept = time.monotonic(), found
    return found


def item(code: str) -> Item:
    """The item of that code, also a withdrawn one; else Problem ``item_unknown``."""
    return book().items.get(code) or law.item(code)
