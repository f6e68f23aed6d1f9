"""What intake is bound to, and the counting of what was found. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.intake.checks import ROW, Checked, Context
from goodfaith.law import schema

Take = Literal["good", "all_or_none"]
OPEN_STATES = ("received", "mapped", "checking", "checked", "failed")
"""A clerk may abandon a delivery in these."""
LIMITS: dict[str, int] = {"within_7_working_days": 7, "within_20_working_days": 20}
"""Working days from the decision to the report, by update cycle (双公示: 发改办财金〔2018〕424号)."""
NEXT_STATES: dict[str, tuple[str, ...]] = {
    "received": ("mapped", "checking", "failed", "abandoned"),
    "mapped": ("checking", "failed", "abandoned"),
    "checking": ("checked", "failed", "mapped"),
    "checked": ("mapped", "checking", "committing", "abandoned", "failed"),
    "committing": ("committed", "checked", "failed"),
    "failed": ("checking", "mapped", "abandoned"),
    "committed": (),
    "repeated": (),
    "abandoned": (),
}
STATE_NAMES = {
    "received": "已接收", "mapped": "待确认字段", "checking": "检查中", "checked": "待入库", "committing": "入库中",
    "committed": "已入库", "repeated": "重复报送", "abandoned": "已放弃", "failed": "未成功",
}  # fmt: skip


def check_step(state: str, target: str) -> None:
    """Whether a delivery may go from ``state`` to ``target``; Problem ``state_wrong`` otherwise."""
    if target not in NEXT_STATES.get(state, ()):
        what = f"本批目前是“{STATE_NAMES.get(state, state)}”，不能转为“{STATE_NAMES.get(target, target)}”。"
        raise Problem("state_wrong", what, "请刷新页面查看最新状态。", status=409)


class WorkingDays:
    """Working days from any day up to the day of the report, counted once."""

    def __init__(self, report_on: dt.date) -> None:
        self._report_on = report_on
        self._first = report_on
        self._after: list[int] = [0]

    def _reach(self, first: dt.date) -> None:
        """``_after[n]``: working days after the day that lies n days before the report."""
        day = self._first
        while day > first:
            self._after.append(self._after[-1] + clock.is_working_day(day))
            day -= dt.timedelta(days=1)
        self._first = day

    def between(self, days: pl.Series) -> npt.NDArray[np.int64]:
        """Working days after each day up to and with the report; 0 for later days and for null."""
        past = pl.select((pl.lit(self._report_on) - pl.lit(days)).dt.total_days().fill_null(0)).to_series()
        ages = np.maximum(past.to_numpy(), 0)
        if len(ages):
            self._reach(self._report_on - dt.timedelta(days=int(ages.max())))
        counts: npt.NDArray[np.int64] = np.asarray(self._after, dtype=np.int64)[ages]
        return counts


@dataclass
class Tally:
    """Counts over the batches of one delivery. ``refused`` and ``warned`` count rows, the rest findings."""

    context: Context
    rows: int = 0
    good: int = 0
    refused: int = 0
    warned: int = 0
    repeated: int = 0
    late: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._days = WorkingDays(self.context.report_on)

    def add(self, checked: Checked) -> None:
        """Count a checked batch."""
        self.rows += checked.rows
        self.filled.update(checked.filled)
        self.good += checked.good.height
        self.late += self._late(checked.good)
        self.add_findings(checked.findings)

    def _late(self, good: pl.DataFrame) -> int:
        limit = LIMITS.get(self.context.item.update_cycle)
        if limit is None:
            return 0
        return int((self._days.between(good[self.context.edition.decided_on]) > limit).sum())

    def add_findings(self, findings: pl.DataFrame) -> None:
        """Count findings; rows that are refused here must not have been counted as refused before."""
        by_level = {level: findings.filter(pl.col("level") == level) for level in ("refused", "warning")}
        self.refused += by_level["refused"][ROW].n_unique()
        self.warned += by_level["warning"][ROW].n_unique()
        self.codes.update(by_level["refused"]["code"])
        self.warnings.update(by_level["warning"]["code"])
        self.fields.update(by_level["refused"]["field"].drop_nulls())

    def no_longer_good(self, rows: int, *, repeated: bool = False) -> None:
        """``rows`` rows that were good turn out to be repeated, or refused (their findings are added apart)."""
        self.good -= rows
        if repeated:
            self.repeated += rows

    def counts(self) -> dict[str, int]:
        """The counts as the columns of a delivery."""
        names = ("rows", "good", "refused", "repeated", "warned", "late")
        return {name: getattr(self, name) for name in names}

    def summary(self) -> dict[str, Any]:
        """Counts by code and field, and completeness (share of rows in which a field is filled)."""
        rows = max(self.rows, 1)
        return {
            "codes": dict(self.codes.most_common()),
            "warnings": dict(self.warnings.most_common()),
            "fields": dict(self.fields.most_common()),
            "filled": dict(self.filled),
            "completeness": {code: round(count / rows, 4) for code, count in self.filled.items()},
        }


def receipt_number(unit: str, day: dt.date, sequence: int) -> str:
    """Unit, day and the number of the unit's receipt on that day."""
    return f"{unit}-{day:%Y%m%d}-{sequence:04d}"


def named_fields(item: schema.Item, edition: str) -> dict[str, str]:
    """Chinese names of an edition's fields by code."""
    return {f.code: f.name.zh for f in item.edition(edition).fields}
