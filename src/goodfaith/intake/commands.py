"""``goodfaith intake check`` and ``goodfaith intake load``."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import django
import orjson
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.intake import staging
from goodfaith.intake.mapping import propose
from goodfaith.law import packs, schema

SHOWN = 20
"""Findings printed for people; ``--json`` gives all."""
ALL_GOOD, SOME_REFUSED, IMPOSSIBLE = 0, 1, 2
NOT_ASKED = "提示：没有可用的数据库，报送单位和以前报送过的重复行未能核对，只检查了文件本身。"
COMMAND = Acting(kind="system", id="goodfaith", name="命令行")


def _item(catalogue: packs.Catalogue, code: str) -> schema.Item:
    if code in catalogue.items:
        return catalogue.items[code]
    what = f"公共信用信息目录里没有条目“{code}”。"
    raise Problem("item_unknown", what, f"可用的条目：{'、'.join(sorted(catalogue.items))}。")


def _file(path: Path) -> Path:
    try:
        if path.is_dir():
            raise Problem("file_is_folder", f"{path} 是一个文件夹，不是文件。", "请写出文件夹中要检查的那个文件。")
        if not path.exists():
            raise Problem("file_not_found", f"找不到文件 {path}。", "请核对路径和文件名。")
        if not path.is_file():
            raise OSError("不是普通文件")
        with path.open("rb") as stream:
            stream.read(1)
    except OSError as error:
        raise _not_readable(path, error) from error
    return path


def _not_readable(path: Path, error: OSError) -> Problem:
    what = f"文件 {path} 存在，但读不出来：{error.strerror or error}。"
    return Problem("file_not_readable", what, "请核对文件的读取权限和所在的磁盘，或复制一份后再试。")


def _check(path: Path, item: str, unit: str | None, packs_dir: Path | None) -> dict[str, Any]:
    from goodfaith.intake import precheck, unit_lookup

    catalogue = packs.read(packs_dir or settings.PACKS_DIR)
    definition = _item(catalogue, item)
    database = unit_lookup.Database.reach(unit, item)
    if unit and not database.asked:
        _note(NOT_ASKED)
    with staging.table([], 0, path.name, "file", definition, path=_file(path)) as table:
        proposal = propose(table.columns, definition)
        columns = dict(proposal.mapping)
        staging.check_mapping(columns, definition.edition(proposal.edition))
        context = precheck.context_for(definition, proposal.edition, catalogue, database.unit, None, columns)
        return precheck.precheck_table(table, columns, context, database.delivered)


def check(
    file: Path, item: str, unit: str | None = None, json: bool = False, packs_dir: Path | None = None,
    ready: Callable[[], None] | None = None,
) -> int:  # fmt: skip
    """Check a file and store nothing. 0: all good; 1: some rows refused; 2: the file can't be checked at all.

    ``ready`` sets Django up with the database, where there is one to ask about the unit and what it delivered.
    """
    os.environ.setdefault("GOODFAITH_DB_ROLE", "jobs")
    try:
        (ready or django.setup)()
        result = _check(Path(file), item, unit, packs_dir)
    except Problem as problem:
        _tell_problem(problem, json)
        return IMPOSSIBLE
    except OSError as error:
        _tell_problem(_not_readable(Path(file), error), json)
        return IMPOSSIBLE
    if json:
        sys.stdout.buffer.write(orjson.dumps(result, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.flush()
    else:
        _tell(result, Path(file).name)
    return SOME_REFUSED if result["refused"] else ALL_GOOD


def _tell_problem(problem: Problem, json: bool) -> None:
    if json:
        error = {"error": {"code": problem.code, "message": problem.what, "next": problem.next}}
        sys.stdout.buffer.write(orjson.dumps(error, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.flush()
    else:
        _note(f"✗ {problem.what}\n  {problem.next}")


def _note(text: str) -> None:
    Console(stderr=True, highlight=False).print(text, markup=False)


def _tell(result: dict[str, Any], name: str) -> None:
    out = Console(highlight=False)
    refused = len({finding["row"] for finding in result["refused"]})
    out.print(
        f"{name}：共 {result['rows']:,} 行，合格 {result['good']:,}，不合格 {refused:,}，"
        f"重复 {len(result['duplicates']):,}，提示 {len(result['warnings']):,}",
        markup=False,
    )
    for title, key in (("不合格", "refused"), ("重复", "duplicates"), ("提示", "warnings")):
        if result[key]:
            out.print(_listed(title, result[key]))


def _listed(title: str, findings: list[dict[str, Any]]) -> Table:
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    table.add_column("行", justify="right")
    table.add_column("代码", no_wrap=True)
    table.add_column("怎么改", overflow="fold")
    for finding in findings[:SHOWN]:
        table.add_row(str(finding["row"]), finding["code"], finding["message"])
    if len(findings) > SHOWN:
        table.caption = f"另有 {len(findings) - SHOWN:,} 条，加 --json 可看全部"
    return table


@contextlib.contextmanager
def _bar(title: str) -> Iterator[Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=100)
        yield lambda percent: progress.update(task, completed=percent)
        progress.update(task, completed=100)


def _through(path: Path, item: str, unit: str, take: str, data: BinaryIO) -> Any:
    """All steps of a delivery, one after the other, without the queue."""
    from goodfaith.intake import actions, work

    now = clock.now
    delivery = actions.do_receive(
        acting=COMMAND, at=now(), item=item, unit=unit, filename=path.name, data=data, channel="command", defer=False
    )
    if delivery.state == "repeated":
        return delivery
    work.do_read(delivery.pk, acting=COMMAND, at=now(), defer=False)
    delivery.refresh_from_db()
    actions.do_confirm_mapping(
        acting=COMMAND, at=now(), delivery_id=delivery.pk, edition=delivery.edition, mapping=delivery.mapping,
        defer=False,
    )  # fmt: skip
    with _bar("检查") as tell:
        work.do_check(delivery.pk, acting=COMMAND, at=now(), more=tell, defer=False)
    actions.do_commit(acting=COMMAND, at=now(), delivery_id=delivery.pk, take=take, defer=False)
    with _bar("入库") as tell:
        work.do_commit_rows(delivery.pk, acting=COMMAND, at=now(), more=tell)
    delivery.refresh_from_db()
    return delivery


def load(file: Path, item: str, unit: str, take: str = "good") -> int:
    """Take a file in, all steps at once, and print the receipt. 0: all rows in; 1: some refused; Problem otherwise."""
    from goodfaith.intake.receipts import receipt_of

    path = _file(Path(file))
    with path.open("rb") as data:
        delivery = _through(path, item, unit, take, data)
    out = Console(highlight=False)
    if delivery.problem:
        out.print(f"{delivery.problem['what']}{delivery.problem['next']}", markup=False)
    receipt = receipt_of(delivery)
    for label, text in receipt.lines() if receipt else []:
        out.print(f"{label:　<8}{text}", markup=False)
    if receipt is None:
        return ALL_GOOD if delivery.state == "repeated" else SOME_REFUSED
    return SOME_REFUSED if receipt.refused else ALL_GOOD
