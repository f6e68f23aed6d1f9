"""The deliveries that the records of the demo came in: one for each unit, item, edition and day of report."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from goodfaith.common import clock
from goodfaith.common.ids import uuid7_bytes
from goodfaith.demo.city import City
from goodfaith.demo.numbers import Rng
from goodfaith.demo.plan import working_days
from goodfaith.intake.models import Delivery
from goodfaith.intake.rules import LIMITS, receipt_number
from goodfaith.law import schema

OFFICE_HOUR = dt.time(10, 20)
REFUSED_CODES = (
    "id_check_digit", "uscc_check_digit", "required", "date_invalid", "amount_unit", "id_excel_ruined", "code_unknown",
)  # fmt: skip
BYTES_A_ROW = 410
API_BELOW = 4
"""Units that are this punctual report by machine."""


def moment(day: dt.date, minutes: int = 0) -> dt.datetime:
    """A moment in office hours of that day."""
    return dt.datetime.combine(day, OFFICE_HOUR, tzinfo=clock.CHINA) + dt.timedelta(minutes=minutes)


@dataclass
class Book:
    """Keeps the receipts' numbers apart over all items."""

    city: City
    rng: Rng
    used: Counter[tuple[str, dt.date]] = field(default_factory=Counter)

    def receipt(self, unit: str, day: dt.date) -> str:
        """The unit's next receipt number of that day."""
        self.used[unit, day] += 1
        return receipt_number(unit, day, self.used[unit, day])


@dataclass
class Batch:
    """The deliveries of one item in one edition: an id for each slot, and counts as rows come."""

    item: schema.Item
    edition: schema.Edition
    ids: pl.Series
    counts: list[pl.DataFrame] = field(default_factory=list)

    @classmethod
    def of(cls, item: schema.Item, edition: schema.Edition, slots: int) -> Batch:
        """Ids for ``slots`` deliveries."""
        digits = uuid7_bytes(slots).tobytes().hex()
        ids = [str(uuid.UUID(digits[n : n + 32])) for n in range(0, 32 * slots, 32)]
        return cls(item, edition, pl.Series(ids, dtype=pl.String))

    def add(self, frame: pl.DataFrame, taken: pl.DataFrame, today: dt.date) -> None:
        """Count rows: ``frame`` of :func:`.rows.make`; ``taken``: ``__row`` and ``known_version`` of the records."""
        limit = LIMITS.get(self.item.update_cycle)
        age = working_days(frame["decided"], frame["report_on"], today)
        late = age > limit if limit is not None else np.zeros(frame.height, dtype=np.bool_)
        revised = taken.select("__row", pl.col("known_version").is_not_null().alias("revised"))
        marked = frame.with_columns(pl.Series("late", late)).join(revised, on="__row", how="inner")
        codes = [f.code for f in self.edition.fields]
        self.counts.append(
            marked.group_by("slot", "unit", "report_on").agg(
                pl.len().alias("rows"), pl.col("late").sum(), pl.col("revised").sum(),
                *(pl.col(code).count().alias(f"={code}") for code in codes),
            )
        )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """The counts of each delivery."""
        if not self.counts:
            return []
        whole = pl.concat(self.counts).group_by("slot", "unit", "report_on").agg(pl.all().sum())
        return whole.sort("report_on", "unit", "slot").to_dicts()


def _summary(rng: Rng, batch: Batch, row: dict[str, Any], refused: int) -> dict[str, Any]:
    filled = {f.code: row[f"={f.code}"] for f in batch.edition.fields}
    codes = Counter(REFUSED_CODES[int(n)] for n in rng.integers(0, len(REFUSED_CODES), refused))
    good = max(row["rows"], 1)
    return {
        "codes": dict(codes.most_common()),
        "warnings": {},
        "fields": {},
        "filled": filled,
        "completeness": {code: round(count / good, 4) for code, count in filled.items()},
    }


def _delivery(book: Book, batch: Batch, row: dict[str, Any]) -> Delivery:
    unit, day, good = book.city.units[row["unit"]], row["report_on"], row["rows"]
    refused = int(book.rng.binomial(good, unit.tardy / 400))
    named = f"{unit.code}|{batch.item.code}|{batch.edition.code}|{day}|{good}"
    done, by_api = moment(day, row["slot"] % 300), unit.tardy < API_BELOW
    return Delivery(
        id=uuid.UUID(batch.ids[row["slot"]]), unit_id=unit.code, item_id=batch.item.code, edition=batch.edition.code,
        channel="api" if by_api else "file",
        filename=f"{batch.item.name.zh}{day:%Y%m%d}.{'json' if by_api else 'xlsx'}",
        bytes=good * BYTES_A_ROW + 6_144, sha256=hashlib.sha256(named.encode()).hexdigest(), state="committed",
        take="good", report_on=day, rows=good + refused, good=good, refused=refused, added=good - row["revised"],
        revised=row["revised"], late=row["late"], summary=_summary(book.rng, batch, row, refused), progress=100,
        receipt_no=book.receipt(unit.code, day), created_by="demo", created_by_name=unit.short + "经办人",
        created_at=done - dt.timedelta(minutes=18), checked_at=done - dt.timedelta(minutes=9), committed_at=done,
    )  # fmt: skip


def of_batch(book: Book, batch: Batch) -> list[Delivery]:
    """The deliveries of a batch, not yet saved."""
    return [_delivery(book, batch, row) for row in batch.rows()]
