"""One time limit for many tasks: ``以上任务均于2021年底前完成``."""

from __future__ import annotations

import dataclasses
import re

from goodfaith.duties.reading.doubts import Doubting
from goodfaith.duties.reading.note import deadlines
from goodfaith.duties.reading.note.deadlines import Calendar, Limit
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Doubt, Task

_SAID = re.compile(
    r"(?:(?:以上|上述|前述|本(?:方案|意见|措施|计划|通知|要点)(?:所列|确定的|明确的|中)?|所有|各项|全部)(?:各项|重点|工作|改革|的)*(?:任务|工作|措施|事项|举措))"
    r"[^。；]{0,40}?(?:均|全部|都|统一|应|须|要|一律|原则上|外，)+(?:应|须|要|需|全部)*(?:于|在)(?P<limit>[^。；，]{2,20}?)(?:前|底前|之前|以前)?(?:全面|全部|基本)?(?:完成|落实到位|完成到位|落实|见效)"
)


@dataclasses.dataclass(frozen=True)
class Blanket:
    """``place``: where it is said; it is about the tasks before it (or all, when it stands first)."""

    limit: Limit
    place: int
    doubt: Doubt


def find(flow: Flow, start: int, end: int, on: Calendar, doubting: Doubting) -> Blanket | None:
    """The sentence that gives all tasks of ``dense[start:end]`` their limit, if there is one."""
    found = _SAID.search(flow.dense, start, end)
    limit = deadlines.at_start(flow.dense[found.start("limit") : found.end()], on) if found else None
    if not found or not limit or limit.limit.deadline is None:
        return None
    return Blanket(limit.limit, found.start(), doubting.at("limit_for_all", found.start(), found.end()))


def apply(blanket: Blanket | None, tasks: list[Task], flow: Flow, on: Calendar) -> list[Task]:
    """Tasks without a limit get it; one whose own words name a limit gets that, still with its doubt."""
    return [_with(blanket, task, on) for task in tasks] if blanket else tasks


def _with(blanket: Blanket, task: Task, on: Calendar) -> Task:
    if task.deadline is not None or any(doubt.code == "set_elsewhere" for doubt in task.doubts):
        return task
    own = next((doubt for doubt in task.doubts if doubt.code == "limit_in_text"), None)
    if own and (limit := deadlines.at_start(own.words, on)):
        return dataclasses.replace(task, deadline=limit.limit.deadline)
    return dataclasses.replace(task, deadline=blanket.limit.deadline, doubts=(*task.doubts, blanket.doubt))
