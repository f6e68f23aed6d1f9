"""A record of one's own in words: how it stands, what changed between its versions, what one can do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.faces.parts import case_words, lawbook
from goodfaith.faces.parts.cards import facts_of, tag_of
from goodfaith.faces.parts.words import day, shown_until
from goodfaith.gate.handles import RecordView
from goodfaith.rights.applying import STANDING
from goodfaith.rights.views import CaseView

ENDED = {"corrected", "annulled", "unlinked", "granted"}


@dataclass(frozen=True)
class Standing:
    """How a record stands, as a notice; ``case`` leads to what it comes from."""

    kind: str
    head: str
    text: str
    case: CaseView | None


def standing(record: RecordView, cases: Sequence[CaseView]) -> list[Standing]:
    """What to know of a record before its content. ``cases``: those about it, newest first."""
    running = [one for one in cases if one.is_open and one.step != "draft"]
    found = [_running(one) for one in running]
    if record.suspended:
        told = _("现在不公示、不共享、不作为任何措施的依据，直到有结果为止。")
        found.insert(0, Standing("waiting", _("这条记录已经暂停使用"), told, None))
    ended = next((one for one in cases if one.outcome in ENDED), None)
    head = _ended_heads().get(record.status) or (
        _("这条记录已经更正") if ended and ended.outcome == "corrected" else ""
    )
    if head:
        found.append(Standing("order", head, _(ended.at_step.says) if ended else "", ended))
    return found


def _ended_heads() -> dict[str, str]:
    return {
        "repaired": _("这条记录已经修复"),
        "annulled": _("这条记录已经撤下"),
        "unlinked": _("已经确认这条记录不是您的"),
    }


def _running(case: CaseView) -> Standing:
    heads = {
        "objection": _("有异议，正在核实"),
        "repair": _("正在申请信用修复"),
        "note": _("正在复议或者诉讼"),
    }
    return Standing("waiting", heads.get(case.procedure, case_words.title(case)), _(case.at_step.says), case)


@dataclass(frozen=True)
class Change:
    """What a version changed: (label, before, after)."""

    version: int
    at: dt.datetime
    rows: list[tuple[str, str, str]]


def changes(versions: Sequence[RecordView]) -> list[Change]:
    """Old and new value side by side, for each version after the first that changed something."""
    pairs = pairwise(versions)
    found = (Change(after.version, after.recorded_at, _rows(before, after)) for after, before in pairs)
    return [one for one in found if one.rows]


def _rows(before: RecordView, after: RecordView) -> list[tuple[str, str, str]]:
    old, new = _said(before), _said(after)
    labels = dict.fromkeys((*new, *old))
    return [
        (label, old.get(label, "—"), new.get(label, "—"))
        for label in labels
        if old.get(label, "—") != new.get(label, "—")
    ]


def _said(record: RecordView) -> dict[str, str]:
    edition = lawbook.item(record.item).edition(record.edition)
    return {
        _("状态"): tag_of(record.status).text if record.status not in STANDING else _("有效"),
        _("文书号"): record.document_no or "—",
        _("作出日期"): day(record.decided_on),
        _("公示至"): shown_until(record.display),
        **dict(facts_of(edition, record.fields, only_open=False)),
    }


@dataclass(frozen=True)
class Door:
    """One thing to do about a record: its button, what it is for, where it leads."""

    code: str
    name: str
    says: str
    url: str


def doors(record: RecordView, cases: Sequence[CaseView], *, repair_open: bool) -> list[Door]:
    """What can be done about a record today; what runs already leads to its case."""
    if record.status not in STANDING:
        return []
    busy = {one.procedure: one for one in cases if one.is_open and one.step != "draft"}
    drafts = {one.procedure: one for one in cases if one.step == "draft"}
    found = []
    for door in _all(record, repair_open=repair_open):
        case = busy.get(_procedure(door.code)) or drafts.get(_procedure(door.code))
        if case is None or (case.step == "draft" and door.code == "not_me"):
            found.append(door)
        elif door.code != "not_me":
            found.append(_goes_on(door, case))
    return found


def _procedure(door: str) -> str:
    return "objection" if door == "not_me" else door


def _goes_on(door: Door, case: CaseView) -> Door:
    if case.step == "draft":
        return Door(door.code, _("接着写：%(name)s") % {"name": door.name}, _("您有一份没有提交的草稿。"),
                    reverse("my:write", args=[case.id]))  # fmt: skip
    name = _("看办理进度：%(name)s") % {"name": door.name}
    return Door(door.code, name, case.number, reverse("my:case", args=[case.id]))


def _all(record: RecordView, *, repair_open: bool) -> list[Door]:
    found = [
        Door("objection", _("提出异议"), _("内容写错、不全、过期还在显示，或者决定已经撤销。"), _url(record, "object")),
        Door("not_me", _("不是我的记录"), _("姓名或者号码认错了人。核对身份后立即暂停显示。"), _url(record, "not_me")),
    ]
    if repair_open:
        told = _("已经改正，想提前结束公示、共享和使用。")
        found.append(Door("repair", _("申请信用修复"), told, _url(record, "repair")))
    if record.polarity == "negative" and record.document_no:
        told = _("对决定本身不服，已经申请行政复议或者起诉。")
        found.append(Door("note", _("正在复议或者诉讼"), told, _url(record, "note")))
    return found


def _url(record: RecordView, name: str) -> str:
    return reverse(f"my:{name}", args=[record.id])
