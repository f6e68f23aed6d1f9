"""Lines without marks in a table without numbers: the rest of a last cell, or where the next row's first one broke."""

from __future__ import annotations

import re

from goodfaith.duties.reading.note import names
from goodfaith.duties.reading.table import unit_words
from goodfaith.duties.reading.table.cell_marks import Mark
from goodfaith.duties.reading.table.columns import COMMAS, UNITS
from goodfaith.duties.reading.table.grids import OVER, Lines

_ENDS = (*COMMAS, "。", "；", ";", "：")
_LIMIT_REST = re.compile(r"(?:前|底|底前|月|日|年|完成|季度|月底|\d{1,2}[月日年])[^。；，]{0,8}")
_LOOK_AHEAD, _SAMPLE, _LONGEST_NAME, _SLACK = 6, 24, 12, 3


def goes_on(kind: str, last: str, said: str) -> bool | None:
    """Whether words are the rest of a row's last cell, which is of this kind; None if that can't be told."""
    if last.endswith(COMMAS) or said.startswith(COMMAS):
        return True
    if kind == "when":
        return _LIMIT_REST.fullmatch(said) is not None
    if kind in UNITS:
        return unit_words.are_units(said) or names.ends_as_unit(last + said)
    return None if last else False


def row_follows(lines: Lines, mark: Mark, line: int) -> bool:
    """Whether a line with marks comes before the table is over."""
    for after in range(line + 1, min(line + _LOOK_AHEAD, len(lines.spans))):
        if _is_marked(lines, mark, after):
            return True
        if OVER.match(lines.words(after)):
            return False
    return False


def is_name(lines: Lines, mark: Mark, line: int) -> bool:
    """Whether a line is a name above rows rather than a cell that broke: its column has lines that are much longer."""
    said = lines.words(line)
    if len(said) > _LONGEST_NAME or said.endswith(_ENDS):
        return False
    ahead = range(line + 1, min(line + _SAMPLE, len(lines.spans)))
    firsts = [_first(lines, mark, after) for after in ahead if _is_marked(lines, mark, after)]
    return max(map(len, firsts), default=0) > len(said) + _SLACK


def _first(lines: Lines, mark: Mark, line: int) -> str:
    return lines.words(line).split(mark.letter)[0]


def _is_marked(lines: Lines, mark: Mark, line: int) -> bool:
    return mark.stands_in(lines.text[slice(*lines.spans[line])])
