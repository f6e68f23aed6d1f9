"""Whether a class of a display rule fits a record: the conditions of the packs, one record at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping

from goodfaith.law.schema import Condition, DisplayClass, DisplayRule, DisplayVersion

SEPARATORS = "、，；,;"
"""What parts several codes in one cell."""
BLANKS = " \t\u3000"
NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?"


def version_name(rule: DisplayRule, version: DisplayVersion) -> str:
    """How records remember which dated rule gave their period."""
    return f"{rule.code}/{version.code}"


def applies(each: DisplayClass, values: Mapping[str, str | None]) -> bool:
    """Whether all conditions of the class hold (a class without any holds always)."""
    return all(holds(condition, values.get(condition.field)) for condition in each.when)


def holds(condition: Condition, value: str | None) -> bool:
    """Whether one condition holds for the text of its field; a blank field fulfils none."""
    if value is None:
        return False
    if condition.any_of and not parts(value) & set(condition.any_of):
        return False
    if condition.at_least is not None and not _at_least(value, condition.at_least):
        return False
    return not condition.contains or any(word in value for word in condition.contains)


def parts(value: str) -> set[str]:
    """The codes in one cell."""
    return {part.strip(BLANKS) for part in re.split(f"[{SEPARATORS}]", value)}


def _at_least(value: str, limit: float) -> bool:
    text = value.strip(BLANKS)
    return re.fullmatch(NUMBER, text) is not None and float(text) >= limit
