"""From an uploaded list to rows that can be asked. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.conf import settings

from goodfaith.common.problems import Problem
from goodfaith.inquiry import rules
from goodfaith.intake import reading

ROW = "__row"
FIRST_FAULTS = 50


@dataclass(frozen=True)
class List:
    """A list as read. ``columns``: which header was taken for what."""

    rows: list[rules.Asked]
    columns: dict[str, str | None] = field(default_factory=dict)

    @property
    def askable(self) -> list[rules.Asked]:
        """The rows that go to the gate."""
        return [row for row in self.rows if row.askable]

    @property
    def faults(self) -> list[dict[str, Any]]:
        """The first faulty rows, without any value."""
        found = [{"row": row.row, "code": row.fault[0], "message": row.fault[1]} for row in self.rows if row.fault]
        return found[:FIRST_FAULTS]


def read_list(data: bytes, filename: str) -> List:
    """The rows of an XLSX, XLS or CSV file; Problem when it is empty, too long, or has not the columns."""
    most = settings.INQUIRY_MAX_BYTES
    if len(data) > most:
        what = f"文件超过{most // 2**20} MiB的上限。"
        raise Problem("file_too_big", what, "请只保留名称和代码两列，或者分成几批。", status=413)
    known = {*rules.NAME, *rules.NUMBER, *rules.KIND}
    source = reading.open_file(data, filename, known)
    columns = rules.find_columns(source.columns)
    frames = list(_frames(source, columns))
    rows = pl.concat(frames) if frames else None
    if rows is None or rows.is_empty():
        raise Problem("file_no_rows", "文件里没有数据行。", "请在表头下面填好名称和代码后再上传。")
    judged = (rules.judge(*row) for row in rows.iter_rows())
    return List(rules.mark_repeated(judged), columns)


def _frames(source: reading.Source, columns: dict[str, str | None]) -> Any:
    """(row, name, number, kind) batch by batch; stops as soon as there are too many."""
    total, most = 0, settings.INQUIRY_MAX_ROWS
    for batch in source.batches(most + 1):
        total += batch.height
        if total > most:
            raise Problem("too_many_rows", f"名单超过{most:,}行，一次不能核查这么多。", "请分成几批，每批各写事由。")
        picked = [
            (pl.col(header) if (header := columns[what]) else pl.lit(None, dtype=pl.String)).alias(what)
            for what in ("name", "number", "kind")
        ]
        yield batch.select(ROW, *picked)
