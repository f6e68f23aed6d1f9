"""Which clause of a later document carries on which of an earlier one, and what changed. Pure.

Titles and texts are compared by pairs of letters; among all pairs that are alike enough, those are suggested that keep
the order of both documents and add up to the most. Suggestions: a person confirms.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from goodfaith.duties.matching import alike, grams
from goodfaith.duties.shapes import Due, Named

LEAST = 0.45
OF_TITLE = 0.45
"""Part of the title in the likeness; a clause without a title is compared by its text alone."""


@dataclass(frozen=True, slots=True)
class Words:
    """A clause as it is compared."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clauses that belong together, with their likeness 0–1."""

    later: str
    earlier: str
    likeness: float


def pairs(later: Sequence[Words], earlier: Sequence[Words]) -> list[Pair]:
    """The suggestion: each clause at most once, in the order of both, as much likeness as can be had."""
    table = _likenesses(later, earlier)
    best = [[0.0] * (len(earlier) + 1) for _ in range(len(later) + 1)]
    for i in range(len(later) - 1, -1, -1):
        for j in range(len(earlier) - 1, -1, -1):
            both = best[i + 1][j + 1] + table[i][j] if table[i][j] >= LEAST else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    return _walk(later, earlier, table, best)


def _likenesses(later: Sequence[Words], earlier: Sequence[Words]) -> list[list[float]]:
    right = [(grams(one.title), grams(_plain(one.text))) for one in earlier]
    rows = []
    for one in later:
        title, text = grams(one.title), grams(_plain(one.text))
        rows.append([_weighted(title, text, *other) for other in right])
    return rows


def _weighted(title: object, text: object, other_title: object, other_text: object) -> float:
    by_text = alike(text, other_text)  # type: ignore[arg-type]
    if not title or not other_title:
        return by_text
    return OF_TITLE * alike(title, other_title) + (1 - OF_TITLE) * by_text  # type: ignore[arg-type]


def _walk(
    later: Sequence[Words], earlier: Sequence[Words], table: list[list[float]], best: list[list[float]]
) -> list[Pair]:
    found, i, j = [], 0, 0
    while i < len(later) and j < len(earlier):
        if table[i][j] >= LEAST and best[i][j] == best[i + 1][j + 1] + table[i][j]:
            found.append(Pair(later[i].key, earlier[j].key, round(table[i][j], 3)))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _plain(text: str) -> str:
    """Without white space and note of responsibility, and with one kind of brackets."""
    text = re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")
    return re.sub(r"（[^（）]*(?:牵头|负责|责任单位)[^（）]*(?:（[^（）]*）[^（）]*)*）$", "", text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both texts: same, removed (earlier only) or added (later only)."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not the same in two clauses. Units by their whole names, without level in front."""

    units_added: tuple[str, ...]
    units_removed: tuple[str, ...]
    lead_before: tuple[str, ...]
    lead_after: tuple[str, ...]
    due_before: Due | None
    due_after: Due | None
    pieces: tuple[Piece, ...] = field(default=())

    @property
    def lead_changed(self) -> bool:
        """Whether somebody else leads."""
        return self.lead_before != self.lead_after

    @property
    def due_changed(self) -> bool:
        """Whether the time limit is another."""
        return self.due_before != self.due_after


@dataclass(frozen=True)
class Side:
    """One of two clauses: its words, and what it assigns if it assigns."""

    text: str
    names: tuple[Named, ...] = ()
    due: Due | None = None


def difference(earlier: Side, later: Side) -> Difference:
    """Compare two clauses."""
    before, after = _units(earlier), _units(later)
    return Difference(
        units_added=tuple(one for one in after if one not in before),
        units_removed=tuple(one for one in before if one not in after),
        lead_before=_leads(earlier), lead_after=_leads(later), due_before=earlier.due, due_after=later.due,
        pieces=tuple(_pieces(_plain(earlier.text), _plain(later.text))),
    )  # fmt: skip


def _bare(name: str) -> str:
    return re.sub(r"^(?:省|市|州|县|区)(?=.{2})", "", name)


def _units(side: Side) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_bare(one.full) for one in side.names))


def _leads(side: Side) -> tuple[str, ...]:
    return tuple(_bare(one.full) for one in side.names if one.part == "lead")


def _pieces(before: str, after: str) -> list[Piece]:
    found: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", before[a:b]))
        else:
            found += [Piece("removed", before[a:b])] if b > a else []
            found += [Piece("added", after[c:d])] if d > c else []
    return found
