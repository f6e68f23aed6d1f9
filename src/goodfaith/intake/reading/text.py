"""Delimited text files: encoding, delimiter, header, rows."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import polars as pl

from goodfaith.common.problems import Problem
from goodfaith.intake import headers
from goodfaith.intake.encodings import TextFacts, examine, utf8_blocks
from goodfaith.intake.reading import records
from goodfaith.intake.reading.blob import Blob
from goodfaith.intake.reading.cells import clean_text
from goodfaith.intake.reading.layout import Layout, lay_out
from goodfaith.intake.reading.limits import limit
from goodfaith.intake.reading.source import Source, too_many_rows

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 60
_SAMPLE_BYTES = 1024 * 1024


def open_text(blob: Blob, known: set[str] | None) -> Source:
    """Open a text file as a table. Problems: see :mod:`goodfaith.intake.encodings`, ``file_blank``."""
    facts = examine(blob)
    delimiter = _delimiter(blob, facts, known)
    sample = _sample(blob, facts, delimiter)
    layout = lay_out(sample, known)
    if layout is None:
        raise Problem("file_blank", "文件里没有任何内容。", "请确认选对了文件，填好数据后重新报送。")
    width = max(len(layout.places) and layout.places[-1] + 1, *map(len, sample[layout.first_row - 1 :]), 1)
    source = _source(blob, facts, delimiter, layout, min(width, limit("MAX_COLUMNS") + 20))
    _refuse_too_long(source, facts)
    return source


def _source(blob: Blob, facts: TextFacts, delimiter: str, layout: Layout, width: int) -> Source:
    def frames() -> Iterator[pl.DataFrame]:
        return records.frames(utf8_blocks(blob, facts), delimiter, width)

    return Source(
        kind="csv",
        filename=blob.filename,
        columns=layout.columns,
        places=layout.places,
        width=width,
        header_row=layout.header_row,
        first_row=layout.first_row,
        frames=frames,
        encoding=facts.encoding,
        delimiter=delimiter,
        total_rows=max(facts.lines + 1 - layout.first_row, 1),
        header_score=layout.score,
        notes=layout.notes,
    )


def _refuse_too_long(source: Source, facts: TextFacts) -> None:
    most = limit("MAX_ROWS")
    if not facts.quoted and (source.total_rows or 0) > most:
        raise too_many_rows(most)


def _first_bytes(blob: Blob, facts: TextFacts) -> Iterator[bytes]:
    """The first MiB, cut at a line so that no character is torn."""
    data = next((block for block in utf8_blocks(blob, facts) if block), b"")
    head = data[:_SAMPLE_BYTES]
    cut = head.rfind(b"\n") + 1
    yield head if len(data) == len(head) or not cut else head[:cut]


def _sample(blob: Blob, facts: TextFacts, delimiter: str) -> list[list[str | None]]:
    rows = records.read_records(_first_bytes(blob, facts), delimiter)
    sample = []
    for row in itertools.islice(rows, _SAMPLE):
        sample.append([clean_text(cell) for cell in row])
    return sample


def _delimiter(blob: Blob, facts: TextFacts, known: set[str] | None) -> str:
    """The delimiter under which most known headers appear, else the one that parts the rows most evenly."""
    forms = headers.known_forms(known) if known else None
    return max(_DELIMITERS, key=lambda mark: _fitness(blob, facts, mark, forms))


def _fitness(blob: Blob, facts: TextFacts, delimiter: str, known: set[str] | None) -> tuple[int, float]:
    try:
        rows = _sample(blob, facts, delimiter)
    except Problem:
        return 0, 0.0
    found = headers.find(rows, known)
    widths = Counter(len(row) for row in rows if any(row))
    if found is None or not widths:
        return 0, 0.0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    even = count / widths.total()
    return found.score if found.score > 1 else 0, even * min(width, 50) if width > 1 else 0.0
