"""Names of units, for pages that show which unit reported something."""

from __future__ import annotations

import time

from goodfaith.parties.queries import unit_names

KEPT_SECONDS = 60
_kept: tuple[float, dict[str, str]] = (0.0, {})


def unit_name(code: str) -> str:
    """The unit's full name; the code itself when there is no such unit. Names are kept for a minute."""
    global _kept
    at, names = _kept
    if code not in names or time.monotonic() - at > KEPT_SECONDS:
        names = unit_names()
        _kept = time.monotonic(), {**names, code: names.get(code, code)}
    return _kept[1][code]


def unit_choices() -> list[tuple[str, str]]:
    """Code and name of every unit by name, for a select; kept for a minute as well."""
    global _kept
    at, names = _kept
    if not names or time.monotonic() - at > KEPT_SECONDS:
        names = unit_names()
        _kept = time.monotonic(), names
    return sorted(names.items(), key=lambda one: one[1])
