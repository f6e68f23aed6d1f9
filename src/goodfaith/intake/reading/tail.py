"""Batches of an even size, without the rows at the foot of a sheet (合计, 填表人 …)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import polars as pl

from goodfaith.intake.reading.records import ROW

HELD = 20
"""A foot has at most so many rows."""
_TOTAL = re.compile(r"^(合计|总计|小计|共计)[:：]?$")
_SIGNED = re.compile(
    r"^(填表人|填报人|制表人|制表|审核人|复核人|负责人|单位负责人|经办人|联系人|联系电话|填报日期|填表日期|备注|注|说明|填报说明)[:：]"
)
_BARE = re.compile(r"^(填表人|填报人|制表人|审核人|复核人|单位负责人|经办人)(签字|签名|（签字）|（签名）|（签章）)?$")


def is_foot(cells: list[str | None]) -> bool:
    """Whether a row belongs to the foot: its first filled cell says so, and part of the row is blank."""
    filled = [cell for cell in cells if cell]
    if not filled or (len(filled) == len(cells) and len(cells) > 1):
        return False
    first = re.sub(r"\s+", "", filled[0])
    return any(shape.match(first) for shape in (_TOTAL, _SIGNED, _BARE))


def batches(
    frames: Iterator[pl.DataFrame], size: int, columns: list[str], dropped: Callable[[int, str], None]
) -> Iterator[pl.DataFrame]:
    """``frames`` (named columns and ``__row``) in batches of ``size``; ``dropped(row, text)`` for each foot row."""
    waiting: list[pl.DataFrame] = []
    count = 0
    for frame in frames:
        waiting.append(frame)
        count += frame.height
        if count < size + HELD:
            continue
        held = pl.concat(waiting)
        while held.height >= size + HELD:
            yield held.slice(0, size)
            held = held.slice(size)
        waiting, count = [held], held.height
    if count:
        yield from _end(pl.concat(waiting), size, columns, dropped)


def _end(
    frame: pl.DataFrame, size: int, columns: list[str], dropped: Callable[[int, str], None]
) -> Iterator[pl.DataFrame]:
    keep = frame.height
    for *cells, row in reversed(frame.tail(HELD).select(*columns, ROW).rows()):
        if not is_foot(cells):
            break
        dropped(row, " ".join(cell for cell in cells if cell))
        keep -= 1
    yield from frame.head(keep).iter_slices(size) if keep else ()
