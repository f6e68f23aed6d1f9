"""Tables of division of work laid out by places on a page: cells of several lines, headings in the middle, pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tests.duties import made
from tests.duties.made import Maker, Row

WIDTHS = {
    "number": 4,
    "task": 18,
    "other": 26,
    "person": 8,
    "lead": 20,
    "part": 24,
    "charge": 26,
    "when": 16,
    "class": 10,
}


@dataclass
class Layout:
    """How a table is laid out. ``apart``: blank lines between rows; ``middle``: cells stand in their row's middle."""

    gap: int
    either: int
    apart: bool
    centred: bool
    middle: bool
    page: int


def width(words: str, either: int) -> int:
    """Places that words take on a page; ``either``: how many ``“`` takes."""
    return sum(
        2 if unicodedata.east_asian_width(one) in "WF" else either if unicodedata.east_asian_width(one) == "A" else 1
        for one in words
    )


def broken(words: str, most: int, either: int) -> list[str]:
    """Lines no wider than ``most``."""
    lines = [""]
    for letter in words:
        if width(lines[-1] + letter, either) > most:
            lines.append("")
        lines[-1] += letter
    return lines


def lines_of(cells: Sequence[str], widths: Sequence[int], layout: Layout, centred: Sequence[bool]) -> list[str]:
    """A row as lines of the page."""
    parts = [broken(words, most, layout.either) for words, most in zip(cells, widths, strict=True)]
    height = max(len(part) for part in parts)
    made_lines = []
    for line in range(height):
        said = ""
        for part, most, middle in zip(parts, widths, centred, strict=True):
            above = (height - len(part)) // 2 if layout.middle else 0
            words = part[line - above] if 0 <= line - above < len(part) else ""
            room = most - width(words, layout.either)
            left = room // 2 if middle else 0
            said += " " * left + words + " " * (room - left + layout.gap)
        made_lines.append(said.rstrip())
    return made_lines


def table(seed: int) -> tuple[str, list[Row]]:
    """A table laid out on pages, and its tasks."""
    maker = Maker(seed)
    numbered = maker.often(0.75)
    columns = ["task", *(["other"] if maker.often(0.5) else []), *(["person"] if maker.often(0.25) else [])]
    columns += ["lead", "part"] if maker.often(0.6) else ["charge"]
    columns += ["when"] if maker.often(0.85) else []
    if maker.often(0.2):
        maker.random.shuffle(columns)
    middle = numbered and maker.often(0.25)
    layout = Layout(
        maker.one([2, 2, 3, 4]), maker.one([1, 2]), maker.often(0.4), maker.often(0.3), middle, maker.one([0, 0, 12])
    )
    widths = [WIDTHS["number"]] * numbered + [WIDTHS[one] + maker.one([0, 2, 4]) for one in columns]
    head = [*(["序号"] if numbered else []), *(maker.one(made.NAMES[one]) for one in columns)]
    short = [
        one in ("number", "when", "person") and layout.centred for one in [*(["number"] if numbered else []), *columns]
    ]
    heading = lines_of(head, widths, layout, [layout.centred] * len(head))
    title = f"{'' if maker.level == '国' else maker.place}{maker.year}年重点工作任务分解表"
    lines, written = [title, "", *heading], 0
    for number in range(1, maker.random.randint(4, 9)):
        cells = [*([str(number)] if numbered else []), *made._cells(maker, columns, numbered, number)]
        row = lines_of(cells, widths, layout, short)
        if layout.page and written + len(row) > layout.page:
            lines += ["", f"— {number} —", "", *heading]
            written = 0
        elif layout.apart:
            lines.append("")
        lines += row
        written += len(row)
    return "\n".join(lines) + "\n\n注：各单位按季度报送进展情况。\n", maker.rows
