"""Letters that decide: an objection, an application for repair."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodfaith.common.problems import Problem
from goodfaith.rights.letters.blocks import (
    Block,
    articles,
    heading,
    items,
    paragraphs,
    record,
    remedies,
    strong,
    table,
)
from goodfaith.rights.letters.letter import Letter, compose
from goodfaith.rights.letters.parts import Article, Head, RecordFacts, Remedy
from goodfaith.rights.letters.words import day, listed

NOTHING = "（空）"
"""What stands in a table for a value that there was not or is no more."""


@dataclass(frozen=True)
class Change:
    """One field of a record before and after; an empty value is one that there was not."""

    field: Annotated[str, lazy("变更的字段")]
    old: Annotated[str, lazy("原值")] = ""
    new: Annotated[str, lazy("新值")] = ""


@dataclass(frozen=True)
class ObjectionDecision:
    """``outcome``: corrected, deleted, unlinked (it was somebody else's) or upheld; ``changes`` go with corrected only.
    ``told``: the units that are told to follow."""

    outcome: Annotated[str, lazy("处理结果")]
    received_on: Annotated[dt.date, lazy("收到日期")]
    record: Annotated[RecordFacts, lazy("有关记录")]
    claim: Annotated[str, lazy("异议的内容")]
    findings: Annotated[tuple[str, ...], lazy("核查情况")]
    effective_on: Annotated[dt.date, lazy("生效日期")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]
    remedies: Annotated[tuple[Remedy, ...], lazy("救济途径")]
    changes: Annotated[tuple[Change, ...], lazy("变更内容")] = ()
    told: Annotated[tuple[str, ...], lazy("通知的单位")] = ()


OUTCOMES = {
    "corrected": "异议成立，对该记录作如下更正：",
    "deleted": "异议成立，该记录予以删除，不再展示、共享和使用。",
    "unlinked": "异议成立，该记录不是您的记录，已与您的信用档案脱离，不再对您展示、共享和使用。",
    "upheld": "异议不成立，该记录内容无误，维持不变。",
}


def objection_decision(head: Head, facts: ObjectionDecision) -> Letter:
    """异议处理结果告知书. Problem when the outcome is unknown or its changes do not fit it."""
    if facts.outcome not in OUTCOMES or (facts.outcome == "corrected") != bool(facts.changes):
        what = _("异议的处理结果与变更内容不符，不能制作文书。")
        raise Problem("letter_outcome", what, _("更正的须逐项列出原值和新值，其他结果不列变更。"))
    body = paragraphs(f"您于{day(facts.received_on)}对下列记录提出的异议，已经办结，现将结果告知如下。")
    body += [record(facts.record), heading("您提出的异议"), *paragraphs(facts.claim)]
    body += [heading("核查情况"), *paragraphs(*facts.findings), heading("处理结果"), *_outcome(facts)]
    body += articles(facts.articles) + remedies(facts.remedies, "本处理结果")
    return compose("objection_decision", "异议处理结果告知书", head, facts, body)


def _outcome(facts: ObjectionDecision) -> list[Block]:
    body = [strong(OUTCOMES[facts.outcome])]
    if facts.changes:
        rows = [[one.field, one.old or NOTHING, one.new or NOTHING] for one in facts.changes]
        body.append(table(("字段", "原记录", "更正后"), rows, (3, 5, 5)))
    if facts.outcome == "upheld":
        return body + paragraphs(f"该记录的异议标注自{day(facts.effective_on)}起取消。您可以在记录旁附上自己的说明。")
    body += paragraphs(f"自{day(facts.effective_on)}起生效。原记录此后不再对外展示，只作为更正的依据留存。")
    if facts.told:
        body += paragraphs(f"我们已通知下列用过该记录的单位一并更正：{listed(facts.told)}。")
    return body


@dataclass(frozen=True)
class RepairDecision:
    """``consequences``: what ends (granted); ``reasons``: why not (refused), with the first day on which it may be
    applied for again, and what is to be mended until then."""

    granted: Annotated[bool, lazy("处理结果")]
    received_on: Annotated[dt.date, lazy("收到日期")]
    record: Annotated[RecordFacts, lazy("有关记录")]
    findings: Annotated[tuple[str, ...], lazy("审查情况")]
    effective_on: Annotated[dt.date, lazy("生效日期")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]
    remedies: Annotated[tuple[Remedy, ...], lazy("救济途径")]
    consequences: Annotated[tuple[str, ...], lazy("修复的效果")] = ()
    reasons: Annotated[tuple[str, ...], lazy("理由")] = ()
    again_from: Annotated[dt.date | None, lazy("可再次申请的日期")] = None
    mend: Annotated[tuple[str, ...], lazy("需完成的事项")] = ()
    told: Annotated[tuple[str, ...], lazy("通知的单位")] = ()


def repair_decision(head: Head, facts: RepairDecision) -> Letter:
    """信用修复决定书, or 不予信用修复决定书. Problem when consequences or reasons do not fit the decision."""
    if bool(facts.consequences) != facts.granted or bool(facts.reasons) == facts.granted:
        what = _("信用修复的决定与理由不符，不能制作文书。")
        raise Problem("letter_outcome", what, _("准予修复的写明效果，不予修复的写明理由。"))
    body = paragraphs(f"您于{day(facts.received_on)}对下列记录提出的信用修复申请，经审查作出本决定。")
    body += [record(facts.record), heading("审查情况"), *paragraphs(*facts.findings), heading("决定")]
    body += _granted(facts) if facts.granted else _refused(facts)
    body += articles(facts.articles) + remedies(facts.remedies, "本决定")
    kind, title = ("granted", "信用修复决定书") if facts.granted else ("refused", "不予信用修复决定书")
    return compose(f"repair_{kind}", title, head, facts, body)


def _granted(facts: RepairDecision) -> list[Block]:
    body = [strong("准予信用修复。"), *paragraphs(f"自{day(facts.effective_on)}起："), items(facts.consequences)]
    if facts.told:
        body += paragraphs(f"已通知下列单位同步处理：{listed(facts.told)}。")
    return body


def _refused(facts: RepairDecision) -> list[Block]:
    body = [strong("不予信用修复。"), *paragraphs("理由如下："), items(facts.reasons)]
    if facts.mend:
        body += [*paragraphs("完成下列事项后，可以再次申请："), items(facts.mend)]
    if facts.again_from:
        body.append(strong(f"最早可以在{day(facts.again_from)}再次申请。"))
    return body
