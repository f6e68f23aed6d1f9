"""From the gate's handle to what My shows: groups of cards, sentences about display, the list of looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.faces.parts.cards import RecordCard, file_card
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import day, named
from goodfaith.gate.handles import EntryView, RecordView
from goodfaith.law import queries as law

ORDER = ("negative", "positive", "neutral")


@dataclass(frozen=True)
class Shown:
    """A record's card, with whether the public sees it and why."""

    card: RecordCard
    public: bool
    sentence: str


@dataclass(frozen=True)
class Group:
    """Records of one polarity under one heading."""

    code: str
    title: str
    lead: str
    records: list[Shown]


def headings() -> dict[str, tuple[str, str]]:
    """Title and lead of each group."""
    return {
        "negative": (_("失信信息"), _("这些信息可能影响您办事。每一条都写明公示到哪一天、怎样提出异议。")),
        "positive": (_("守信信息"), _("荣誉、激励等对您有利的信息。")),
        "neutral": (_("登记、许可和其他信息"), _("登记、许可、资格、承诺等，不表示好坏。")),
    }


def groups(records: Iterable[RecordView]) -> list[Group]:
    """The current records in groups, empty groups left out."""
    listed = list(records)
    found = ((code, [shown(r) for r in listed if r.polarity == code]) for code in ORDER)
    return [Group(code, *headings()[code], records=rows) for code, rows in found if rows]


def shown(record: RecordView) -> Shown:
    """The card of one record, leading to its own page."""
    url = reverse("my:record", args=[record.id])
    return Shown(file_card(record, url=url), record.shown, display_sentence(record))


def display_sentence(record: RecordView) -> str:
    """Whether the public sees this record, until when, or why not."""
    if record.shown and record.display.last:
        return _("正在向社会公示，公示到%(day)s当日为止，到期自动停止，无需申请。") % {"day": day(record.display.last)}
    if record.shown:
        return _("正在向社会公开，没有固定的截止日期。")
    if record.disclosure != "open":
        return _("不向社会公开：只有您本人、报送单位和依法有权的单位能看到，每次查看都有记录。")
    if record.display.is_empty:
        return _("按规定不予公示。")
    return _("公示期已经结束，社会上看不到这条信息。")


PURPOSES = {"delivery_review": _n("核对报送数据"), "audit_review": _n("审计"), "job_run": _n("系统作业")}


def purpose_name(code: str) -> str:
    """The purpose in the reader's language."""
    purpose = law.catalogue().purposes.get(code)
    return named(purpose.name) if purpose else _(PURPOSES.get(code, code))


@dataclass(frozen=True)
class Look:
    """One look at the file, in words; ``own`` when the subject itself looked."""

    entry: EntryView
    who: str
    why: str
    own: bool


def looks(entries: Iterable[EntryView]) -> list[Look]:
    """The entries as their subject reads them."""
    return [_look(entry) for entry in entries]


def _look(entry: EntryView) -> Look:
    own = entry.actor_kind in ("citizen", "enterprise")
    who = _("您本人") if own and entry.outcome == "opened" else _who(entry)
    return Look(entry, who, purpose_name(entry.purpose), own)


def _who(entry: EntryView) -> str:
    unit = unit_name(entry.unit) if entry.unit else ""
    name = entry.actor_name or _("其他账号")
    return _("%(unit)s · %(name)s") % {"unit": unit, "name": name} if unit else name
