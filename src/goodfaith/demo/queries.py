"""Whether a city stands."""

from __future__ import annotations

from goodfaith.parties.models import Unit


def stands() -> bool:
    """Whether this database holds a city already, the demo's or a real one."""
    return Unit.objects.exists()
