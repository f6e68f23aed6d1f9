"""Tables of division of work, come as text: a heading row, then rows that begin with 1, 2, 3 …

Where the cells are still told apart (tabs, bars, spaces, one to a line) they are taken as they are. Where lines
broke inside cells, cells are told by what they hold: the time limit last, lists of units before it, the task first;
that is said as a doubt.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from goodfaith.duties.reading.head.document_title import TITLE_END
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import (
    cell_fitting,
    cell_guessing,
    grid_flow,
    grid_tables,
    row_classes,
    table_notes,
    table_rows,
)
from goodfaith.duties.reading.table import cells as cells_of
from goodfaith.duties.reading.table.columns import COLUMN, columns_of
from goodfaith.duties.reading.table.row_classes import CHAPTER
from goodfaith.duties.reading.table.table_notes import TELLING, Row, Table
from goodfaith.duties.reading.table.table_rows import Begin

_HEAD = re.compile(r"序号|编号|项次")
_LONGEST_COLUMN, _LONGEST_HEADING, _MOST_COLUMNS = 12, 40, 10
_NO_COLUMN = re.compile(r"\d|（[一二三四五六七八九十]|、|，|。|：")
_LONGEST_ABOVE = 90
_ANNEX = re.compile(r"(?:附件|附表)\d{0,2}")
_LONGEST_ROW = 1500
_END = re.compile(r"(?:注|备注|说明|抄送|附注)：")


def find(flow: Flow, start: int, end: int, on: Calendar) -> list[Table]:
    """The tables in ``dense[start:end]``: those whose cells stand apart, and between them those that are told."""
    made, place = list[Table](), start
    for grid in flow.grids[grid_flow.first_from(flow.grids, start) :]:
        if grid.start >= end:
            break
        if place <= grid.start:
            made += _told(flow, place, grid.start, on)
            made.append(grid_tables.read(flow, grid, on))
            place = grid.end
    return [table for table in [*made, *_told(flow, place, end, on)] if table.rows]


def _told(flow: Flow, start: int, end: int, on: Calendar) -> list[Table]:
    """A heading row may come again on every page."""
    heads = list(_heads(flow, start, end))
    made: list[Table] = []
    for number, (place, columns, body) in enumerate(heads):
        after = heads[number + 1][0] if number + 1 < len(heads) else end
        chapter, stop = _before_head(flow, place)[1], _before_head(flow, after)[0] if after < end else end
        made.append(_table(flow, (place, body, stop), columns, on, chapter, made[-1] if made else None))
    return made


def _heads(flow: Flow, start: int, end: int) -> Iterator[tuple[int, list[str], int]]:
    """(place, columns, place of the first row); of a heading of two rows the second counts."""
    waiting: tuple[int, list[str], int] | None = None
    for head in _HEAD.finditer(flow.dense, start, end):
        columns, body = _columns(flow, head.end(), end)
        if not ({"lead", "charge"} & set(columns) and len(columns) > 1):
            continue
        if waiting and head.start() > waiting[2] + _LONGEST_COLUMN:
            yield waiting
        waiting = head.start(), columns, body
    if waiting:
        yield waiting


def _before_head(flow: Flow, place: int) -> tuple[int, str | None]:
    """Where the title or chapter's name above a heading row begins, and that name."""
    begin, chapter = place, None
    for line in sorted(line for line in range(max(0, place - _LONGEST_ABOVE), place) if line in flow.starts)[::-1]:
        if CHAPTER.fullmatch(flow.dense, line, begin):
            begin, chapter = line, flow.dense[line:begin]
        elif TITLE_END.search(flow.dense[line:begin]) or _ANNEX.fullmatch(flow.dense, line, begin):
            begin = line
        else:
            break
    return begin, chapter


def _widened(flow: Flow, place: int, after: int, end: int) -> tuple[int, list[str]]:
    """Two pieces taken as one heading, where together they name a column; else as they were."""
    wider = _piece_end(flow, after, end)
    here = columns_of(flow.dense[place:wider])
    if here != ["other"] and wider - place <= _LONGEST_COLUMN and not COLUMN.match(flow.dense, after):
        return wider, here
    return after, ["other"]


def _columns(flow: Flow, place: int, end: int) -> tuple[list[str], int]:
    """The columns after 序号, and where they end; headings of other kinds between known ones count."""
    columns, known = list[str](), (0, place)
    while len(columns) < _MOST_COLUMNS and place < end:
        after = _piece_end(flow, place, end)
        if after - place > _LONGEST_HEADING or _NO_COLUMN.search(flow.dense, place, after):
            break
        here = columns_of(flow.dense[place:after])
        if here == ["other"]:
            after, here = _widened(flow, place, after, end)
        columns += here
        place = after
        known = known if here == ["other"] else (len(columns), place)
    return columns[: known[0]], known[1]


def _piece_end(flow: Flow, place: int, end: int) -> int:
    """The next white space; without any, as far as known columns reach."""
    for after in range(place + 1, min(place + _LONGEST_HEADING + 2, end)):
        if after in flow.gaps or after in flow.starts:
            return after
    after = place
    while found := COLUMN.match(flow.dense, after, end):
        after = found.end()
    return after if after > place else min(end, place + _LONGEST_HEADING + 2)


def _table(
    flow: Flow, place: tuple[int, int, int], columns: Sequence[str], on: Calendar, chapter: str | None,
    before: Table | None,
) -> Table:  # fmt: skip
    start, body, end = place
    over = next((found.start() for found in _END.finditer(flow.dense, body, end) if found.start() in flow.starts), end)
    begins = list(table_rows.begins(flow, body, over, before.last if before else 0))
    over = _over(flow, begins[-1].words, over) if begins else over
    table = Table(start, over)
    chapter = (_chapter_in(flow, body, begins[0].start) if begins else None) or chapter
    for number, begin in enumerate(begins):
        last = number + 1 == len(begins)
        stop = min(over if last else begins[number + 1].start, begin.words + _LONGEST_ROW)
        cells, following = _cells(flow, begin.words, stop, columns, on, last)
        if row_classes.is_one(flow, begin, cells, len(columns)):
            following = flow.dense[begin.start : cells[-1][1]]
        elif cells:
            table.rows.append(_row(flow, begin, chapter, cells, columns, on, last))
        chapter = following or chapter
        if last and cells and flow.text.startswith(("\t", "|"), flow.at[begin.words - 1] + 1):
            table.end = cells[-1][1]
    return table


def _over(flow: Flow, start: int, end: int) -> int:
    """Where words that are no row follow the last row: at the number of the next chapter or section."""
    for found in _NEXT.finditer(flow.dense, start, end):
        if found.start() in flow.starts and found.start() > start:
            return found.start()
    return end


_NEXT = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}[章节条]"
)


def _cells(
    flow: Flow, start: int, stop: int, columns: Sequence[str], on: Calendar, last: bool
) -> tuple[list[Span], str | None]:
    """A row's cells, and the chapter's name that follows them."""
    exact = cells_of.by_marks(flow, start, stop, len(columns), last)
    if exact:
        return exact, _chapter_in(flow, exact[-1][1], stop)
    cells = _pieces(flow, start, stop)
    if (name := row_classes.behind(flow, cells, columns, on)) and name[0] > cells[0][0]:
        return [cell for cell in cells if cell[0] < name[0]], flow.dense[slice(*name)]
    return cells, None


def _chapter_in(flow: Flow, start: int, end: int) -> str | None:
    found = CHAPTER.fullmatch(flow.dense, start, end)
    return found[0] if found else None


def _pieces(flow: Flow, start: int, end: int) -> list[Span]:
    """Stretches between white space of any kind."""
    places = [start, *flow.breaks(start + 1, end), end]
    return [(a, b) for a, b in itertools.pairwise(places) if a < b]


def _row(
    flow: Flow,
    begin: Begin,
    chapter: str | None,
    cells: list[Span],
    columns: Sequence[str],
    on: Calendar,
    last: bool,
) -> Row:
    sure = _as_cells(flow, cells, len(columns))
    if sure and not _suit_persons(flow, sure, columns) and not cells_of.are_marked(flow, cells):
        sure = None
    sure = sure or (_first_ones(flow, cells, columns, on) if last else None)
    said = table_notes.said(flow, sure, columns, on) if sure else []
    odd = any(note.odd for role, _, note in said if role in ("lead", "charge"))
    named = table_notes.taken_as_names(flow, said) if odd else said
    if odd and table_notes.is_clear(named):
        said, odd = named, False  # unusual names, but each cell where it belongs
    guessed = sure is None or (odd and not cells_of.are_marked(flow, cells))
    parts = _told_apart(flow, cells, columns, on) if sure is None or guessed else sure
    said = table_notes.said(flow, parts, columns, on) if guessed else said
    told = [span for span, role in zip(parts, columns, strict=True) if role in TELLING and span[0] < span[1]]
    tasks = [span for span, role in zip(parts, columns, strict=True) if role == "task" and span[0] < span[1]]
    task = (tasks[0][0], tasks[-1][1]) if tasks else (cells[0][0], cells[0][0])
    note = table_notes.whole(said)
    return Row(begin.label, chapter, begin.start, cells[-1][1], task, note, tuple(told), guessed, begin.jumped)


def _told_apart(flow: Flow, cells: list[Span], columns: Sequence[str], on: Calendar) -> list[Span]:
    """The cells told by what they hold; from the right only where the limit is the last."""
    return cell_fitting.by_fit(flow, cells, columns, on) or cell_guessing.by_content(flow, cells, columns, on)


def _as_cells(flow: Flow, cells: list[Span], count: int) -> list[Span] | None:
    """The cells, if one kind of white space parts the row into just so many."""
    if len(cells) == count:
        return cells
    for kind in (flow.wide, flow.gaps, flow.starts):
        joined = _joined(cells, kind)
        if len(joined) == count:
            return joined
    ends = frozenset(cell[0] for before, cell in itertools.pairwise(cells) if not _goes_on(flow, before[1]))
    joined = _joined(cells, ends)
    return joined if len(joined) == count else None


def _goes_on(flow: Flow, end: int) -> bool:
    """Whether a line broke at a comma, so that its cell goes on in the next line."""
    return flow.dense[end - 1] in "、，"


def _first_ones(flow: Flow, cells: list[Span], columns: Sequence[str], on: Calendar) -> list[Span] | None:
    """The last row's first cells, if they say what their columns ask for: what follows stands below the table."""
    first = cells[: len(columns)]
    if len(cells) <= len(columns) or not flow.starts.issuperset(a for a, _ in cells[1:]):
        return None
    if not _suit_persons(flow, first, columns):
        return None
    return first if table_notes.is_clear(table_notes.said(flow, first, columns, on)) else None


def _suit_persons(flow: Flow, cells: list[Span], columns: Sequence[str]) -> bool:
    """Whether officials' columns hold nothing but names."""
    if "person" not in columns:
        return True
    said = (flow.dense[a:b] for (a, b), role in zip(cells, columns, strict=True) if role == "person" and a < b)
    return all(map(cell_fitting.are_persons, said))


def _joined(cells: list[Span], cuts: frozenset[int]) -> list[Span]:
    made = [cells[0]]
    for a, b in cells[1:]:
        if a in cuts:
            made.append((a, b))
        else:
            made[-1] = (made[-1][0], b)
    return made
