"""Text as it can be printed with the two fonts: what prints nothing is left out, what is not in them is marked."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pylopdf_fonts_zh_cn import sans_path, serif_path

from goodfaith.common.glyphs import Coverage, coverage

GETA = "〓"
"""What Chinese printers set for a character they have no type for."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""Behind a geta: which of the missing characters it stands for."""
PARTED = re.compile(r"[^\s\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]{21,}")
"""A run without a place to break a line: longer than any number of ours, it would leave the page."""
PART = 4
BREAK = "\u200b"
LINES = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
EMPTY = re.compile(r"\n\s*\n")
SILENT = re.compile(r"[\u034f\u115f\u1160\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")
"""Characters that print nothing; together with controls, lone surrogates and format characters, among them the marks
that turn the direction of writing, by which a sentence could be made to read otherwise than it is stored."""


@functools.cache
def _coverage() -> tuple[Coverage, Coverage]:
    return coverage(Path(serif_path())), coverage(Path(sans_path()))


def is_printable(character: str) -> bool:
    """Whether one of the two fonts has the character. Characters of private use mean nothing and count as not."""
    return unicodedata.category(character) != "Co" and any(character in one for one in _coverage())


def mark(number: int) -> str:
    """What stands for the missing character of that number (from 0); past the twentieth they are not told apart."""
    return GETA + CIRCLED[number : number + 1]


@dataclass
class Cleaner:
    """Makes texts printable and remembers what was not (each character and its number, in the order of appearance)."""

    missing: dict[str, int] = field(default_factory=dict)

    def _mark(self, character: str) -> str:
        return mark(self.missing.setdefault(character, len(self.missing)))

    def _character(self, character: str) -> str:
        category = unicodedata.category(character)
        if character == "\n":
            return character
        if category == "Zs" or character == "\t":
            return "\u3000" if character == "\u3000" else " "
        if category in {"Cc", "Cf", "Cs"} or SILENT.match(character):
            return ""
        return character if is_printable(character) else self._mark(character)

    def text(self, text: str) -> str:
        """What is printed for ``text``: line ends are ``\\n``, long runs get places to break."""
        shown = "".join(map(self._character, EMPTY.sub("\n\n", LINES.sub("\n", text))))
        return PARTED.sub(lambda run: BREAK.join(_pieces(run[0])), shown)

    def value(self, value: object) -> object:
        """The same for all strings in a JSON value; TypeError for what JSON does not know."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {str(key): self.value(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(inner) for inner in value]
        if value is None or isinstance(value, (bool, int)):
            return value
        raise TypeError(f"{type(value).__name__} is not printed")


def _pieces(run: str) -> list[str]:
    return [run[at : at + PART] for at in range(0, len(run), PART)]
