"""Sample files to try the delivery wizard with (``goodfaith demo files DIR``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.demo import city, sheets
from goodfaith.demo.city import City
from goodfaith.demo.own import LICENCE, PENALTY
from goodfaith.law import packs

UNIT = "market_regulation"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
"""Begins like a picture: what it is called does not make it a workbook."""


@dataclass(frozen=True)
class Sample:
    """A sample file: its name, what it shows, the item and unit it is for, and how it is made."""

    name: str
    what: str
    item: str
    unit: str
    make: Callable[[City, dt.date], bytes]


def clean_csv(made: City, day: dt.date, seed: int = 1) -> bytes:
    """Good rows under Chinese headers, UTF-8 with a byte-order mark."""
    return sheets.csv_bytes(sheets.table(made, LICENCE, UNIT, 60, seed, day))


def gbk_csv(made: City, day: dt.date, seed: int = 2) -> bytes:
    """Good rows under official codes, GBK, two title rows above."""
    table = sheets.table(made, PENALTY, UNIT, 45, seed, day)
    title = (f"{made.name}市场监督管理局行政处罚信息报送表", f"报送日期：{day:%Y年%m月%d日}")
    return sheets.csv_bytes(table, encoding="gbk", official=True, title=title)


def dirty_xlsx(made: City, day: dt.date, seed: int = 3) -> bytes:
    """Rows with one fault of every kind, and one row twice, under a merged title."""
    table = sheets.table(made, PENALTY, UNIT, 120, seed, day)
    title = (f"{made.name}市场监督管理局行政处罚信息（{day:%Y年%m月}）", "填报人：市监局经办人")
    return sheets.xlsx_bytes(sheets.spoil(table, sheets.PENALTY_FAULTS, 2), title=title)


def backlog_xlsx(made: City, day: dt.date, seed: int = 4) -> bytes:
    """Old licences in the form of before 2018."""
    return sheets.xlsx_bytes(sheets.table(made, LICENCE, UNIT, 80, seed, day, "pre2018"))


def court_zip(made: City, day: dt.date, seed: int = 5) -> bytes:
    """The court's list: CSV in GB18030, zipped."""
    table = sheets.table(made, "courts.judgment_defaulter", "court", 30, seed, day)
    return sheets.zip_bytes("失信被执行人.csv", sheets.csv_bytes(table, encoding="gb18030"))


def again_csv(made: City, day: dt.date, seed: int = 1) -> bytes:
    """Some rows of :func:`clean_csv` once more among new ones."""
    old = sheets.table(made, LICENCE, UNIT, 60, seed, day)
    new = sheets.table(made, LICENCE, UNIT, 20, seed + 50, day)
    return sheets.csv_bytes(sheets.Table(new.item, new.fields, new.cells + old.cells[:15]))


SAMPLES = (
    Sample("1-行政许可-规范.csv", "规范的CSV（UTF-8），应当全部合格", LICENCE, UNIT, clean_csv),
    Sample("2-行政处罚-GBK带标题行.csv", "GBK编码，表头是官方字段代码，上面有两行标题", PENALTY, UNIT, gbk_csv),
    Sample("3-行政处罚-问题行.xlsx", "每种常见错误各一行，另有一行重复", PENALTY, UNIT, dirty_xlsx),
    Sample("4-行政许可-2018年以前旧表.xlsx", "历史存量，用2018年以前的表式", LICENCE, UNIT, backlog_xlsx),
    Sample("5-失信被执行人.zip", "压缩的CSV（GB18030），由法院报送", "courts.judgment_defaulter", "court", court_zip),
    Sample("6-行政许可-含上月已报行.csv", "新行中混有文件1已报过的行", LICENCE, UNIT, again_csv),
    Sample("7-其实是图片.xlsx", "改名为.xlsx的图片，应当被拒绝", LICENCE, UNIT, lambda made, day: PICTURE),
)


def write_all(directory: Path, people: int = 8_000, organisations: int = 6_000) -> list[tuple[Path, str]]:
    """Write all samples; (path, what it shows) of each. They fit a city of the default size. No database."""
    today = clock.today()
    made = city.build(packs.read(settings.PACKS_DIR), today, people, organisations)
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            "folder_unwritable", f"不能写入文件夹 {directory}（{error.strerror}）。", "请换一个文件夹。"
        ) from None
    written = []
    for sample in SAMPLES:
        path = directory / sample.name
        path.write_bytes(sample.make(made, today))
        written.append((path, sample.what))
    return written
