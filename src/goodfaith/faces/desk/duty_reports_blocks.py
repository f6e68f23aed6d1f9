"""A report as blocks, before it is a page, a PDF or a Word file: all three say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodfaith.duties.queries.show_report import WholeReport
from goodfaith.duties.views import AssignmentRow, NoticeRow
from goodfaith.faces.desk.duties_words import change_name, due_words, finding_name, state_name, step_name
from goodfaith.faces.desk.work_words import percent
from goodfaith.faces.parts.words import day

MOST = 60
"""Lines of one list; a file has to be read. The ledger's export has all."""
LONGEST = 240
BARS = 16


@dataclass(frozen=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table. ``numbers``: which columns are numbers; ``widths``: parts of the line."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Bars:
    """A chart of stacked bars: what it shows in a sentence, names of the pieces, lines of (name, numbers)."""

    title: str
    says: str
    series: tuple[str, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Said:
    """What a unit did."""

    title: str
    meta: str
    text: str


Block = Heading | Text | Grid | Bars | Said


@dataclass(frozen=True)
class Paper:
    """A report ready to be set."""

    title: str
    issuer: str
    counted: str
    blocks: tuple[Block, ...]


def paper(report: WholeReport, title: str, issuer: str) -> Paper:
    """The whole report."""
    figures = report.figures
    parts = [
        (_("总体情况"), _overview(report)), (_("各文件"), _documents(report)), (_("各单位"), _units(report)),
        (_("逾期任务"), _overdue(report)), (_("督办"), _notices(report)), (_("每年的任务"), _recurring(report)),
        (_("做了什么"), _done(report)), (_("考核和变更"), _changes(report)), (_("下一步安排"), _next(report)),
    ]  # fmt: skip
    blocks = [block for name, found in parts for block in (Heading(name), *found)]
    return Paper(title, issuer, _("数据截至%(day)s，由任务台账自动统计") % {"day": day(figures.today)}, tuple(blocks))


def _overview(report: WholeReport) -> Iterator[Block]:
    yield Text("".join(report.figures.sentences))
    months = report.figures.timeline
    if months:
        lines = tuple(
            (_("%(year)s年%(month)s月") % {"year": one.month.year, "month": one.month.month},
             (one.in_time, one.late, one.overdue, one.to_come)) for one in months
        )  # fmt: skip
        says = _("期内 %(months)s 个月有任务到期，最多的是%(most)s，%(n)s 项。") % {
            "months": len(months), "most": max(lines, key=lambda one: sum(one[1]))[0],
            "n": max(one.due for one in months),
        }  # fmt: skip
        yield Bars(
            _("各月到期的任务"), says, (_("按期完成"), _("逾期完成"), _("逾期未完成"), _("未到期或待审核")), lines
        )


def _documents(report: WholeReport) -> Iterator[Block]:
    rows = [
        (_title(one.title, one.doc_no), *map(str, (one.duties, one.accepted, one.running, one.overdue)))
        for one in report.figures.documents
    ]
    if rows:
        yield Text(_("完成、在办、逾期按责任单位和年度计件，一项任务可能有几件。"))
    heads = (_("文件"), _("任务（项）"), _("完成（件）"), _("在办（件）"), _("逾期（件）"))
    yield from _grid(heads, rows, (8, 3, 3, 3, 3), (1, 2, 3, 4), _("台账里还没有采纳的文件。"))


def _title(title: str, doc_no: str) -> str:
    return f"{title}（{doc_no}）" if doc_no else title


def _units(report: WholeReport) -> Iterator[Block]:
    units = [one for one in report.figures.units if one.due or one.running or one.notices or one.questions]
    due = sorted((one for one in units if one.due), key=lambda one: (-one.overdue, -one.due))[:BARS]
    if due:
        lines = tuple((one.unit_name or _("名录以外的单位"), (one.in_time, one.late, one.overdue)) for one in due)
        late = sum(1 for one in units if one.overdue)
        says = _("%(n)s 个单位有任务到期，其中 %(late)s 个单位有逾期未完成的。") % {
            "n": sum(1 for one in units if one.due), "late": late,
        }  # fmt: skip
        yield Bars(_("各单位到期任务"), says, (_("按期完成"), _("逾期完成"), _("逾期未完成")), lines)
    rows = [
        (one.unit_name or _("名录以外的单位"), str(one.due), str(one.in_time), str(one.late), str(one.overdue),
         percent(one.in_time_share), str(one.running), f"{one.notices} / {one.notices_unanswered}",
         f"{one.questions} / {one.questions_late}")
        for one in units
    ]  # fmt: skip
    heads = (_("单位"), _("应完成"), _("按期"), _("逾期完成"), _("逾期未完成"), _("按期率"), _("在办"),
    _("督办 / 逾期未复"),
             _("咨询 / 逾期"))  # fmt: skip
    yield from _grid(heads, rows, (6, 2, 2, 2, 3, 2, 2, 3, 3), range(1, 9), _("没有单位承担任务。"))


def _overdue(report: WholeReport) -> Iterator[Block]:
    found = sorted(report.figures.overdue, key=lambda one: one.due_on or dt.date.max)
    rows = [(one.number, one.title, one.unit_name, day(one.due_on), str(-(one.days_left or 0))) for one in found]
    heads = (_("编号"), _("任务"), _("责任单位"), _("期限"), _("逾期天数"))
    yield from _grid(heads, rows, (2, 7, 5, 4, 2), (4,), _("没有逾期任务。"))


def _notices(report: WholeReport) -> Iterator[Block]:
    rows = [
        (one.number, one.unit_name, one.asks[:LONGEST], day(one.due_on), _notice_state(one))
        for one in report.figures.notices
    ]
    heads = (_("文号"), _("被督办单位"), _("要求"), _("回复期限"), _("结果"))
    yield from _grid(heads, rows, (4, 4, 6, 4, 3), (), _("期内没有发出督办通知。"))


def _notice_state(one: NoticeRow) -> str:
    return finding_name(one.finding) if one.finding else step_name("notice", one.step)


def _recurring(report: WholeReport) -> Iterator[Block]:
    heads = (_("编号"), _("任务"), _("责任单位"), _("年度"), _("期限"), _("状态"))
    rows = [
        (one.number, one.title, one.unit_name, one.period, day(one.due_on), _state(one)) for one in report.recurring
    ]
    yield from _grid(heads, rows, (2, 6, 4, 2, 4, 3), (), _("期内没有每年到期的任务。"))


def _state(one: AssignmentRow) -> str:
    return state_name("overdue" if one.overdue else one.step)


def _done(report: WholeReport) -> Iterator[Block]:
    found = report.figures.done
    if not found:
        yield Text(_("期内没有审核认可的任务。"))
    for one in found[:MOST]:
        at = day(one.closed_at.date()) if one.closed_at else ""
        text = report.said.get(one.id, "")
        said = f"{text[:LONGEST]}……" if len(text) > LONGEST else text
        yield Said(f"{one.number}　{one.title}", _("%(unit)s，%(day)s认可") % {"unit": one.unit_name, "day": at}, said)
    yield from _rest(len(found))


def _changes(report: WholeReport) -> Iterator[Block]:
    for one in report.figures.rounds:
        yield Text(_("公布考核结果：%(title)s，%(n)s 个单位。") % {"title": one.title, "n": len(one.entries)})
    rows = [
        (one.duty_number or "—", change_name(one.kind), one.reason[:LONGEST], one.decided_by_name)
        for one in report.figures.changes
    ]
    heads = (_("任务编号"), _("变更"), _("理由"), _("批准人"))
    yield from _grid(heads, rows, (2, 3, 8, 3), (), _("期内没有批准的变更。"))


def _next(report: WholeReport) -> Iterator[Block]:
    last = day(report.upcoming_until - dt.timedelta(days=1))
    yield Text(_("至%(day)s前到期的任务 %(n)s 项，宣传活动 %(held)s 次。") % {
        "day": last, "n": len(report.upcoming), "held": len(report.upcoming_campaigns)})  # fmt: skip
    rows = [(day(one.due_on), one.number, one.title, one.unit_name, due_words(one.due)) for one in report.upcoming]
    heads = (_("到期"), _("编号"), _("任务"), _("责任单位"), _("公文的期限"))
    yield from _grid(heads, rows, (3, 2, 7, 4, 3), (), "")
    held = [(day(one.first), one.title, one.unit_name or _("待定")) for one in report.upcoming_campaigns]
    yield from _grid((_("日期"), _("宣传活动"), _("组织单位")), held, (3, 7, 5), (), "")


def _grid(
    heads: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
    widths: tuple[int, ...],
    numbers: Sequence[int] | range,
    empty: str,
) -> Iterator[Block]:
    """A table, or the sentence that there is nothing; long ones end with how many are left out."""
    if rows:
        yield Grid(heads, tuple(rows[:MOST]), widths, frozenset(numbers))
        yield from _rest(len(rows))
    elif empty:
        yield Text(empty)


def _rest(n: int) -> Iterator[Block]:
    if n > MOST:
        yield Text(_("另有 %(n)s 项没有列出，见任务台账。") % {"n": n - MOST})
