"""Letters on the way of a case: received, accepted, handed on, to be completed, refused, longer, suspended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from goodfaith.common.clock import CHINA
from goodfaith.common.problems import Problem
from goodfaith.rights import clocks
from goodfaith.rights import drafting_facts as facts
from goodfaith.rights.drafting_facts import Sheet
from goodfaith.rights.letters import blocks, course, units
from goodfaith.rights.letters.letter import Letter, compose
from goodfaith.rights.letters.parts import Limit
from goodfaith.rights.letters.words import day
from goodfaith.rights.procedures import KINDS
from goodfaith.rights.views import CaseView, ClockView

WHY, HOW = "。需要的原因：", "。办法："
MISSING = re.compile(r"^(?:\d+[.、．]\s*)?(?P<what>.+?)。需要的原因：(?P<why>.+?)。办法：(?P<how>.+?)。?$")
"""One thing that is missing, as :func:`missing_line` writes it."""
TO_FIND_OUT = (
    "核对作出决定的原件和报送的数据，写明核对了什么、结果怎样",
    "记录有错的直接更正或者撤下；没有错的写明理由和救济途径",
)
SILENCE = (
    "逾期不答复的，平台自动上报监督单位，并计入公开的办理统计；逾期不会因此作出对当事人不利的决定"
)
MEANWHILE = {
    "objection": ("办理期间，记录旁标注“有异议”", "您可以随时补充材料，也可以撤回"),
    "repair": ("办理期间，记录照常展示；到期自动停止展示，不受本申请影响", "您可以随时补充材料，也可以撤回"),
    "complaint": ("您可以随时补充材料，也可以撤回",),
    "request": ("您可以随时补充材料，也可以撤回",),
    "note": ("登记以前，记录照常展示",),
}


def receipt(case: CaseView, sheet: Sheet) -> Letter:
    """收件回执: what was handed in, which number it has, by when the first answer comes. It accepts nothing yet."""
    name = facts.PROCEDURE[case.procedure]
    filed = case.rules.step("filed")
    record, limit = facts.record(case), facts.limit(case, *filed.clocks)
    body = blocks.paragraphs(
        f"您于{day(facts.received_on(case))}提交的{name}已经收到并登记，案号为{case.number}。事项为“{KINDS[case.procedure][case.kind]}”。"
    )
    body += [blocks.record(record)] if record else []
    body += [blocks.heading("您写的内容"), *blocks.paragraphs(facts.claim(case)), blocks.heading("接下来")]
    body += blocks.paragraphs(filed.says)
    whole = facts.limit(case, *case.rules.whole) if case.rules.whole else None
    if limit:
        body.append(blocks.strong(f"这一步的期限为{limit.words}，最迟{day(limit.last_day)}。"))
    if whole and limit and whole.last_day > limit.last_day:
        body.append(blocks.strong(f"全部办完，最迟{day(whole.last_day)}。"))
    body += [blocks.items(MEANWHILE[case.procedure])]
    body += blocks.paragraphs("办理进度可以凭案号登录平台，在“我的—案件”中查看，也可以按下方的方式询问。")
    body += blocks.articles(facts.clock_articles(case))
    return compose("receipt", "收件回执", facts.head(case, sheet), (), body, tuple(one.name for one in case.papers))


def acceptance(step: str) -> Callable[[CaseView, Sheet], Letter]:
    """受理通知书, of the act that leads to ``step``. ``facts["decider"]``: the unit that decides."""

    def write(case: CaseView, sheet: Sheet) -> Letter:
        decider = facts.unit_name(str(sheet.facts.get("decider") or sheet.unit))
        return course.acceptance(facts.head(case, sheet), course.Acceptance(
            facts.PROCEDURE[case.procedure], facts.received_on(case), sheet.dated, decider,
            _limit_of(case, sheet, step), facts.clock_articles(case), facts.record(case), MEANWHILE[case.procedure],
        ))  # fmt: skip

    return write


def _limit_of(case: CaseView, sheet: Sheet, step: str) -> Limit:
    """The limit of a step: of a draft, as it will begin. Where no rule gives one, the letter can't be made."""
    said = sheet.facts.get("limit")
    if isinstance(said, dict):
        return Limit(said["words"], dt.date.fromisoformat(said["last_day"]))
    return facts.limit(case, *case.rules.step(step).clocks) or Limit("", sheet.dated)


def forwarding(case: CaseView, sheet: Sheet) -> Letter:
    """转办函, to the unit that reported the record."""
    source = facts.unit_name(case.records[0].source_unit if case.records else case.unit)
    record = facts.record_of(case)
    return units.forwarding(facts.head(case, sheet, source), units.Forwarding(
        facts.PROCEDURE[case.procedure], facts.subject_name(case), facts.received_on(case), record, facts.claim(case),
        TO_FIND_OUT, _limit_of(case, sheet, "source"), "在平台工作台“权益”中打开本案直接答复，当事人同时收到", SILENCE,
        facts.clock_articles(case), tuple(one.name for one in case.papers),
    ))  # fmt: skip


def missing_line(number: int, what: str, why: str, how: str) -> str:
    """One thing that is missing, as the subject reads it and as the letter takes it apart again."""
    parts = [one.strip().rstrip("。") for one in (what, why, how)]
    return f"{number}. {parts[0]}{WHY}{parts[1]}{HOW}{parts[2]}。"


def supplement(case: CaseView, sheet: Sheet) -> Letter:
    """补正材料通知书. ``facts["supply_by"]``: the last day."""
    found = (MISSING.match(line) for line in facts.paragraphs(sheet.texts.get("answer", "")))
    missing = tuple(course.Missing(one["what"], one["why"], one["how"]) for one in found if one)
    last = dt.date.fromisoformat(str(sheet.facts["supply_by"]))
    return course.supplement(facts.head(case, sheet), course.Supplement(
        facts.PROCEDURE[case.procedure], facts.received_on(case), missing, Limit("收到本通知书后", last),
        "登录平台在“我的—案件”中上传，或者送交、邮寄至下方地址", "补正期间不计入办理期限",
        "按现有材料继续办理，不会因此作出对您不利的决定", facts.act_articles(case, "ask"),
    ))  # fmt: skip


def not_accepted(case: CaseView, sheet: Sheet) -> Letter:
    """不予受理告知书."""
    return course.not_accepted(facts.head(case, sheet), course.NotAccepted(
        facts.PROCEDURE[case.procedure], facts.received_on(case), facts.paragraphs(sheet.texts.get("answer", "")),
        facts.act_articles(case, "refuse"), facts.remedies(sheet.facts), facts.record(case),
        ("条件具备后可以再次提出", "记录本身有错误的，可以随时提出异议"),
    ))  # fmt: skip


def _extendable(case: CaseView) -> ClockView:
    """The clock that is extended, or was; Problem ``extension_not_allowed`` where no rule allows it."""
    extended = [one for one in case.clocks if one.extended_on]
    open_to = [one for one in case.running() if one.limit.extension]
    if not extended and not open_to:
        raise Problem("extension_not_allowed", _("适用的期限规定不许延长。"), _("请在期限内办结。"))
    return (extended or open_to)[-1]


def extension(case: CaseView, sheet: Sheet) -> Letter:
    """延长办理期限告知书; of a draft, for the day that the extension would give."""
    view = _extendable(case)
    rule = view.limit.extension
    by = f"{(rule.count or rule.total) if rule else ''}{facts.UNITS[view.limit.unit]}"
    before = clocks.due(view.limit, view.started_on, view.pauses)
    after = clocks.due(view.limit, view.started_on, view.pauses, clocks.Extended(sheet.dated, "-"))
    said = by if rule and rule.count else f"至自受理之日起合计{by}"
    return course.extension(facts.head(case, sheet), course.Extension(
        facts.PROCEDURE[case.procedure], facts.received_on(case), before, Limit(said, after),
        sheet.texts.get("reason", ""), f"{facts.unit_name(sheet.unit)}负责人",
        (facts.basis(view.limit.basis, view.limit.name.zh),), MEANWHILE[case.procedure],
    ))  # fmt: skip


def suspension(case: CaseView, sheet: Sheet) -> Letter:
    """中止办理通知书, for what an expert has to say."""
    running = case.running()
    left = min((one.state(sheet.dated).days_left for one in running), default=0)
    return course.suspension(facts.head(case, sheet), course.Suspension(
        facts.PROCEDURE[case.procedure], facts.received_on(case), sheet.dated, sheet.texts.get("reason", ""),
        "收到鉴定、评审或者核查的结论", f"{left}个工作日",
        facts.act_articles(case, "hear_expert") + facts.clock_articles(case), MEANWHILE[case.procedure],
    ))  # fmt: skip


def day_of(moment: dt.datetime) -> dt.date:
    """The day of a moment in China."""
    return moment.astimezone(CHINA).date()
