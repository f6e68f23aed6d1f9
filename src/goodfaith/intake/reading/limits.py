"""How much the reader takes in. Settings may raise the limits; without Django's settings the defaults hold."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MIB = 1024 * 1024
_DEFAULTS = {
    "MAX_UPLOAD_BYTES": 200 * MIB,
    "MAX_UNPACKED_BYTES": 2048 * MIB,
    "MAX_ROWS": 5_000_000,
    "MAX_COLUMNS": 500,
    "MAX_SHEET_CELLS": 15_000_000,
}
"""``MAX_SHEET_CELLS``: the reader of workbooks holds a sheet as a full rectangle; measured, about 140 bytes
a cell with its text (100,000 rows of 30 columns: 560 MiB), so this keeps a sheet near 2 GiB."""

MAX_RATIO = 200
RATIO_FROM_BYTES = 32 * MIB
"""Below this size unpacked, a high ratio harms nobody (a sheet of equal rows packs well)."""


def limit(name: str) -> int:
    """The setting ``name``, or its default when unset (the command line may run without settings)."""
    try:
        return int(getattr(settings, name, _DEFAULTS[name]))
    except ImproperlyConfigured:
        return _DEFAULTS[name]
