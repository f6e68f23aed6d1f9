"""Letters on the way: accepted, to be completed, not accepted, longer than planned, suspended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy as lazy

from goodfaith.rights.letters.blocks import articles, heading, items, paragraphs, record, remedies, strong, table
from goodfaith.rights.letters.letter import Letter, compose
from goodfaith.rights.letters.parts import Article, Head, Limit, RecordFacts, Remedy
from goodfaith.rights.letters.words import day, full, until


@dataclass(frozen=True)
class Acceptance:
    """``procedure``: 信用修复申请, 异议申请, …; ``meanwhile``: what is so until the decision."""

    procedure: Annotated[str, lazy("办理事项")]
    received_on: Annotated[dt.date, lazy("收到日期")]
    accepted_on: Annotated[dt.date, lazy("受理日期")]
    decider: Annotated[str, lazy("作出决定的单位")]
    limit: Annotated[Limit, lazy("办理期限")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]
    record: Annotated[RecordFacts | None, lazy("有关记录")] = None
    meanwhile: Annotated[tuple[str, ...], lazy("办理期间的安排")] = ()


def acceptance(head: Head, facts: Acceptance) -> Letter:
    """受理通知书."""
    told = (
        f"您于{day(facts.received_on)}提交的{facts.procedure}收悉。经审查，材料齐全、符合受理条件，"
        f"决定自{day(facts.accepted_on)}起受理，案号为{head.case_number}。"
    )
    body = paragraphs(told) + ([record(facts.record)] if facts.record else [])
    body += [heading("由谁决定、何时答复")]
    body += paragraphs(f"本事项由{facts.decider}作出决定。办理期限为{facts.limit.words}。")
    body += [strong(f"最迟于{day(facts.limit.last_day)}将结果书面告知您。")]
    if facts.meanwhile:
        body += [heading("办理期间"), items(facts.meanwhile)]
    body += paragraphs("办理进度可以凭案号登录平台，在“我的—办理进度”中查看，也可以按下方的方式询问。")
    body += articles(facts.articles)
    return compose("acceptance", f"{facts.procedure}受理通知书", head, facts, body)


@dataclass(frozen=True)
class Missing:
    """A thing that is missing, why it is needed, and how to get it."""

    what: Annotated[str, lazy("需补正的材料")]
    why: Annotated[str, lazy("需要的原因")]
    how: Annotated[str, lazy("办法")]


@dataclass(frozen=True)
class Supplement:
    """Everything that is missing is told at once; what is not on this list may not be asked for later.

    ``clock``: what the rule says of the time that passes meanwhile."""

    procedure: Annotated[str, lazy("办理事项")]
    received_on: Annotated[dt.date, lazy("收到日期")]
    missing: Annotated[tuple[Missing, ...], lazy("需补正的材料")]
    supply: Annotated[Limit, lazy("补正期限")]
    ways: Annotated[str, lazy("提交方式")]
    clock: Annotated[str, lazy("补正期间怎样计算")]
    otherwise: Annotated[str, lazy("逾期不补正的后果")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]


def supplement(head: Head, facts: Supplement) -> Letter:
    """补正材料通知书."""
    rows = [[str(n), one.what, one.why, one.how] for n, one in enumerate(facts.missing, 1)]
    told = f"您于{day(facts.received_on)}提交的{facts.procedure}收悉。经审查，尚需补正{len(rows)}项材料，现一次告知："
    body = [*paragraphs(told), table(("序号", "材料", "为什么需要", "怎样补正"), rows, (2, 6, 7, 7))]
    body += [strong(f"请在{until(facts.supply)}补正。"), *paragraphs(f"提交方式：{full(facts.ways)}")]
    body += paragraphs(f"以上为全部需要补正的材料，此后不再另行要求。{full(facts.clock)}")
    body += [*paragraphs(f"逾期不补正的，{full(facts.otherwise)}"), *articles(facts.articles)]
    return compose("supplement", f"{facts.procedure}补正材料通知书", head, facts, body)


@dataclass(frozen=True)
class NotAccepted:
    """``instead``: what the applicant can do in its place, and when."""

    procedure: Annotated[str, lazy("办理事项")]
    received_on: Annotated[dt.date, lazy("收到日期")]
    reasons: Annotated[tuple[str, ...], lazy("理由")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]
    remedies: Annotated[tuple[Remedy, ...], lazy("救济途径")]
    record: Annotated[RecordFacts | None, lazy("有关记录")] = None
    instead: Annotated[tuple[str, ...], lazy("可以另行办理的途径")] = ()


def not_accepted(head: Head, facts: NotAccepted) -> Letter:
    """不予受理告知书."""
    told = f"您于{day(facts.received_on)}提交的{facts.procedure}收悉。经审查，不符合受理条件，决定不予受理。"
    body = paragraphs(told) + ([record(facts.record)] if facts.record else [])
    body += [heading("理由"), items(facts.reasons), *articles(facts.articles)]
    if facts.instead:
        body += [heading("您还可以这样办理"), items(facts.instead)]
    body += remedies(facts.remedies, "不予受理的决定")
    return compose("not_accepted", f"{facts.procedure}不予受理告知书", head, facts, body)


@dataclass(frozen=True)
class Extension:
    """``by``: how much longer, as the rule words it; ``approved_by``: who allowed it."""

    procedure: Annotated[str, lazy("办理事项")]
    accepted_on: Annotated[dt.date, lazy("受理日期")]
    before: Annotated[dt.date, lazy("原期限的最后一日")]
    by: Annotated[Limit, lazy("延长的期限")]
    reason: Annotated[str, lazy("理由")]
    approved_by: Annotated[str, lazy("批准人")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]
    meanwhile: Annotated[tuple[str, ...], lazy("办理期间的安排")] = ()


def extension(head: Head, facts: Extension) -> Letter:
    """延长办理期限告知书."""
    told = (
        f"您的{facts.procedure}于{day(facts.accepted_on)}受理，原定最迟于{day(facts.before)}办结。因下述原因不能如期办结，"
        f"经{facts.approved_by}批准，延长{facts.by.words}。"
    )
    body = [*paragraphs(told), strong(f"延长后，最迟于{day(facts.by.last_day)}办结并书面告知您。")]
    body += [heading("延长的原因"), *paragraphs(full(facts.reason))]
    if facts.meanwhile:
        body += [heading("延长期间"), items(facts.meanwhile)]
    body += articles(facts.articles)
    body += paragraphs("给您带来不便，谨致歉意。")
    return compose("extension", f"{facts.procedure}延长办理期限告知书", head, facts, body)


@dataclass(frozen=True)
class Suspension:
    """``until``: the event that ends it (鉴定意见送达); ``left``: what is then left of the limit (四个工作日);
    ``meanwhile``: what is so as long as it lasts."""

    procedure: Annotated[str, lazy("办理事项")]
    accepted_on: Annotated[dt.date, lazy("受理日期")]
    since: Annotated[dt.date, lazy("中止日期")]
    reason: Annotated[str, lazy("理由")]
    until: Annotated[str, lazy("恢复办理的条件")]
    left: Annotated[str, lazy("剩余的办理期限")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]
    meanwhile: Annotated[tuple[str, ...], lazy("办理期间的安排")] = ()


def suspension(head: Head, facts: Suspension) -> Letter:
    """中止办理通知书."""
    told = f"您的{facts.procedure}于{day(facts.accepted_on)}受理。因下述原因，自{day(facts.since)}起中止办理。"
    body = [*paragraphs(told), heading("中止的原因"), *paragraphs(full(facts.reason))]
    body += [heading("何时恢复")]
    body += paragraphs(
        f"{facts.until.strip().rstrip('。')}之日起恢复办理，并另行通知您。中止期间不计入办理期限；"
        f"恢复后剩余的办理期限为{facts.left}。"
    )
    if facts.meanwhile:
        body += [heading("中止期间"), items(facts.meanwhile)]
    body += articles(facts.articles)
    body += paragraphs("您认为中止的原因不成立或者已经消除的，可以随时书面提出，我们核实后恢复办理。")
    return compose("suspension", f"{facts.procedure}中止办理通知书", head, facts, body)
