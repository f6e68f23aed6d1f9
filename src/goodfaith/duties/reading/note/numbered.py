"""Tasks named by their numbers: ``第（一）至（五）项``, ``第3、5项``, ``前六项``, ``第二部分``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodfaith.duties.reading.numerals import number

_N = r"（?(?:\d{1,3}|[一二三四五六七八九十]{1,3})）?"
_UNIT = r"(?:部分|[项条款点号章节类]|方面)"
_AND = r"(?:至|到|—|–|-|~|、|和|及|与)"
REFERENCE = re.compile(
    rf"(?:(?:第|序号|编号|任务)(?:为)?{_N}{_UNIT}?(?:{_AND}第?{_N}{_UNIT}?)*{_UNIT}|"
    rf"(?<!\d){_N}(?:{_AND}{_N})+[项条号]|（{_N}）?[项条]|前{_N}[项条])"
)
_TOKEN = re.compile(r"(?P<till>至|到|—|–|-|~)?第?（?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})）?")
_LABEL = re.compile(r"\d{1,3}|[一二三四五六七八九十百]{1,4}")


@dataclass(frozen=True, slots=True)
class Numbered:
    """``chapters``: the numbers are those of chapters."""

    numbers: frozenset[int]
    chapters: bool

    def has(self, label: str | None) -> bool:
        """Whether the clause (or chapter) that is called so is one of them."""
        found = _LABEL.search(label or "")
        return found is not None and number(found[0]) in self.numbers


def numbered(words: str) -> Numbered | None:
    """The numbers in words that name tasks by them."""
    found = REFERENCE.search(words)
    if not found:
        return None
    numbers: list[int] = []
    for token in _TOKEN.finditer(found[0]):
        value = number(token["number"])
        first = numbers[-1] + 1 if token["till"] and numbers else value
        numbers.extend(range(min(first, value), value + 1))
    if found[0].startswith("前"):
        numbers = list(range(1, numbers[0] + 1))
    return Numbered(frozenset(numbers), found[0].endswith(("部分", "章", "节", "方面", "类")))
