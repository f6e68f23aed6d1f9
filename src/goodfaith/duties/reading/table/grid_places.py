"""Tables whose cells are told by where they stand: columns of a page, as of text laid out with spaces.

A full-width character takes two places. Borders of columns lie between the headings, there where the fewest lines
have words across them; what stands in a column of several lines, down to where the next row begins, is one cell.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence

from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import cell_marks, grid_marks, grid_rows, grids, page_headings
from goodfaith.duties.reading.table.grids import CHAPTER, OVER, Fragments, Grid, Lines
from goodfaith.duties.reading.table.page_headings import Heading
from goodfaith.duties.reading.table.page_places import APART, Page, Word, widths

_MOST_MEASURED, _SAMPLE, _LOOK_AHEAD = 400, 40, 6
_CONTINUED = re.compile(r"[（(]?(?:续\s*(?:上\s*)?表|接\s*上\s*表|转\s*下\s*页)\s*\d?[）)]?")
_WIDTHS = ((2, 2), (2, 1), (1, 1))
"""Of full-width characters and of those (``“”—``) that are as wide as the font has it."""
_ACROSS, _FLUSH, _BEGINS = 4.0, 1.5, 1.0
"""How much a border loses by a character across it, by two that touch there, and wins by words that begin there."""


def read(lines: Lines, number: int) -> tuple[Grid, int] | None:
    """The table whose heading begins in this line, measured as it fits best."""
    if not APART.search(lines.words(number)):
        return None
    spaces = _regular(lines, number)
    if spaces:
        return grid_marks.with_mark(lines, number, cell_marks.Blank(" ", width=spaces))
    best: tuple[float, Page, list[Heading], list[int], int] | None = None
    for wide, either in _WIDTHS:
        page = Page(lines, widths(wide, either))
        head = page_headings.read(page, number)
        if head is None:
            continue
        headings, body = head
        cost, lost, borders = _borders(page, headings, _likely(page, body, headings))
        if best is None or cost < best[0]:
            best = cost, page, headings, borders, body
        if not lost:
            break
    return _table(best[1], number, best[2], best[3], best[4]) if best else None


def _regular(lines: Lines, number: int) -> int:
    """The number of spaces between cells, if it is the same everywhere, so that nothing is aligned; else 0."""
    gaps = list(_gaps(lines.words(number)))
    if len(gaps) < 2 or len(set(gaps)) > 1:
        return 0
    wide = gaps[0]
    rows = [list(_gaps(lines.words(line))) for line in range(number + 1, min(number + _SAMPLE, len(lines.spans)))]
    rows = [row for row in rows if len(row) >= max(2, len(gaps) - 2)]  # the last cells may be empty
    same = [row for row in rows if set(row) == {wide}]
    with_empty = [row for row in rows if row not in same and not any(gap % wide for gap in row)]
    if wide < 3 and len(same) < 3 * len(with_empty):
        return 0  # nearly all gaps of text that is aligned are even
    return wide if len(same) > 1 and len(same) * 5 > (len(rows) - len(with_empty)) * 4 else 0


_NAME = re.compile(r"(?<=\s)([\u4e00-\u9fff])\u3000+([\u4e00-\u9fff])(?=\s)")


def _gaps(words: str) -> Iterator[int]:
    """Widths of the spaces within a line; full-width ones make none regular, but for that in ``何　平``."""
    for found in re.finditer(r"[ \u3000]{2,}|\u3000", _NAME.sub(r"\1\2", words)):
        yield -1 if "\u3000" in found[0] else len(found[0])


def _likely(page: Page, body: int, headings: list[Heading]) -> list[int]:
    """Lines that seem to be the table's: up to two lines of prose, or what stands below tables."""
    made, prose = list[int](), 0
    middle = headings[len(headings) // 2].left
    for line in range(body, min(body + _MOST_MEASURED, len(page.lines.spans))):
        words = page.words(line)
        if not words or page.lines.is_furniture(line):
            continue
        said = page.lines.words(line)
        if OVER.match(said):
            break
        alone = len(words) == 1 and words[0].left < headings[0].right + 4 and words[0].right > middle
        prose = prose + 1 if alone else 0
        if prose == 2:
            made.pop()
            break
        if not CHAPTER.fullmatch(said):
            made.append(line)
    return made[:-1] if prose == 1 and made else made


def _borders(page: Page, headings: list[Heading], body: list[int]) -> tuple[float, bool, list[int]]:
    """What all borders cost, whether words touch or cross any, and the best border between each two headings."""
    total, lost, made = 0.0, False, list[int]()
    for left, right in itertools.pairwise(headings):
        places = range(left.right, right.left + 1)
        costs, wins = dict.fromkeys(places, 0.0), dict.fromkeys(places, 0.0)
        for line in body:
            for word in page.words(line):
                if word.left <= places[-1] and word.right > places[0]:
                    _count(page, word, places, costs, wins)
        best = min(places, key=lambda place: (costs[place] - wins[place], -place))
        total += costs[best] - wins[best]
        lost = lost or costs[best] > 0
        made.append(best)
    return total, lost, made


def _count(page: Page, word: Word, places: range, costs: dict[int, float], wins: dict[int, float]) -> None:
    """What a word takes from the borders that it crosses, and gives to the one where it begins."""
    if word.left in wins:
        wins[word.left] += _BEGINS
    for place in range(max(places.start, word.left + 1), min(places.stop, word.right)):
        letter = bisect.bisect_left(word.places, place)
        if word.places[letter] > place:
            costs[place] += _ACROSS
        elif not page.lines.text[word.span[0] + letter - 1].isspace():
            costs[place] += _FLUSH


def _table(page: Page, number: int, headings: list[Heading], borders: list[int], body: int) -> tuple[Grid, int] | None:
    words = [one.words for one in headings]
    grid = Grid(
        page.lines.spans[number][0], 0, grids.kinds(words), tuple(one.fragments for one in headings),
        starred=grids.starred(words),
    )  # fmt: skip
    squeezed = "".join("".join(page.lines.words(line).split()) for line in range(number, body))
    lines, after = _body(page, body, borders, squeezed, len(headings))
    grid.rows = grid_rows.rows(grid.columns, lines)
    grid.end = page.lines.spans[after - 1][1]
    return (grid, after) if _holds(page.lines.text, grid) else None


def _holds(text: str, grid: Grid) -> bool:
    """Whether most rows name somebody: else it was no table, or not of this kind."""
    rows = [row for row in grid.rows if row.cells]
    named = [at for at, kind in enumerate(grid.columns) if kind in ("lead", "charge", "part")]
    filled = sum(any(row.cells[at] for at in named) for row in rows)
    return bool(rows) and filled * 2 > len(rows)


def _body(page: Page, line: int, borders: list[int], head: str, count: int) -> tuple[list[grid_rows.Laid], int]:
    """The table's lines cut into cells, and the number of the line after the table."""
    made, after = list[grid_rows.Laid](), line
    broken, blank = False, False
    while line < len(page.lines.spans):
        if page.lines.is_blank(line):
            blank, line = True, line + 1
            continue
        kind = _kind(page, line, borders, head, count)
        if kind == "over":
            on = _on_next_page(page, line, borders, head, count)
            if on is None:
                break
            line, broken = on, True
            continue
        if kind == "head":
            line, broken = _after_head(page, line, head), True
            continue
        if kind == "page":
            line, broken = line + 1, True
            continue
        cells = _cut(page, line, borders, count) if kind == "cells" else ()
        chapter = page.words(line)[0].span if kind == "chapter" else None
        torn = kind == "cells" and sum(map(len, cells)) > len(page.words(line))
        words = tuple(grids.words_of(page.lines.text, cell) for cell in cells)
        made.append(grid_rows.Laid(cells, words, chapter, blank and not broken, broken, torn))
        line, after, broken, blank = line + 1, line + 1, False, False
    return made, after


def _kind(page: Page, line: int, borders: list[int], head: str, count: int) -> str:
    said, words = page.lines.words(line), page.words(line)
    if page.lines.is_furniture(line) or _CONTINUED.fullmatch(said):
        return "page"
    if _after_head(page, line, head) > line:
        return "head"
    if OVER.match(said):
        return "over"
    if len(words) == 1:
        if CHAPTER.fullmatch(said) and not _fits(page, words[0], borders, 2):
            return "chapter"
        if not _fits(page, words[0], borders, 0):
            return "over" if words[0].left < borders[0] or _crossed(words[0], borders) > 1 else "cells"
        if words[0].left <= borders[0] and CHAPTER.match(said) and len(said) > 4 and count > 2:
            return "chapter"
    return "cells"


def _after_head(page: Page, line: int, head: str) -> int:
    """The line after a heading that is repeated; the same line if there is none."""
    if page.lines.words(line)[:1] not in head:
        return line
    said = ""
    for number in range(line, min(line + page_headings.MOST_LINES, len(page.lines.spans))):
        said += "".join(page.lines.words(number).split())
        if len(said) >= len(head):
            return number + 1 if len(said) == len(head) and sorted(said) == sorted(head) else line
    return line


def _crossed(word: Word, borders: Sequence[int]) -> int:
    return bisect.bisect_left(borders, word.right) - bisect.bisect_right(borders, word.left)


def _fits(page: Page, word: Word, borders: Sequence[int], over: int) -> bool:
    """Whether a word stands within its column."""
    after = next((border for border in borders if border > word.left), None)
    return after is None or word.right <= after + over


def _on_next_page(page: Page, line: int, borders: list[int], head: str, count: int) -> int | None:
    """Where the table goes on after words that are not its own, as a letterhead on each page."""
    for number in range(line + 1, min(line + _LOOK_AHEAD, len(page.lines.spans))):
        if page.lines.is_blank(number):
            continue
        if _after_head(page, number, head) > number:
            return number
        if page.lines.is_furniture(number) and OVER.match(page.lines.words(line)) is None:
            return number
        if OVER.match(page.lines.words(number)):
            return None
    return None


def _cut(page: Page, line: int, borders: list[int], count: int) -> tuple[Fragments, ...]:
    """A line's cells: its words one by one if there are just so many, else by their places."""
    words = page.words(line)
    if len(words) == count:
        return tuple((word.span,) for word in words)
    cells: list[list[Span]] = [[] for _ in range(count)]
    for word in words:
        start, column = word.span[0], bisect.bisect_right(borders, word.left)
        if column == len(borders) or word.right <= borders[column]:
            cells[column].append(word.span)
            continue
        for at, place in enumerate(word.places[:-1], word.span[0]):
            here = bisect.bisect_right(borders, place)
            if here != column and at > start:
                cells[column].append((start, at))
                start, column = at, here
        cells[column].append((start, word.span[1]))
    return tuple(tuple(cell) for cell in cells)
