"""Who looked at the own file, in words."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from django.utils.translation import ngettext

from goodfaith.common import clock
from goodfaith.faces.my.refusals import refusal
from goodfaith.faces.parts.cards import Tag
from goodfaith.faces.parts.lawbook import book
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import day, named
from goodfaith.gate.handles import EntryView
from goodfaith.law.schema import LegalBasis
from goodfaith.oversight.queries import ComplaintView

PURPOSES = {
    "delivery_review": _n("核对报送数据"),
    "audit_review": _n("审计"),
    "job_run": _n("系统作业"),
    "self_registration": _n("首次登录，绑定档案"),
    "consent_grant": _n("给出授权"),
    "consent_decline": _n("不同意授权请求"),
    "consent_withdrawal": _n("撤回授权"),
    "consent_request": _n("请求授权"),
    "hold_placed": _n("冻结查询"),
    "hold_lifted": _n("解除查询冻结"),
    "complaint": _n("投诉一次查询"),
    "complaint_withdrawal": _n("撤回投诉"),
    "complaint_handling": _n("处理投诉"),
    "rights_case": _n("办理您的案件（异议、修复、投诉、请求）"),
    "rights_statement": _n("记录旁的说明"),
    "rights_representation": _n("代理的登记和结束"),
    "recall_confirmed": _n("确认撤回通知"),
}
OWN_ACCOUNTS = ("citizen", "enterprise")
REFUSED = ("refused", "mismatch")


@dataclass(frozen=True)
class ToldLate:
    """Why the subject was told only on ``until``: by which law and whose decision."""

    bases: list[LegalBasis]
    officer: str
    until: dt.date

    @property
    def words(self) -> str:
        """The same as one sentence."""
        told = {"until": day(self.until), "officer": self.officer}
        return _("依法推迟到%(until)s才告知您，决定推迟的是%(officer)s。") % told


@dataclass(frozen=True)
class Look:
    """One entry as its subject reads it.

    ``own``: the subject itself acted. ``seen``: what came of it, a sentence. ``told_late``: lawfully delayed
    entries only. ``complaint``: what the subject said about it.
    """

    entry: EntryView
    who: str
    why: str
    bases: tuple[LegalBasis, ...]
    matter: str
    items: list[str]
    tag: Tag
    seen: str
    own: bool
    told_late: ToldLate | None
    complaint: ComplaintView | None = None

    @property
    def refused(self) -> bool:
        """Whether nothing was told."""
        return self.entry.outcome in REFUSED

    @property
    def may_complain(self) -> bool:
        """Whether another acted, and no complaint about it stands."""
        return not self.own and (self.complaint is None or self.complaint.state == "withdrawn")


@dataclass(frozen=True)
class Day:
    """The looks of one day."""

    day: dt.date
    looks: list[Look]


def looks(entries: Iterable[EntryView], complaints: Mapping[int, ComplaintView] | None = None) -> list[Look]:
    """The entries as their subject reads them; ``complaints`` by the entry they are about."""
    said = complaints or {}
    return [_look(entry, said.get(entry.id)) for entry in entries]


def days(listed: Iterable[Look]) -> list[Day]:
    """Looks, newest first, under their days in China."""
    groups = itertools.groupby(listed, lambda look: look.entry.at.astimezone(clock.CHINA).date())
    return [Day(when, list(found)) for when, found in groups]


def purpose_name(code: str) -> str:
    """The purpose in the reader's language."""
    purpose = book().purposes.get(code)
    return named(purpose.name) if purpose else _(PURPOSES.get(code, code))


def matter_name(code: str | None) -> str:
    """The matter in the reader's language; empty when there is none."""
    matter = book().matters.get(code or "")
    return named(matter.name) if matter else code or ""


def item_names(codes: Iterable[str]) -> list[str]:
    """Names of catalogue items; one that the catalogue has no more stands for itself, what is none is left out."""
    known = book().items
    return [named(known[code].name) if code in known else code for code in codes if "." in code]


def _look(entry: EntryView, complaint: ComplaintView | None) -> Look:
    own = entry.actor_kind in OWN_ACCOUNTS and entry.outcome not in REFUSED
    purpose = book().purposes.get(entry.purpose)
    return Look(
        entry,
        who=_own(entry) if own else _who(entry),
        why=purpose_name(entry.purpose),
        bases=purpose.basis if purpose else (),
        matter=matter_name(entry.matter),
        items=item_names(entry.items or []),
        tag=_tag(entry),
        seen="" if own and entry.outcome == "done" else _seen(entry),
        own=own,
        told_late=_told_late(entry),
        complaint=complaint,
    )


def _own(entry: EntryView) -> str:
    return _("您本人") if entry.actor_kind == "citizen" else _("本单位")


def _who(entry: EntryView) -> str:
    unit = unit_name(entry.unit) if entry.unit else ""
    name = entry.actor_name or _("其他账号")
    return _("%(unit)s · %(name)s") % {"unit": unit, "name": name} if unit else name


def outcomes() -> dict[str, str]:
    """Every outcome in a word or two."""
    return {
        "opened": _("看到了信息"),
        "answered": _("只得到核查答复"),
        "refused": _("被拒绝"),
        "mismatch": _("姓名与号码不符"),
        "unknown": _("没有查到"),
        "done": _("已办理"),
    }


def _tag(entry: EntryView) -> Tag:
    if entry.purpose == "consent_request" and entry.outcome == "done":
        return Tag("waiting", _("请求授权"))
    kind = "restraint" if entry.outcome in REFUSED else "order" if entry.outcome == "done" else "action"
    return Tag(kind, outcomes().get(entry.outcome, entry.outcome))


def _seen(entry: EntryView) -> str:
    """What came of it, as one sentence."""
    count = {"n": entry.records}
    if entry.purpose == "consent_request" and entry.outcome == "done":
        return _("只是请求您授权，没有打开档案。")
    if entry.outcome == "opened":
        return ngettext("看到 %(n)s 条信息。", "看到 %(n)s 条信息。", entry.records) % count
    if entry.outcome == "answered" and entry.records:
        return (
            ngettext(
                "只被告知有 %(n)s 项正在生效的措施与所办事项有关，没有看到档案。",
                "只被告知有 %(n)s 项正在生效的措施与所办事项有关，没有看到档案。",
                entry.records,
            )
            % count
        )
    return {
        "answered": _("只被告知没有与所办事项有关的措施，没有看到档案。"),
        "mismatch": _("没有看到：所填姓名与号码不一致，什么也没有告知。"),
        "refused": _("没有看到：系统拒绝了这次查询。") + refusal(entry.refusal),
        "unknown": _("没有查到信息。"),
        "done": _("没有打开档案。"),
    }.get(entry.outcome, "")


def _told_late(entry: EntryView) -> ToldLate | None:
    delayed = entry.delayed
    if not delayed:
        return None
    bases = [LegalBasis.model_validate(one) for one in _several(delayed.get("statute"))]
    until = delayed["until"]
    return ToldLate(bases, delayed["officer"], until if isinstance(until, dt.date) else dt.date.fromisoformat(until))


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value] if value else []
