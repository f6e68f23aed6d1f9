"""``goodfaith duties read``: official documents as tasks, without any database."""

from __future__ import annotations

import json as json_
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from goodfaith.common.problems import Problem
from goodfaith.duties.reading import Document, Task, as_json, read_document
from goodfaith.duties.reading.output import deadline_as_json

READ, IMPOSSIBLE = 0, 2


def read(files: Iterable[Path], json: bool = False) -> int:
    """Read files and print what they ask of whom. 0: all read; 2: some can't be (said on stderr, the rest is read).

    ``json``: one object for one file, a list for several; of a file that can't be read nothing is printed there.
    """
    paths = list(files)
    found: list[tuple[Path, Document]] = []
    for path in paths:
        try:
            found.append((path, read_document(_content(path), path.name)))
        except Problem as problem:
            sys.stderr.write(f"✗ {path}: {problem.what}\n  {problem.next}\n")
    if json:
        _print_json([as_json(document) for _path, document in found], several=len(paths) > 1)
    else:
        for path, document in found:
            _tell(path, document)
    return READ if len(found) == len(paths) else IMPOSSIBLE


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise Problem("file_is_folder", _("这是一个文件夹，不是文件。"), _("请写出文件夹中要读的那个文件。")) from error
    except FileNotFoundError as error:
        raise Problem("file_not_found", _("找不到这个文件。"), _("请核对路径和文件名。")) from error
    except OSError as error:
        what = _("文件读不出来：%(why)s。") % {"why": error.strerror or str(error)}
        raise Problem("file_not_readable", what, _("请核对文件的读取权限，或复制一份后再试。")) from error


def _print_json(objects: list[dict[str, Any]], *, several: bool) -> None:
    if several or objects:
        answer = objects if several else objects[0]
        sys.stdout.write(json_.dumps(answer, ensure_ascii=False, indent=1) + "\n")


def _tell(path: Path, document: Document) -> None:
    out, header = Console(highlight=False), document.header
    facts = [header.title, header.doc_no, header.issuer, header.signed and header.signed.isoformat()]
    out.print(f"{path.name}：" + "　".join(str(fact) for fact in facts if fact), markup=False)
    for doubt in document.doubts:
        out.print(f"  ? {doubt.what}", markup=False)
    for plan in document.plans:
        out.print(_table(plan.title, plan.tasks))
        if plan.without_note:
            out.print(
                "  " + _("另有 %(count)d 条没有责任注，未列为任务。") % {"count": len(plan.without_note)}, markup=False
            )
        for task in plan.tasks:
            for doubt in task.doubts:
                out.print("  ? " + _("第 %(line)d 行：") % {"line": doubt.line} + doubt.what, markup=False)


def _table(title: str, tasks: tuple[Task, ...]) -> Table:
    counted = _("%(title)s（%(count)d 项任务）") % {"title": title, "count": len(tasks)}
    table = Table(title=counted, title_justify="left", show_edge=False, pad_edge=False)
    for column in (_("编号"), _("任务"), _("牵头"), _("责任或配合"), _("期限")):
        table.add_column(column, overflow="fold")
    for task in tasks:
        table.add_row(*_cells(task))
    return table


def _cells(task: Task) -> tuple[str, ...]:
    more = _("等") if task.open_ended else ""
    number = (task.place.chapter or "").split("、")[0] + (task.place.clause or "")
    return number, task.place.title, "、".join(task.lead.full), "、".join(task.participating.full) + more, _limit(task)


def _limit(task: Task) -> str:
    deadline = deadline_as_json(task.deadline)
    if isinstance(deadline, dict):
        return _("每年 %(day)s") % {"day": deadline["yearly"]}
    return _("持续") if deadline == "ongoing" else deadline or "—"
