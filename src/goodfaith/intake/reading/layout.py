"""From the first rows of a sheet to the layout of its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodfaith.common.problems import Problem
from goodfaith.intake import headers
from goodfaith.intake.reading.limits import limit
from goodfaith.intake.reading.source import Finding

SOURCE_ROW = "原行号"
EXPLANATION = "说明"
"""The two columns that a workbook of refused rows adds; no data when it is delivered again."""


@dataclass(frozen=True)
class Layout:
    """See :class:`goodfaith.intake.reading.source.Source` for the names."""

    columns: list[str]
    places: list[int]
    header_row: int
    first_row: int
    score: int
    notes: list[Finding]


def lay_out(rows: Sequence[headers.Row], known: set[str] | None, offset: int = 0) -> Layout | None:
    """The table in ``rows`` (cleaned; the first is sheet row ``offset`` + 1); None when they are all blank.

    Raises Problem ``too_many_columns``.
    """
    found = headers.find(rows, headers.known_forms(known) if known else None)
    if found is None:
        return None
    cells = _without_blank_end(rows[found.row])
    if len(cells) > (most := limit("MAX_COLUMNS")):
        raise Problem(
            "too_many_columns",
            f"表头有 {len(cells):,} 列，超过 {most} 列的上限，多半不是报送表。",
            "请对照模板检查文件，删去多余的列后重新报送。",
        )
    names, repeated = headers.distinct(cells)
    header_row = offset + found.row + 1
    notes = [_repeated(header_row, name, new) for name, new in repeated]
    dropped = {SOURCE_ROW, EXPLANATION} if SOURCE_ROW in names else set()
    places = [place for place, name in enumerate(names) if name not in dropped]
    columns = [names[place] for place in places]
    return Layout(columns, places, header_row, offset + found.first + 1, found.score, notes)


def _without_blank_end(row: headers.Row) -> headers.Row:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _repeated(row: int, name: str, new: str) -> Finding:
    message = f"表头“{name}”出现了不止一次，后面的一列按“{new}”读取，请核对列与字段的对应。"
    return Finding(row, new, "header_repeated", name, "warning", message)
