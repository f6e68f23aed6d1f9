"""The words of a cell, or of a line of it: how wide they are, and whether they are names of units."""

from __future__ import annotations

import functools
import re

from goodfaith.duties.reading.note import names, units

_PARTS = re.compile(r"[、，,；;]")
_REST = re.compile(
    r"（.*|[）)].*|(?:办公[室厅]|中心支行|分行|支行|分局|支队|大队|人民政府|政府|委员会|管委会|工作部|中心|公司|集团|部门|单位)"
)
"""What is a unit's name only with the words before it."""
_NOBODY = ("/", "—", "——", "-", "无", "\\")


@functools.lru_cache(maxsize=4096)
def are_units(words: str) -> bool:
    """Whether there is nothing but whole names; or a mark that says there are none."""
    if words in _NOBODY:
        return True
    found = units.listed(words.replace(",", "，").replace("(", "（").replace(")", "）")).names
    return bool(found) and not _REST.fullmatch(found[0]) and all(
        names.is_unit(one) and not names.is_glued(one) for one in found
    )  # fmt: skip


def meet(above: str, below: str) -> bool:
    """Whether the last name above and the first one below are two, with no mark between."""
    return names.is_glued(_PARTS.split(above)[-1] + _PARTS.split(below)[0])


def width(words: str) -> int:
    """Full-width letters have three bytes and take two places."""
    return (len(words.encode()) + len(words)) // 2
