"""Cases in words for those who handle them: whose turn, what an act leads to, what a recall asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goodfaith.common import clock
from goodfaith.common.procedure import NOBODY, SUBJECT
from goodfaith.faces.desk.work_words import short_unit
from goodfaith.faces.parts import case_words
from goodfaith.faces.parts.cards import Tag
from goodfaith.faces.parts.case_words import ClockLine
from goodfaith.faces.parts.words import day
from goodfaith.inquiry.rules import UNSEEN
from goodfaith.rights.limits import DONE
from goodfaith.rights.procedures import KINDS, PROCEDURES
from goodfaith.rights.views import CaseView

CONTROLS, BUT_LINES = r"\x00-\x1f", r"\x00-\x08\x0b\x0c\x0e-\x1f"
LINES_SEEN = RegexValidator(
    f"[{UNSEEN.replace(CONTROLS, BUT_LINES)}]",
    gettext_lazy("里面有看不见的控制字符，请重新输入。"), inverse_match=True,
)  # fmt: skip
"""For words of several lines that the subject will read."""
GRAVE = frozenset({"correct", "annul", "unlink", "grant"})
"""Acts that end what a record says, everywhere."""
AWAY = frozenset({"give_back", "explain"})
"""Acts after which the case is on another unit's desk."""


def procedure_name(code: str) -> str:
    """The procedure."""
    return _(PROCEDURES[code].name) if code in PROCEDURES else code


def kind_name(procedure: str, kind: str) -> str:
    """What a case is about."""
    return _(KINDS.get(procedure, {}).get(kind, kind))


def outcome_name(procedure: str, outcome: str | None) -> str:
    """How a case ended."""
    if outcome is None:
        return _("在办")
    steps = PROCEDURES[procedure].steps
    return next((_(step.name) for step in steps if step.outcome == outcome), outcome)


def turn(case: CaseView) -> str:
    """Who has to act now."""
    if case.next == NOBODY:
        return _("已办结")
    if case.next == SUBJECT:
        return _("等当事人")
    return short_unit(case.unit) if case.unit else _("信用主管部门")


def tag(case: CaseView) -> Tag:
    """The step as a status, for who waits for the party and not the other way round."""
    if case.is_open and case.next == SUBJECT:
        return Tag("quiet", _("等当事人补充材料"))
    return case_words.tag(case)


def steps(case: CaseView) -> case_words.Stepper:
    """The steps, with the one that waits for the party named as the desk says it."""
    line = case_words.stepper(case)
    if case.step != "supplement":
        return line
    waiting = _(case.at_step.name)
    return case_words.Stepper([tag(case).text if name == waiting else name for name in line.steps], line.at)


def channel_name(code: str) -> str:
    """How a case came in."""
    return {"my": _("本人在网上提出"), "counter": _("窗口"), "letter": _("来信"), "unit": _("单位转来")}.get(code, code)


def clocks(case: CaseView) -> list[ClockLine]:
    """The limits of a case as those who have to keep them read them."""
    today = clock.today()
    return [_for_the_desk(line, today) for line in case_words.clocks(case, today)]


def _for_the_desk(line: ClockLine, today: dt.date) -> ClockLine:
    state = line.view.state(today)
    if not line.view.running or state.paused or not state.overdue:
        return line
    says = _("最后一天是%(due)s，已经逾期，已上报监督单位并计入统计。请立即办结；逾期不能作为对当事人不利的理由。")
    return replace(line, says=says % {"due": day(state.due)})


def consequence(case: CaseView, act: str, told: int) -> str:
    """What the act leads to, in one or two sentences; ``told``: how many units are told."""
    found = {
        "maintain": _("记录维持不变，“有异议”的标注取消。当事人会收到您写的理由和救济途径。"),
        "correct": _("记录写成新的版本，各处以后只显示更正后的内容，旧内容只供当事人和办案单位查看。"),
        "annul": _("记录撤下，不再公示、共享和使用；以后任何单位再报同一事实，都会被退回，除非引用新的生效文书。"),
        "unlink": _("记录从当事人的档案中移除，不再公示、共享和使用；同一事实不能再报到当事人名下。"),
        "grant": _("记录停止公示、停止共享和使用，惩戒措施解除。同一事实以后再报不会恢复。"),
        "deny": _("当事人会收到您写的审查情况、理由和救济途径；条件具备后可以再次申请。"),
        "refuse": _("案件办结。当事人会收到您写的理由和救济途径。"),
        "forward": _("案件转到报送单位，期限从今天起算；当事人会收到通知。"),
        "take": _("由平台自己核查并答复；当事人会收到通知。"),
        "accept": _("案件受理，期限从今天起算；当事人会收到通知。"),
        "ask": _("期限暂停计算，等当事人补齐。请一次写全：不能再以别的材料不全为由要求补充。"),
        "give_back": _("案件退回信用主管部门重新分办；当事人会收到您写的原因。"),
        "hear_expert": _("期限暂停计算，直到您记下结论已经收到。当事人会收到您写的理由。"),
        "extend": _("期限只能延长这一次。当事人会收到您写的理由和新的最后一天。"),
        "urge": _("督办意见写进案件经过，承办单位和当事人都看得到。"),
        "delegate": _("案件在列表里归到他名下；本单位其他人仍可以打开。"),
        "stay": _("停止执行期间，记录不公示、不共享、不作为惩戒依据。"),
        "uphold": _("案件办结，当事人会收到答复。"),
        "dismiss": _("案件办结。当事人会收到您写的理由和救济途径。"),
    }.get(act, _("写进案件经过，当事人会收到通知。"))
    if case.procedure == "note" and act == "uphold":
        found = _("决定维持，记录恢复显示。当事人会收到通知。")
    return found + (_told(told) if act in GRAVE else "")


def _told(n: int) -> str:
    if not n:
        return _("没有别的单位用过这条记录，不用通知。")
    words = ngettext(
        "用过旧内容的 %(n)s 个单位会收到通知，并须确认怎样处理的。",
        "用过旧内容的 %(n)s 个单位会收到通知，并须确认怎样处理的。",
        n,
    )
    return words % {"n": n}


def final_words(case: CaseView, act: str) -> str:
    """Whether it can be taken back."""
    found = case.rules.act(act, case.step)
    if found and found.to and found.to != "back" and case.rules.step(found.to).final:
        return _("办结以后不能重开；当事人不服的，走救济途径，或者另提新的案件。")
    return ""


def recall_reason(code: str) -> str:
    """Why a record is recalled."""
    return {
        "corrected": _("内容更正"), "repaired": _("信用修复"), "annulled": _("决定被撤销、变更"),
        "unlinked": _("不是该主体的记录"), "expired": _("期限届满"),
    }.get(code, code)  # fmt: skip


def done_name(code: str | None) -> str:
    """What a recipient did."""
    return _(DONE[code]) if code in DONE else ""


def notice_tag(state: str) -> tuple[str, str]:
    """Kind and word of the tag of a recall notice."""
    return {
        "confirmed": ("order", _("已确认")), "waiting": ("waiting", _("等待确认")),
        "unconfirmed": ("restraint", _("逾期未确认")),
    }.get(state, ("quiet", state))  # fmt: skip
