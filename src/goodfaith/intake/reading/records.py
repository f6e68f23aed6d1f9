"""A delimited text cut into pieces that end where a record ends, each parsed into a frame.

The fast way lets polars parse a piece. It is taken only when it must give what a CSV reader gives: every
quote opens at the start of a field and closes at its end, and the number of records agrees. Anything else
(stray quotes, rows wider than the others) goes through the csv module: slower, same answers.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from goodfaith.common.problems import Problem
from goodfaith.intake.reading.cells import clean, holds_zero_width, trim

_LONGEST_RECORD = 32 * 1024 * 1024
_SLOW_ROWS = 20_000
_QUOTE, _LINE = 34, 10
EXTRA = "__extra"
"""Cells of a row beyond the width of the table, joined by a space; null when there are none."""
ROW = "__row"


class Piece(NamedTuple):
    """Whole records, how many; ``regular`` false: everything up to the end of the file, by the csv module."""

    data: bytes
    records: int
    regular: bool
    unclosed: bool = False
    """The last record begins a quoted cell that never ends."""


def names(width: int) -> list[str]:
    """The names of raw columns."""
    return [f"c{number}" for number in range(width)]


def lines_of(blocks: Iterable[bytes]) -> Iterator[str]:
    """Lines with their LF."""
    rest = b""
    for block in blocks:
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        for line in lines:
            yield line.decode("utf-8", "replace") + "\n"
    if rest:
        yield rest.decode("utf-8", "replace")


def read_records(blocks: Iterable[bytes], delimiter: str) -> Iterator[list[str]]:
    """Records by the csv module. Raises Problem ``quote_open`` when a quotation mark is never closed."""
    reader = csv.reader(lines_of(blocks), delimiter=delimiter)
    for number in itertools.count(1):
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _quote_open(number) from error


def _quote_open(row: int) -> Problem:
    return Problem(
        "quote_open",
        f"第 {row} 行有一个英文双引号没有成对，后面的内容被连成了一个单元格，无法分行。",
        "请删除或补全该行的双引号后重新报送；单元格里的引号建议使用中文引号“”。",
    )


def _cut(data: bytes, delimiter: int) -> tuple[int, int, bool]:
    """(where the last whole record ends, how many records, whether all quotes are regular)."""
    if b'"' not in data:
        return data.rfind(b"\n") + 1, data.count(b"\n"), True
    letters = np.frombuffer(data, dtype=np.uint8)
    quotes = np.flatnonzero(letters == _QUOTE)
    breaks = np.flatnonzero(letters == _LINE)
    ends = breaks[np.searchsorted(quotes, breaks) % 2 == 0]
    if not len(ends):
        return 0, 0, True
    cut = int(ends[-1]) + 1
    return cut, len(ends), _regular(letters, quotes[quotes < cut], delimiter)


def _regular(letters: npt.NDArray[np.uint8], quotes: npt.NDArray[np.intp], delimiter: int) -> bool:
    opening, closing = quotes[0::2], quotes[1::2]
    before = letters[opening - 1]
    starts = (before == delimiter) | (before == _LINE) | (opening == 0)
    starts[1:] |= opening[1:] == closing[:-1] + 1
    after = letters[closing + 1]
    stops = (after == delimiter) | (after == _LINE)
    stops[:-1] |= closing[:-1] + 1 == opening[1:]
    return bool(starts.all() and stops.all())


def pieces(blocks: Iterator[bytes], delimiter: str) -> Iterator[tuple[Piece, Iterator[bytes]]]:
    """Pieces in order. An irregular one is the last: the second value holds the blocks that follow it."""
    rest = b""
    for block in blocks:
        data = rest + block
        cut, records, regular = _cut(data, ord(delimiter))
        if not regular or (cut == 0 and len(data) > _LONGEST_RECORD):
            yield Piece(data, 0, False), blocks
            return
        if cut:
            yield Piece(data[:cut], records, True), iter(())
        rest = data[cut:]
    if rest:
        yield _last(rest, delimiter), iter(())


def _last(rest: bytes, delimiter: str) -> Piece:
    data = rest + b"\n"
    cut, records, regular = _cut(data, ord(delimiter))
    if cut == len(data):
        return Piece(data, records, regular)
    closed = rest + b'"\n'
    cut, records, regular = _cut(closed, ord(delimiter))
    return Piece(rest, records, False, regular and cut == len(closed))


def frames(blocks: Iterator[bytes], delimiter: str, width: int) -> Iterator[pl.DataFrame]:
    """Cleaned frames c0…, ``__extra``, ``__row`` (record number from 1)."""
    done = 0
    for piece, following in pieces(blocks, delimiter):
        if piece.regular:
            frame = _fast(piece, delimiter, width)
            if frame is None:
                frame = _slow(list(read_records([piece.data], delimiter)), width)
            yield _finish(frame, done, piece.data)
            done += frame.height
            continue
        if piece.unclosed:
            raise _quote_open(done + piece.records)
        records = read_records(itertools.chain([piece.data], following), delimiter)
        while rows := list(itertools.islice(records, _SLOW_ROWS)):
            yield _finish(_slow(rows, width), done, None)
            done += len(rows)


def _fast(piece: Piece, delimiter: str, width: int) -> pl.DataFrame | None:
    head = (delimiter.join(names(width)) + "\n").encode()
    try:
        frame = pl.read_csv(
            head + piece.data, separator=delimiter, schema=dict.fromkeys(names(width), pl.String)
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != piece.records:
        return None
    return frame.with_columns(pl.lit(None, dtype=pl.String).alias(EXTRA))


def _slow(rows: Sequence[list[str]], width: int) -> pl.DataFrame:
    shaped = [(row + [""] * (width - len(row)))[:width] for row in rows]
    extra = [" ".join(cell for cell in row[width:] if cell.strip()) or None for row in rows]
    columns = dict(zip(names(width), zip(*shaped, strict=True), strict=True))
    frame = pl.DataFrame(columns, schema=dict.fromkeys(names(width), pl.String))
    return frame.with_columns(pl.Series(EXTRA, extra, dtype=pl.String))


def _finish(frame: pl.DataFrame, done: int, data: bytes | None) -> pl.DataFrame:
    """Clean every cell; the costly ways only where the piece needs them."""
    numbers = pl.int_range(done + 1, done + 1 + frame.height, dtype=pl.Int64).alias(ROW)
    if data is None or holds_zero_width(data):
        return frame.select(clean(pl.exclude(EXTRA)), EXTRA, numbers)
    stripped = frame.select(pl.exclude(EXTRA).str.strip_chars(), EXTRA, numbers)
    blank = stripped.select((pl.exclude(EXTRA, ROW).str.len_bytes() == 0).any()).row(0)
    emptied = [name for name, some in zip(stripped.columns, blank, strict=False) if some]
    return stripped.with_columns(trim(pl.col(emptied))) if emptied else stripped
