"""The numbers that Word shows before paragraphs of automatic lists; they are not in the paragraphs' text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CN = "零一二三四五六七八九"


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    runs_on: bool = False
    """Whether it counts on across the numbers above it."""


@dataclass
class Numbers:
    """``lists``: number id → levels; counts as it is asked, in the order of the text."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Numbers:
        """From ``numbering.xml`` and ``styles.xml``, either of which may be missing."""
        numbers = cls()
        if numbering is not None:
            numbers._read_lists(numbering)
        for style in styles.iter(f"{W}style") if styles is not None else ():
            found = _numbered(style)
            if found:
                numbers.styles[style.get(f"{W}styleId", "")] = found
        return numbers

    def _read_lists(self, numbering: etree._Element) -> None:
        shapes = {one.get(f"{W}abstractNumId", ""): _levels(one) for one in numbering.iter(f"{W}abstractNum")}
        for one in numbering.iter(f"{W}num"):
            abstract, key = _value(one, "abstractNumId"), one.get(f"{W}numId", "")
            levels = dict(shapes.get(abstract, {}))
            overridden = list(one.iter(f"{W}lvlOverride"))
            for override in overridden:
                levels |= _overridden(override, levels)
            self.lists[key] = levels
            self.abstract[key] = key if overridden else f"abstract {abstract}"

    def of(self, paragraph: etree._Element, has_words: bool) -> str:
        """The number shown before the paragraph, or nothing. An empty paragraph is not counted."""
        found = _numbered(paragraph) or self.styles.get(_style(paragraph))
        if not found or not has_words or found[0] not in self.lists:
            return ""
        key, depth = found
        levels, counts = self.lists[key], self.counts.setdefault(self.abstract[key], {})
        level = levels.get(depth, _Level())
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth and not levels.get(one, level).runs_on]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""
        return re.sub(r"%(\d)", lambda mark: _shown(int(mark[1]) - 1, counts, levels, level), level.text)


def _shown(depth: int, counts: dict[int, int], levels: dict[int, _Level], level: _Level) -> str:
    other = levels.get(depth, _Level())
    return written(counts.get(depth, other.start), other.form)


def written(value: int, form: str) -> str:
    """A number in the form of ``w:numFmt``: 3 as 三, ③, ３ or 3."""
    if "hinese" in form or form in ("japaneseCounting", "ideographDigital", "taiwaneseCounting", "koreanCounting"):
        return _chinese(value)
    if form == "decimalEnclosedCircle" or form == "decimalEnclosedCircleChinese":
        return chr(0x2460 + value - 1) if 0 < value <= 20 else str(value)
    if form == "decimalEnclosedParen":
        return f"（{value}）"
    return str(value)


def _chinese(value: int) -> str:
    if value < 10:
        return _CN[value]
    tens, ones = divmod(value, 10)
    return ("" if tens == 1 else _chinese(tens)) + "十" + (_CN[ones] if ones else "") if value < 100 else str(value)


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {int(one.get(f"{W}ilvl", "0")): _level(one) for one in abstract.iterchildren(f"{W}lvl")}


def _level(element: etree._Element) -> _Level:
    start = _value(element, "start")
    return _Level(
        int(start) if start.isdecimal() else 1,
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText"),
        _value(element, "lvlRestart") == "0",
    )


def _overridden(override: etree._Element, levels: dict[int, _Level]) -> dict[int, _Level]:
    depth = int(override.get(f"{W}ilvl", "0"))
    own = override.find(f"{W}lvl")
    if own is not None:
        return {depth: _level(own)}
    start, level = _value(override, "startOverride"), levels.get(depth, _Level())
    return {depth: _Level(int(start) if start.isdecimal() else level.start, level.form, level.text, level.runs_on)}


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _numbered(element: etree._Element) -> tuple[str, int] | None:
    found = element.find(f"{W}pPr/{W}numPr")
    if found is None:
        return None
    depth = _value(found, "ilvl")
    return _value(found, "numId"), int(depth) if depth.isdecimal() else 0


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val", ""))
