"""Reading cells that hold entries of a code list: by code, name or alias, one or several."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl

from goodfaith.intake import values
from goodfaith.intake.checks.parsed import Parsed, by_unique
from goodfaith.law import schema

_PARTS = re.compile(r"([;；,，、|｜/／+＋\s]+)")
"""What parts the entries in one cell; kept by the split, since a name may hold it."""
Answer = tuple[str | None, str | None]


def _plain(text: str) -> str:
    return values.narrow(text).casefold()


class CodeReader:
    """Knows every way of writing the entries of one list.

    A name may have been given to several entries at different times (a renamed or re-used code), so each
    spelling keeps all its entries, and the day of the decision chooses.
    """

    def __init__(self, code_list: schema.CodeList, *, multiple: bool = False) -> None:
        self.name = code_list.name.zh
        self.multiple = multiple
        self._entries: dict[str, list[schema.CodeEntry]] = {}
        self._longest = 1
        for entry in code_list.entries:
            spellings = (entry.code, entry.name.zh, entry.name.en, *entry.aliases)
            self._longest = max(self._longest, *(len(_PARTS.split(text)) for text in spellings))
            for spelling in {_plain(text) for text in spellings}:
                self._entries.setdefault(spelling, []).append(entry)
        self.dated = any(e.valid.start or e.valid.end for e in code_list.entries)

    def code_of(self, text: str) -> str | None:
        """The code that ``text`` writes, whatever the day; None when it is no entry."""
        entries = self._entries.get(_plain(text))
        return entries[0].code if entries else None

    def _one(self, text: str, day: dt.date | None) -> Answer:
        entries = self._entries.get(_plain(text))
        if not entries:
            return None, "code_unknown"
        valid = [e for e in entries if day is None or e.valid.holds(day)]
        return (valid[0].code, None) if valid else (None, "code_not_valid_then")

    def _split(self, text: str) -> list[str]:
        """The entries written in one cell. Names may hold a separator themselves, so the longest run wins."""
        pieces, found, at = _PARTS.split(text), [], 0
        while at < len(pieces):
            ends = range(min(len(pieces), at + self._longest), at, -2)
            part, end = next(((name, n) for n in ends if (name := self._name(pieces[at:n]))), (pieces[at], at + 1))
            found.append(part)
            at = end + 1
        return [part for part in found if part]

    def _name(self, pieces: list[str]) -> str | None:
        """The name that the pieces spell, as they stand or with other separators than the list has."""
        spellings = ("".join(pieces), "、".join(pieces[::2]))
        return next((text for text in spellings if _plain(text) in self._entries), None)

    def _several(self, text: str, day: dt.date | None) -> Answer:
        answers = [self._one(part, day) for part in self._split(text)]
        problem = next((p for _, p in answers if p), None)
        codes = dict.fromkeys(code for code, _ in answers if code)
        return (";".join(codes), None) if codes and problem is None else (None, problem or "code_unknown")

    def read(self, text: str, day: dt.date | None = None) -> Answer:
        """The code(s) that a cell writes (several joined by ``;``); problems code_unknown, code_not_valid_then."""
        one, problem = self._one(text, day)
        if problem is None or not self.multiple:
            return one, problem
        return self._several(text, day)

    def read_column(self, cells: pl.Series, days: pl.Series | None) -> Parsed:
        """:meth:`read` for a column; ``days`` are the days of the decisions."""
        if not self.dated or days is None:
            return by_unique(cells, self.read)
        pairs = pl.DataFrame({"cell": cells, "day": days})
        distinct = pairs.filter(pl.col("cell").is_not_null()).unique()
        answers = [self.read(cell, day) for cell, day in distinct.iter_rows()]
        table = distinct.with_columns(
            pl.Series("value", [a[0] for a in answers], dtype=pl.String),
            pl.Series("problem", [a[1] for a in answers], dtype=pl.String),
        )
        joined = pairs.join(table, on=["cell", "day"], how="left", nulls_equal=True, maintain_order="left")
        return Parsed(joined["value"], joined["problem"])
