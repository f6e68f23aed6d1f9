"""Keeping what was found, sealed; and telling it to machines."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections import Counter
from typing import Any

import orjson
import polars as pl
from django.db import connection

from goodfaith.common import crypto
from goodfaith.common.turns import turn
from goodfaith.intake import messages
from goodfaith.intake.checks import PERSON, ROW, Context
from goodfaith.law import schema
from goodfaith.subjects import masking

COPY = "COPY intake_refusal (delivery_id, level, row, field, code, value_sealed, message) FROM STDIN (FORMAT csv)"
KEPT = 200_000
"""Findings kept of each level; the counts in the summary are of all."""
PREVIEW = 50
MAX_MESSAGE = 500


def _hex(values: list[bytes | None]) -> pl.Series:
    return pl.Series([None if v is None else "\\x" + v.hex() for v in values], dtype=pl.String)


def _sealed(values: pl.Series) -> pl.Series:
    filled = iter(crypto.seal_many(value.encode() for value in values.drop_nulls()))
    return _hex([None if value is None else next(filled) for value in values])


class Keeper:
    """Writes the findings of one delivery, batch by batch, up to :data:`KEPT` of a level. Jobs' role only."""

    def __init__(self, delivery_id: uuid.UUID) -> None:
        self._id = delivery_id
        self._kept: Counter[str] = Counter()

    def clear(self) -> None:
        """Forget what an earlier check found."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM intake_refusal WHERE delivery_id = %s", [self._id])

    def keep(self, found: pl.DataFrame) -> None:
        """Store findings (the shape of :data:`goodfaith.intake.checks.findings.SCHEMA`)."""
        parts = []
        for (level,), part in found.group_by("level", maintain_order=True):
            part = part.sort(ROW, maintain_order=True).head(KEPT - self._kept[str(level)])
            self._kept[str(level)] += part.height
            parts.append(part)
        whole = pl.concat(parts) if parts else found
        if whole.is_empty():
            return
        self._copy(whole.with_columns(_sealed(whole["value"]).alias("sealed")))

    def keep_preview(self, rows: list[tuple[int, dict[str, str]]]) -> None:
        """Store good rows as they will stand, people's numbers masked."""
        sealed = crypto.seal_many(orjson.dumps(fields) for _, fields in rows)
        frame = pl.DataFrame({ROW: [row for row, _ in rows], "sealed": _hex(list(sealed))})
        nothing = pl.lit(None, dtype=pl.String)
        self._copy(
            frame.with_columns(field=nothing, level=pl.lit("preview"), code=pl.lit("preview"), message=pl.lit("预览"))
        )

    def _copy(self, frame: pl.DataFrame) -> None:
        out = io.BytesIO()
        frame.select(
            pl.lit(str(self._id)).alias("delivery_id"), "level", ROW, "field", "code", "sealed",
            pl.col("message").str.slice(0, MAX_MESSAGE),
        ).write_csv(out, include_header=False)  # fmt: skip
        with turn(), connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.write(out.getvalue())


def masked(value: str, field: schema.ItemField) -> str:
    """A value as a preview shows it."""
    return masking.mask_id_number(value) if field.sensitivity == "person_number" else value


def preview_rows(good: pl.DataFrame, context: Context) -> list[tuple[int, dict[str, str]]]:
    """The first good rows: sheet row, and the filled fields in normal form with people's numbers masked."""
    fields = {field.code: field for field in context.edition.fields}
    number = context.edition.subject.document_no
    rows = []
    for row in good.head(PREVIEW).to_dicts():
        filled = {code: _plain(row[code]) for code in fields if row[code] is not None}
        shown = {code: masked(value, fields[code]) for code, value in filled.items()}
        if row[PERSON] and number in shown and fields[number].sensitivity != "person_number":
            shown[number] = masking.mask_id_number(filled[number])
        rows.append((row[ROW], shown))
    return rows


def _plain(value: str | dt.date) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def as_json(rows: int, good: int, found: pl.DataFrame) -> dict[str, Any]:
    """The one JSON shape of a check: rows, good, refused, duplicates, warnings."""

    def listed(level: str) -> list[dict[str, Any]]:
        part = found.filter(pl.col("level") == level).sort(ROW, maintain_order=True)
        columns = (part[name] for name in (ROW, "field", "code", "value", "message"))
        return [
            {"row": row, "field": field, "code": code, "value": value, "message": messages.told(code, message, value)}
            for row, field, code, value, message in zip(*columns, strict=True)
        ]

    return {
        "rows": rows,
        "good": good,
        "refused": listed("refused"),
        "duplicates": listed("repeated"),
        "warnings": listed("warning"),
    }
