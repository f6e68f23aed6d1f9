"""The display rules turned round: from what a record remembers to what the law says of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goodfaith.law.conditions import version_name
from goodfaith.law.displaying import DisplayClass, DisplayRule, DisplayVersion, Ends, Gravity, Repair
from goodfaith.law.schema import Instrument


@dataclass(frozen=True, slots=True)
class TermLine:
    """One line of the table that SQL joins records with; see :class:`goodfaith.law.models.Term`."""

    version: str
    class_code: str
    level: Gravity
    min_months: int
    max_months: int | None
    publish: bool
    ends: Ends
    applies: bool
    barred: bool
    counted_from: str


def term_lines(rules: Iterable[DisplayRule]) -> Iterator[TermLine]:
    """One line for each class of each version of each rule."""
    for rule in rules:
        for version in rule.versions:
            for each in version.classes:
                yield _line(rule, version, each)


def _line(rule: DisplayRule, version: DisplayVersion, each: DisplayClass) -> TermLine:
    return TermLine(
        version=version_name(rule, version),
        class_code=each.code,
        level=each.level or "none",
        min_months=each.min_months,
        max_months=each.max_months,
        publish=each.publish,
        ends=each.ends_by,
        applies=each.repair is not None and not each.repair_barred,
        barred=each.repair_barred,
        counted_from=rule.counted_from,
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A class of a display rule together with where it stands."""

    rule: DisplayRule
    version: DisplayVersion
    shown: DisplayClass


@dataclass(frozen=True, slots=True)
class TermLaw:
    """What terms are told from: classes by ("rule/version", class code), repairs and instruments by code."""

    classes: Mapping[tuple[str, str], Placed] = field(default_factory=dict)
    repairs: Mapping[str, Repair] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)

    @classmethod
    def of(
        cls, rules: Iterable[DisplayRule], repairs: Iterable[Repair], instruments: Mapping[str, Instrument]
    ) -> TermLaw:
        """The law of these rules and repairs."""
        placed = {
            (version_name(rule, version), each.code): Placed(rule, version, each)
            for rule in rules
            for version in rule.versions
            for each in version.classes
        }
        return cls(placed, {each.code: each for each in repairs}, instruments)
