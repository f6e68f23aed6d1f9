"""Names of chapters and classes that stand between the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import cell_guessing
from goodfaith.duties.reading.table.columns import UNITS
from goodfaith.duties.reading.table.table_rows import Begin

_CN = "[一二三四五六七八九十]{1,3}"
CHAPTER = re.compile(
    rf"(?:{_CN}、|（{_CN}）|第{_CN}(?:部分|章|类|篇|节|方面)[：、]?|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{{1,4}}[.、]|"
    rf"(?:重点)?(?:领域|板块|类别|专项|方面|行动|工程|任务)(?:{_CN}|\d{{1,2}})[：、.])[^。；]{{2,40}}"
)
_LONGEST = 20
_NO_NAME = re.compile(r"[。；，：、/—\\-]")
_LEAST_CELLS = 2


def behind(flow: Flow, cells: list[Span], columns: Sequence[str], on: Calendar) -> Span | None:
    """The name on the last line of a row's pieces, if it is one."""
    at = next((at for at in range(len(cells) - 1, _LEAST_CELLS - 1, -1) if cells[at][0] in flow.starts), None)
    if at is None:
        return None
    name = (cells[at][0], cells[-1][1])
    over = at == len(columns) and _is_over(flow, cells[at - 1], name, columns, on)
    return name if over or CHAPTER.fullmatch(flow.dense, *name) else None


def _is_over(flow: Flow, last: Span, name: Span, columns: Sequence[str], on: Calendar) -> bool:
    """Whether a row that has all its cells is over before these words, which say nothing that a last cell does."""
    if name[1] - name[0] > _LONGEST or _NO_NAME.search(flow.dense, *name):
        return False
    before, here = (cell_guessing.cell(flow, *one, on) for one in (last, name))
    said = before.limits if columns[-1] == "when" else before.named if columns[-1] in UNITS else ()
    return bool(said) and not before.odd and not here.limits and not here.named


def is_one(flow: Flow, begin: Begin, cells: list[Span], count: int) -> bool:
    """Whether a number stands before the name of a class, ``1.便捷开办`` on a line of its own, and before no row."""
    if len(cells) != 1 or count <= _LEAST_CELLS:
        return False
    return cells[0][1] - begin.start <= _LONGEST and begin.words not in flow.starts
