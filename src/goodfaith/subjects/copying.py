"""How values are written for COPY, and the connection that takes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
import psycopg
from django.db import connection


def driver() -> psycopg.Connection[Any]:
    """The psycopg connection under Django's."""
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw


def hexed(values: Iterable[bytes | None]) -> pl.Series:
    """Binary values in the form that COPY reads as bytea."""
    return "\\x" + pl.Series(values, dtype=pl.Binary).bin.encode("hex")


def uuids(values: Iterable[bytes]) -> pl.Series:
    """16-byte ids in a form that COPY reads as uuid."""
    return pl.Series(values, dtype=pl.Binary).bin.encode("hex")


def array_literal(items: Sequence[str]) -> str:
    """A text array as PostgreSQL writes it."""
    if any(mark in "".join(items) for mark in '"\\'):
        items = [item.replace("\\", "\\\\").replace('"', '\\"') for item in items]
    return '{"' + '","'.join(items) + '"}' if items else "{}"
