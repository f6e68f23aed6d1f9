"""The headings of a table laid out by places: of one line or several, one beside or below the other."""

from __future__ import annotations

from dataclasses import dataclass

from goodfaith.duties.reading.table import columns as column_words
from goodfaith.duties.reading.table import grids
from goodfaith.duties.reading.table.columns import COLUMN, UNITS
from goodfaith.duties.reading.table.columns import NUMBER as NUMBERED
from goodfaith.duties.reading.table.grids import Fragments
from goodfaith.duties.reading.table.page_places import Page, Word

MOST_LINES = 4
_LONGEST_WORD, _LETTER_GAP = 12, 3


@dataclass(frozen=True)
class Heading:
    """A heading's cell: its words, and the places it takes."""

    words: str
    fragments: Fragments
    left: int
    right: int


def read(page: Page, number: int) -> tuple[list[Heading], int] | None:
    """The headings, of as many lines as they have, and the line after."""
    made: list[Heading] = []
    line = number
    while line < min(number + MOST_LINES, len(page.lines.spans)):
        if not page.lines.is_blank(line):
            below = _spelled(page, page.words(line))
            told = _tells(made)
            if told and not _completes(made, below):
                break
            made = _merged(made, below)
        line += 1
    return (made, line) if _tells(made) and len(made) > 1 else None


def _tells(headings: list[Heading]) -> bool:
    return grids.tells(grids.kinds([one.words for one in headings]))


def _spelled(page: Page, words: list[Word]) -> list[Heading]:
    """``任　务`` is one heading, though wide space parts its letters."""
    made: list[Heading] = []
    alone = False
    for word in words:
        one = Heading("".join(page.lines.text[slice(*word.span)].split()), (word.span,), word.left, word.right)
        if made and alone and len(one.words) == 1 and _are_one(made[-1], one):
            made[-1] = _beside(made[-1], one)
        else:
            made.append(one)
            alone = len(one.words) == 1
    return made


def _are_one(before: Heading, letter: Heading) -> bool:
    words = before.words + letter.words
    near = letter.left - before.right <= _LETTER_GAP
    return near or COLUMN.fullmatch(words) is not None or NUMBERED.fullmatch(words) is not None


def _beside(a: Heading, b: Heading) -> Heading:
    return Heading(a.words + b.words, (*a.fragments, *b.fragments), min(a.left, b.left), max(a.right, b.right))


def _completes(made: list[Heading], below: list[Heading]) -> bool:
    """Whether every piece of a line goes on with a heading above it, or several part one (``责任分工``)."""
    if len(below) > 1 and all(COLUMN.fullmatch(piece.words) for piece in below):
        return any(len(_under(one, below)) > 1 for one in made)
    for piece in below:
        above = [one for one in made if one.left < piece.right and piece.left < one.right]
        if len(above) != 1 or len(piece.words) > _LONGEST_WORD:
            return False
        if not COLUMN.fullmatch(above[0].words + piece.words) and not piece.words.startswith(("（", "(")):
            return False
    return bool(below)


def _under(heading: Heading, below: list[Heading]) -> list[Heading]:
    """The pieces that part a heading, which stands over the middle of them."""
    if column_words.column(heading.words) not in UNITS and not column_words.is_wide(heading.words):
        return []
    found = [piece for piece in below if column_words.column(piece.words) in UNITS]
    return found if found and found[0].left <= heading.left and heading.right <= found[-1].right else []


def _merged(above: list[Heading], below: list[Heading]) -> list[Heading]:
    parted = {one: _under(one, below) for one in above if len(_under(one, below)) > 1}
    made = [part for one in above for part in parted.get(one, [one])]
    for piece in below:
        if any(piece in parts for parts in parted.values()):
            continue
        at = next((n for n, one in enumerate(made) if one.left < piece.right and piece.left < one.right), None)
        if at is None:
            made.append(piece)
        else:
            made[at] = _beside(made[at], piece)
    return sorted(made, key=lambda one: one.left)
