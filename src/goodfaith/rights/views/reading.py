"""Days and moments out of the JSON of the room's functions."""

from __future__ import annotations

import datetime as dt


def moment(text: str | None) -> dt.datetime | None:
    """A moment from its JSON."""
    return dt.datetime.fromisoformat(text) if text else None


def day(text: str | None) -> dt.date | None:
    """A day from its JSON."""
    return dt.date.fromisoformat(text) if text else None


def sure_moment(text: str) -> dt.datetime:
    """A moment that is always there."""
    return dt.datetime.fromisoformat(text)
