"""A delivered table, ready to be read batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import polars as pl

from goodfaith.common.problems import Problem
from goodfaith.intake.reading import tail
from goodfaith.intake.reading.limits import limit
from goodfaith.intake.reading.records import EXTRA, ROW, names


class Finding(NamedTuple):
    """Something that the reader noticed. ``row``: sheet row from 1; ``column``: header, or None for the row."""

    row: int
    column: str | None
    code: str
    value: str | None
    level: Literal["refused", "warning"]
    message: str


def too_many_rows(most: int) -> Problem:
    """The Problem of a table longer than ``most`` rows."""
    return Problem("too_many_rows", f"文件超过 {most:,} 行，一次收不下。", "请按时间或区域拆成几个文件分批报送。")


@dataclass
class Source:
    """One table of one file.

    ``columns``: headers, distinct, without the columns that a workbook of refused rows adds. ``places``: the
    raw column of each. ``header_row`` and ``first_row``: sheet rows from 1. ``total_rows``: an estimate of
    the rows of data (upper bound for text). ``delimiter`` is None for workbooks, ``encoding`` empty.
    """

    kind: Literal["csv", "xlsx", "xls"]
    filename: str
    columns: list[str]
    places: list[int]
    width: int
    header_row: int
    first_row: int
    frames: Callable[[], Iterator[pl.DataFrame]] = field(repr=False)
    encoding: str = ""
    delimiter: str | None = None
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    total_rows: int | None = None
    header_score: int = 0
    notes: list[Finding] = field(default_factory=list)
    """What was noticed on opening (repeated headers …)."""
    findings: list[Finding] = field(default_factory=list)
    """What :meth:`batches` noticed and nobody has taken yet."""

    def take_findings(self) -> list[Finding]:
        """The findings since the last call; the reader keeps none of them."""
        taken, self.findings = self.findings, []
        return taken

    def batches(self, size: int = 50_000) -> Iterator[pl.DataFrame]:
        """The rows of data: all columns String (null: blank), and ``__row`` Int64, the sheet row from 1.

        May be called again. Raises Problem when the file turns out to be bad half-way.
        """
        self.findings = list(self.notes)
        for frame in tail.batches(self._shaped(), size, self.columns, self._dropped):
            self._too_many(frame)
            yield frame

    def _dropped(self, row: int, text: str) -> None:
        self.findings.append(
            Finding(row, None, "row_footer", text, "warning", "这一行是合计、填表人等表尾文字，不是数据，已略过。")
        )

    def _too_many(self, frame: pl.DataFrame) -> None:
        last, most = int(frame[ROW][-1] or 0) if frame.height else 0, limit("MAX_ROWS")
        if last - self.first_row + 1 > most:
            raise too_many_rows(most)

    def _shaped(self) -> Iterator[pl.DataFrame]:
        """Raw frames cut to the named columns, without title rows and blank rows."""
        wanted = [pl.col(f"c{place}").alias(name) for place, name in zip(self.places, self.columns, strict=True)]
        spare = names(self.width)[self._named :]
        for raw in self.frames():
            frame = raw.filter(pl.col(ROW) >= self.first_row) if raw[ROW][0] < self.first_row else raw
            self._report_extra(frame, spare)
            shaped = frame.select(*wanted, ROW)
            blank = shaped.select(pl.all_horizontal(pl.exclude(ROW).is_null())).to_series()
            yield shaped.filter(~blank) if blank.any() else shaped

    @property
    def _named(self) -> int:
        return max(self.places, default=-1) + 1

    def _report_extra(self, frame: pl.DataFrame, spare: list[str]) -> None:
        """Cells to the right of the last header: in a text file the row has slipped, in a workbook they are notes."""
        cells = [*spare, EXTRA]
        if all(frame[name].null_count() == frame.height for name in cells):
            return
        joined = frame.select(ROW, pl.concat_str(cells, separator=" ", ignore_nulls=True).alias(EXTRA))
        for row, text in joined.filter(pl.col(EXTRA) != "").iter_rows():
            self.findings.append(self._extra(row, text))

    def _extra(self, row: int, text: str) -> Finding:
        if self.kind == "csv":
            message = "这一行的单元格比表头多，多半是内容里有分隔符，后面各列已错位。请用英文双引号把该内容括起来。"
            return Finding(row, None, "row_too_wide", text, "refused", message)
        return Finding(row, None, "cell_without_header", text, "warning", "表头以外的单元格有内容，没有列名，未读取。")
