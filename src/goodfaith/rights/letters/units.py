"""Letters to other units: a recall of what they were given, and a case handed on to the source unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodfaith.common.problems import Problem
from goodfaith.rights.letters.blocks import articles, heading, items, paragraphs, record, strong, table
from goodfaith.rights.letters.letter import Letter, compose
from goodfaith.rights.letters.parts import Article, Head, Limit, RecordFacts
from goodfaith.rights.letters.words import day, full, until

REASONS = {
    "corrected": "经核实有误，已予更正",
    "repaired": "已准予信用修复",
    "annulled": "所依据的决定已被撤销或者变更",
    "expired": "展示期限已满",
    "unlinked": "经核实不属于原先关联的主体，已予脱离",
}
"""The reasons of a recall, as :data:`goodfaith.rights.notices.REASONS` names them."""


@dataclass(frozen=True)
class Look:
    """A look by which the unit got the record: the ledger's entry, its day, and what for."""

    entry: Annotated[int, lazy("查询日志编号")]
    on: Annotated[dt.date, lazy("查询日期")]
    purpose: Annotated[str, lazy("查询目的")]


@dataclass(frozen=True)
class Recall:
    """``reason``: a key of :data:`REASONS`. The record has no subject here: the unit finds it by its own look."""

    recall_id: Annotated[str, lazy("撤回编号")]
    reason: Annotated[str, lazy("撤回原因")]
    record: Annotated[RecordFacts, lazy("有关记录")]
    effective_on: Annotated[dt.date, lazy("生效日期")]
    looks: Annotated[tuple[Look, ...], lazy("查询记录")]
    to_do: Annotated[tuple[str, ...], lazy("需完成的事项")]
    confirm_by: Annotated[dt.date, lazy("回执的最后一日")]
    confirm_how: Annotated[str, lazy("回执的方式")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]


def recall(head: Head, told: Recall) -> Letter:
    """信用信息更正通知书 or 信用信息撤回通知书, to a unit. Problem for an unknown reason and a named subject."""
    if told.reason not in REASONS or told.record.subject:
        what = _("撤回通知的原因不明，或者写入了主体的姓名、名称。")
        raise Problem("letter_recall", what, _("请选择规定的原因；对方凭查询日志编号查对，不写主体。"))
    body = paragraphs(
        f"你单位曾通过本平台获得下列信用记录。该记录{REASONS[told.reason]}，自{day(told.effective_on)}起生效。"
        "现通知你单位同步处理，并防止继续使用原记录。"
    )
    body += [record(told.record), heading("你单位获得该记录的查询")]
    rows = [[str(look.entry), day(look.on), look.purpose] for look in told.looks]
    body += [table(("查询日志编号", "日期", "目的"), rows, (3, 4, 6)), heading("请你单位完成"), items(told.to_do)]
    body.append(strong(f"请于{day(told.confirm_by)}前（含当日）回执确认。"))
    body += paragraphs(f"撤回编号：{told.recall_id}。回执方式：{full(told.confirm_how)}")
    body += articles(told.articles)
    title = "信用信息更正通知书" if told.reason == "corrected" else "信用信息撤回通知书"
    return compose("recall", title, head, told, body)


@dataclass(frozen=True)
class Forwarding:
    """``procedure``: 异议申请, 信用修复申请, 投诉, …; ``ask``: what the unit is asked to find out or to decide."""

    procedure: Annotated[str, lazy("办理事项")]
    applicant: Annotated[str, lazy("申请人")]
    received_on: Annotated[dt.date, lazy("收到日期")]
    record: Annotated[RecordFacts, lazy("有关记录")]
    claim: Annotated[str, lazy("申请的内容")]
    ask: Annotated[tuple[str, ...], lazy("请核实的事项")]
    answer: Annotated[Limit, lazy("答复期限")]
    answer_how: Annotated[str, lazy("答复的方式")]
    otherwise: Annotated[str, lazy("逾期不答复的后果")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]
    attached: Annotated[tuple[str, ...], lazy("附件")] = ()


def forwarding(head: Head, told: Forwarding) -> Letter:
    """转办函."""
    said = f"{told.applicant}于{day(told.received_on)}就下列由你单位提供的记录提出{told.procedure}。现转请你单位办理。"
    body = [*paragraphs(said), record(told.record), heading("申请的内容"), *paragraphs(told.claim)]
    body += [heading("请核实并答复"), items(told.ask)]
    body += [strong(f"请在{until(told.answer)}书面答复。"), *paragraphs(f"答复方式：{full(told.answer_how)}")]
    body += articles(told.articles)
    body += paragraphs(f"申请材料仅供办理本案使用，不得另作他用。{full(told.otherwise)}")
    return compose("forwarding", f"关于转办{told.procedure}的函", head, told, body, told.attached)
