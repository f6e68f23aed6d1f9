"""What a check from the command line may ask of a database, if one answers; without one it checks all the same."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.exceptions import ImproperlyConfigured
from django.db import Error

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.intake.checks import ROW, Context
from goodfaith.intake.merge import parties_of, told
from goodfaith.records import bulk
from goodfaith.records import rules as record_rules

Delivered = Callable[[pl.DataFrame, Context], pl.DataFrame]
ASKING = Acting(kind="system", id="goodfaith", name="命令行")
"""The command line, that asks and writes nothing."""


def _nothing(good: pl.DataFrame, context: Context) -> pl.DataFrame:
    return told([], "row_delivered", "repeated")


@dataclass(frozen=True)
class Database:
    """The delivering unit, and which rows were delivered before; both unknown without a database (``asked``)."""

    unit: Any = None
    delivered: Delivered = _nothing
    asked: bool = False

    @classmethod
    def reach(cls, unit: str | None, item: str) -> Database:
        """The database if one is configured and answers; Problem when the unit may not report the item."""
        if not _answers():
            return cls()
        return cls(_unit(unit, item) if unit else None, delivered, asked=True)


def _answers() -> bool:
    """Whether there is a database to ask. A stopped embedded server is not started for a check."""
    if os.environ.get("GOODFAITH_INTAKE_OFFLINE"):
        return False
    try:
        from goodfaith.parties.models import Unit

        Unit.objects.exists()
    except (Error, ImproperlyConfigured, OSError, RuntimeError):
        return False
    return True


def _unit(code: str, item: str) -> Any:
    from goodfaith.parties.models import Unit, UnitItem

    found = Unit.objects.filter(code=code, active=True).first()
    if found is None:
        raise Problem("unit_unknown", f"没有代码为“{code}”的在用报送单位。", "请核对单位代码。")
    if not UnitItem.objects.filter(unit=found, item_code=item).exists():
        what = f"{found.name}不是条目“{item}”的信源单位，不能报送。"
        raise Problem("item_not_of_unit", what, "请核对条目代码；确由该单位产生的，请联系信用主管部门登记。")
    return found


def delivered(good: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Findings row_delivered for rows that stand in the records already with the same content."""
    from goodfaith.subjects.actions import Resolver

    rule = context.catalogue.rule_of(context.item)
    ready = record_rules.prepare(good, context.item, context.edition, rule)
    at: dt.datetime = clock.now()
    answers = Resolver(acting=ASKING, at=at, delivery_id=uuid.UUID(int=0), dry=True).resolve(parties_of(good, context))
    frame = ready.hstack(answers).filter(pl.col("known") & pl.col("subject_id").is_not_null())
    if frame.is_empty():
        return _nothing(good, context)
    known = bulk.known(frame, context.item.code)
    same = frame.with_row_index("n").with_columns(pl.col("n").cast(pl.Int64)).join(known, on="n", how="inner")
    return told(same.filter(pl.col("digest") == pl.col("known_digest"))[ROW].to_list(), "row_delivered", "repeated")
