"""The display period of a record, as the dated rules of the packs say it (国办发〔2025〕22号 and what it replaced).

The day of the decision chooses the version, the record's own fields choose the class (the first that fits,
and packs write the gravest first: several kinds in one decision therefore take the longest), and the day
counted from gives the dates. Everything here is pure; :mod:`goodfaith.law.vectors` says the same for frames.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from goodfaith.common.problems import Problem
from goodfaith.law.conditions import applies, version_name
from goodfaith.law.schema import DisplayRule, DisplayVersion, Instrument, LegalBasis
from goodfaith.law.vectors import display_frame as display_frame


@dataclass(frozen=True, slots=True)
class Display:
    """How long one record is shown.

    ``version`` is "rule/version". ``start`` is the day counted from; ``end`` the first day on which it is no
    longer shown, None: until the ground falls away. ``earliest_repair`` is the first day on which repair may
    be applied for, None: it may not. With ``publish`` false it is not shown to the public at all.
    """

    version: str
    class_code: str
    class_name: str
    start: dt.date
    end: dt.date | None
    earliest_repair: dt.date | None
    publish: bool
    repair_barred: bool
    basis: LegalBasis

    def sentence(self, instruments: Mapping[str, Instrument] | None = None) -> str:
        """Why and until when, in Chinese; ``instruments`` (the catalogue's) give the basis its name."""
        return f"依据{cite(self.basis, instruments)}，本记录属“{self.class_name}”类，{self._term()}{self._repair()}"

    def _term(self) -> str:
        if not self.publish:
            return "不向社会公示。"
        if self.end is None:
            return f"自{spoken(self.start)}起公示，没有固定的截止日，至列入或认定的事由消失为止。"
        if self.end <= self.start:
            return "不设公示期，不向社会公示。"
        return f"自{spoken(self.start)}起公示，{spoken(self.end)}起自动停止公示。"

    def _repair(self) -> str:
        if self.repair_barred:
            return "依法不适用提前终止公示。"
        if self.earliest_repair is None or not self.publish:
            return ""
        return f"履行义务并改正后，{spoken(self.earliest_repair)}起可以申请信用修复。"


def display_of(
    rule: DisplayRule, decided_on: dt.date, values: Mapping[str, str | None], counted_from: dt.date | None = None
) -> Display:
    """The display period of one record.

    ``values``: the record's fields in their normal form, and under "authority" the name of the deciding
    authority. ``counted_from``: the day in the field that the rule counts from; None: the day of decision.
    Raises Problem ``display_no_version`` when the rule has no version for that day.
    """
    version = version_of(rule, decided_on)
    chosen = next(each for each in version.classes if applies(each, values))
    start = counted_from or decided_on
    return Display(
        version=version_name(rule, version),
        class_code=chosen.code,
        class_name=chosen.name.zh,
        start=start,
        end=None if chosen.max_months is None else add_months(start, chosen.max_months),
        earliest_repair=None if chosen.repair_barred else add_months(start, chosen.min_months),
        publish=chosen.publish,
        repair_barred=chosen.repair_barred,
        basis=chosen.basis,
    )


def version_of(rule: DisplayRule, decided_on: dt.date) -> DisplayVersion:
    """The version for decisions of that day; Problem ``display_no_version`` when there is none."""
    for version in rule.versions:
        if version.decided.holds(decided_on):
            return version
    what = f"展示规则“{rule.name.zh}”没有适用于 {decided_on} 作出的决定的版本。"
    raise Problem("display_no_version", what, "请核对决定日期；日期无误的，请信用主管部门补充规则版本。")


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many calendar months later, or that month's last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def spoken(day: dt.date) -> str:
    """2026年4月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def cite(basis: LegalBasis, instruments: Mapping[str, Instrument] | None = None) -> str:
    """《名称》（文号）条款, and a warning where nobody has compared it with a text."""
    instrument = (instruments or {}).get(basis.instrument)
    name = f"“{basis.instrument}”" if instrument is None else f"《{instrument.name.zh}》"
    number = f"（{instrument.number}）" if instrument is not None and instrument.number else ""
    return f"{name}{number}{basis.article}{'（未经核对）' if basis.checked == 'unverified' else ''}"
