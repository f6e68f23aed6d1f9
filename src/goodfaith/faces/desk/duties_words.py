"""Codes of the room of duties in words, and its tags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.duties import figures
from goodfaith.duties.procedures import PROCEDURES
from goodfaith.duties.shapes import Due, Named
from goodfaith.duties.views import AssignmentRow, EventView, EvidenceView
from goodfaith.faces.desk.work_words import percent, short_unit
from goodfaith.faces.parts.templatetags.goodfaith_parts import clock_chip, status_tag
from goodfaith.faces.parts.words import day, listed, moment

STEP_TAGS = {
    "assigned": "waiting", "confirmed": "action", "in_progress": "action", "reported": "waiting", "returned": "waiting",
    "accepted": "order", "ended": "quiet", "overdue": "restraint",
}  # fmt: skip
DOCUMENT_TAGS = {"review": "waiting", "ready": "action", "adopted": "order", "discarded": "quiet"}
FEW = 3
NOTICE_TAGS = {"sent": "waiting", "replied": "action", "closed": "order"}


def step_name(procedure: str, code: str) -> str:
    """A step of a procedure."""
    return _(PROCEDURES[procedure].step(code).name)


def state_name(bucket: str) -> str:
    """A column of the matrix."""
    return _("已逾期") if bucket == "overdue" else step_name("assignment", bucket)


def assignment_tag(one: AssignmentRow) -> SafeString:
    """How far it is; what is overdue says so."""
    return status_tag(
        STEP_TAGS["overdue" if one.overdue else one.step], state_name("overdue" if one.overdue else one.step)
    )


def document_tag(step: str) -> SafeString:
    """How far a document is."""
    return status_tag(DOCUMENT_TAGS[step], step_name("document", step))


def notice_tag(step: str) -> SafeString:
    """How far a notice is."""
    return status_tag(NOTICE_TAGS[step], step_name("notice", step))


def part_name(part: str) -> str:
    """What a unit is in a duty."""
    return {"lead": _("牵头"), "joint": _("共同负责"), "participating": _("参与")}[part]


def mode_name(mode: str) -> str:
    """How the work is divided."""
    return {
        "lead+others": _("牵头加配合"), "joint": _("共同负责，不分主次"), "single": _("一个单位负责"),
        "first_is_lead": _("排在第一位的牵头"), "lead_only": _("只有牵头单位"),
    }[mode]  # fmt: skip


def disclosure_name(code: str) -> str:
    """The class of disclosure."""
    return {"open": _("主动公开"), "on_request": _("依申请公开"), "shared": _("政务共享")}[code]


def disclosure_tag(code: str) -> SafeString:
    """The class of a piece of evidence."""
    return status_tag({"open": "action", "on_request": "quiet", "shared": "quiet"}[code], disclosure_name(code))


def cleared_words(one: EvidenceView) -> str:
    """Who said that an open file holds nothing personal; empty for what is not open."""
    if one.disclosure != "open" or not one.cleared:
        return ""
    values = {"name": one.cleared_by_name, "at": moment(one.cleared_at)}
    if one.cleared == "person":
        return _("%(name)s于%(at)s核对，不含个人信息") % values
    return _("%(at)s由平台查过全文，没有身份证号码和手机号码") % values


def month_day(yearly: str) -> str:
    """12-30 as 12月30日."""
    month, number = int(yearly[:2]), int(yearly[3:])
    return _("%(month)s月%(day)s日") % {"month": month, "day": number}


def due_words(due: Due) -> str:
    """A time limit."""
    if due.kind == "yearly":
        return _("每年%(day)s前") % {"day": month_day(due.yearly)}
    if due.kind == "on" and due.on:
        return day(due.on)
    return _("持续实施") if due.kind == "ongoing" else _("没有写期限")


def clock_of(one: AssignmentRow) -> SafeString | str:
    """The clock of what runs, the day of what is closed, the words where no day is set."""
    if one.closed_at is not None:
        return day(one.closed_at.astimezone(clock.CHINA).date())
    if one.due_on is None:
        return due_words(one.due)
    return clock_chip(one.due_on)


def kind_name(kind: str) -> str:
    """What a name stands for when it is no unit."""
    return {
        "": _("还没有确认"), "unit": _("本市单位"), "set": _("几个单位"), "collective": _("统称"),
        "outside": _("不在本市单位名录"),
    }[kind]  # fmt: skip


def stands_for(kind: str, units: Iterable[str]) -> str:
    """What a name stands for, in words; of many units the first two and how many there are."""
    if kind not in ("unit", "set"):
        return kind_name(kind)
    names = [short_unit(code) for code in units]
    if len(names) <= FEW:
        return listed(names)
    return _("%(names)s等 %(n)s 个单位") % {"names": listed(names[: FEW - 1]), "n": len(names)}


def names_of(names: Iterable[Named], *parts: str) -> str:
    """The names of these parts as written."""
    return listed(one.name for one in names if one.part in parts)


def origin_name(origin: str) -> str:
    """How a proposal came about, where it was not read."""
    return {"read": "", "added": _("人工补充"), "split": _("拆分而来"), "joined": _("合并而来")}[origin]


def proposal_tag(state: str) -> SafeString:
    """What the reviewers have said of a proposal."""
    kind, word = {
        "pending": ("waiting", _("待核对")), "accepted": ("order", _("已确认")), "dropped": ("quiet", _("不列入")),
    }[state]  # fmt: skip
    return status_tag(kind, word)


def act_name(procedure: str, code: str) -> str:
    """What was done, in a history."""
    other = {
        "to_deadline": _("调整期限"), "to_unit": _("调整责任单位"), "to_succession": _("责任单位承接"),
        "to_class": _("修改任务的公开属性"),
        "send": _("发出督办通知"), "ask": _("提出问题"), "upload": _("上传"),
        "disclose": _("修改材料的公开属性"),
    }  # fmt: skip
    found = next((act for act in PROCEDURES[procedure].acts if act.code == code), None)
    return _(found.name) if found else other.get(code, code)


def revision_name(act: str) -> str:
    """What a reviewer did."""
    return {
        "accept": _("确认"),
        "mend": _("修改"),
        "split": _("拆分"),
        "join": _("合并"),
        "add": _("补充"),
        "drop": _("不列入"),
        "units": _("确认单位"),
        "head": _("更正公文信息"),
        "undo": _("撤销"),
    }.get(act, act)


def change_name(kind: str) -> str:
    """A kind of change."""
    return {
        "deadline": _("调整期限"), "unit": _("调整责任单位"), "class": _("修改任务的公开属性"), "end": _("终止任务"),
        "succession": _("机构承接"),
    }[kind]  # fmt: skip


def finding_name(code: str) -> str:
    """How a notice was closed."""
    return {"resolved": _("已解决"), "partly": _("部分解决"), "unresolved": _("没有解决")}.get(code, "")


def happened(events: Iterable[EventView], procedure: str) -> list[dict[str, object]]:
    """Events as a timeline shows them, newest first."""
    kinds = {"accept": "order", "go_on": "order", "close": "order", "return": "waiting", "urge": "restraint"}
    return [
        {
            "at": one.at, "title": _title(one, procedure), "kind": kinds.get(one.act, ""), "text": one.text,
            "by": listed(part for part in (short_unit(one.unit) if one.unit else "", one.actor_name) if part),
            "steps": _details(one),
        }
        for one in reversed(list(events))
    ]  # fmt: skip


def _details(one: EventView) -> list[str]:
    """The steps of a plan, or which piece became how open."""
    if one.act == "disclose":
        was, now = (disclosure_name(str(one.facts[name])) for name in ("was", "now"))
        return [_("《%(title)s》：%(was)s → %(now)s") % {"title": one.facts["title"], "was": was, "now": now}]
    return one.facts.get("steps") or ([one.facts["step"]] if "step" in one.facts else [])


def _title(one: EventView, procedure: str) -> str:
    """What was done; of a single step, that it was done or taken up again."""
    if one.act == "plan" and "step" in one.facts:
        return _("完成步骤") if one.facts.get("done") else _("重新打开步骤")
    return act_name(procedure, one.act)


def evidence_words(one: EvidenceView) -> str:
    """What a measured figure said, of which period."""
    if one.kind != "figure":
        return ""
    since, until = one.inputs.get("since"), one.inputs.get("until")
    if not since or not until:
        return percent(one.value)
    last = dt.date.fromisoformat(until) - dt.timedelta(days=1)
    values = {"value": percent(one.value), "since": day(dt.date.fromisoformat(since)), "until": day(last)}
    return _("%(value)s（%(since)s至%(until)s）") % values


def figure_names() -> list[tuple[str, str]]:
    """The closed list of what the platform measures."""
    return [(code, figures.name(code)) for code in figures.CODES]
