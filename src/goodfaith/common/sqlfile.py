"""Migrations that run a file of SQL."""

from __future__ import annotations

from pathlib import Path

from django.db.migrations import RunSQL


def run(folder: str, *names: str) -> list[RunSQL]:
    """One ``RunSQL`` for each file ``sql/<name>`` of the room whose migrations folder is ``folder``."""
    base = Path(folder).resolve().parents[1] / "sql"
    return [RunSQL((base / name).read_text(encoding="utf-8"), RunSQL.noop) for name in names]
