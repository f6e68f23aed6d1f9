"""From kept bytes to checked batches: the same road for the pre-check, the check and the commit."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import orjson
import polars as pl

from goodfaith.common.problems import Problem
from goodfaith.intake import reading
from goodfaith.intake.checks import ROW, Checked, Context, check_batch
from goodfaith.intake.checks.findings import SCHEMA, because_unread
from goodfaith.intake.mapping import known_names, propose
from goodfaith.law import schema

BATCH = 25_000
IN_MEMORY = 32 * 2**20
"""Larger files go through a file that has no name, so that nothing is left of it whatever happens."""
MAX_VALUE = 200
OF_CELLS = frozenset({"cell_error", "cell_formula", "formula_result_read"})
"""What the reader says of cells; in columns that are not taken it matters to nobody."""


class Table(Protocol):
    """What the checks read: columns and batches of text with ``__row``."""

    columns: list[str]

    @property
    def total_rows(self) -> int | None: ...
    def batches(self, size: int = BATCH) -> Iterator[pl.DataFrame]: ...
    def take_findings(self) -> list[reading.Finding]: ...


@dataclass
class ApiTable:
    """Rows that came as JSON. They are counted from 1, as the caller counts them."""

    rows: list[dict[str, Any]]
    columns: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = list(dict.fromkeys(key for row in self.rows for key in row))

    @property
    def total_rows(self) -> int:
        return len(self.rows)

    def batches(self, size: int = BATCH) -> Iterator[pl.DataFrame]:
        """The rows as text; null and "" are blank."""
        for start in range(0, len(self.rows), size):
            part = self.rows[start : start + size]
            columns = {name: [_text(row.get(name)) for row in part] for name in self.columns}
            frame = pl.DataFrame(columns, schema=dict.fromkeys(self.columns, pl.String))
            yield frame.with_columns(pl.int_range(start + 1, start + len(part) + 1, dtype=pl.Int64).alias(ROW))

    def take_findings(self) -> list[reading.Finding]:
        return []


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


@contextmanager
def whole(pieces: Iterable[bytes], size: int) -> Iterator[bytes | Path]:
    """The pieces of a file as bytes or, when it is large, as the path of a file that has no name any more."""
    if size <= IN_MEMORY:
        yield b"".join(pieces)
        return
    with tempfile.TemporaryFile() as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fchmod(file.fileno(), 0o600)
        yield Path(f"/dev/fd/{file.fileno()}")


@contextmanager
def table(
    pieces: Iterable[bytes], size: int, filename: str, channel: str, item: schema.Item, path: Path | None = None
) -> Iterator[Table]:
    """The table in a kept file (or at ``path``); Problem when it can't be read."""
    with nullcontext(path) if path else whole(pieces, size) as data:
        if channel == "api":
            yield ApiTable(orjson.loads(data if isinstance(data, bytes) else data.read_bytes()))
        else:
            yield reading.open_file(data, filename, known_names(item))


def check_mapping(mapping: dict[str, str | None], edition: schema.Edition) -> None:
    """Each column goes to a field of the edition, and no field gets two; Problem otherwise."""
    codes = [code for code in mapping.values() if code]
    known = {f.code: f.name.zh for f in edition.fields}
    unknown = next((code for code in codes if code not in known), None)
    if unknown is not None:
        raise Problem("mapping_unknown_field", f"表式中没有“{unknown}”这个字段。", "请从字段列表中重新选择。")
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        what = f"有两列都对应到“{known[twice]}”。"
        raise Problem("mapping_twice", what, "请只保留一列，另一列改为“不采用”。")
    if not codes:
        raise Problem("mapping_empty", "没有一列对应到目录字段。", "请确认所选目录条目与文件一致，再逐列选择字段。")


def written_units(mapping: dict[str, str | None], item: schema.Item, edition: schema.Edition) -> dict[str, str]:
    """Fields whose column's header names another unit than the one asked: 罚款金额（元） for 万元."""
    columns = [column for column, code in mapping.items() if code]
    units = propose(columns, item, mapping, edition.code).units
    return {code: units[column] for column in columns if column in units and (code := mapping[column])}


class Swept(NamedTuple):
    """One batch after reading, mapping and checking. ``rows_to``: the last sheet row in it."""

    checked: Checked
    rows_to: int


def _mapped(batch: pl.DataFrame, mapping: dict[str, str | None]) -> pl.DataFrame:
    columns = [pl.col(header).alias(code) for header, code in mapping.items() if code and header in batch.columns]
    return batch.select(ROW, *columns)


def _of_reader(found: list[reading.Finding], mapping: dict[str, str | None]) -> pl.DataFrame:
    """What the reader noticed, in the shape of the checks' findings."""
    rows = [
        (f.row, mapping.get(f.column or ""), f.code, (f.value or "")[:MAX_VALUE] or None, f.level, f.message)
        for f in found
        if f.code not in OF_CELLS or mapping.get(f.column or "")
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _with_reader(checked: Checked, found: pl.DataFrame) -> Checked:
    if found.is_empty():
        return checked
    found, others = because_unread(found, checked.findings)
    refused = found.filter(pl.col("level") == "refused")[ROW].unique()
    good = checked.good.filter(~pl.col(ROW).is_in(refused.implode()))
    return checked._replace(good=good, findings=pl.concat([found, others]))


def sweep(source: Table, mapping: dict[str, str | None], context: Context, size: int = BATCH) -> Iterator[Swept]:
    """Read, map and check batch by batch."""
    for batch in source.batches(size):
        checked = check_batch(_mapped(batch, mapping), context)
        found = _of_reader(source.take_findings(), mapping)
        yield Swept(_with_reader(checked, found), int(batch[ROW][-1] or 0))
