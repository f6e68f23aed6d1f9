"""From the gate's handle to what My shows: groups of cards, and sentences about who sees a record until when."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.faces.parts.cards import RecordCard, file_card
from goodfaith.faces.parts.words import day, named
from goodfaith.gate.handles import FileHandle, NumberView, RecordView
from goodfaith.law import queries as law
from goodfaith.law.schema import DisplayClass
from goodfaith.rights.applying import STANDING

ORDER = ("negative", "positive", "neutral")
TODAYS = ("uscc", "id_number")


@dataclass(frozen=True)
class Shown:
    """A record's card; ``sentence`` says who sees it until when, empty when the page says so once for all."""

    card: RecordCard
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
        "negative": (_("失信信息"), _("这些信息可能影响您办事。请逐条核对，有误的可以提出异议。")),
        "positive": (_("守信信息"), _("荣誉、激励等对您有利的信息。")),
        "neutral": (_("登记、许可和其他信息"), _("登记、许可、资格、承诺等，不表示好坏。")),
    }


def groups(records: Iterable[RecordView]) -> list[Group]:
    """The current records in groups, empty groups left out."""
    listed = list(records)
    found = ((code, [shown(r) for r in listed if r.polarity == code]) for code in ORDER)
    return [Group(code, *headings()[code], records=rows) for code, rows in found if rows]


def numbers(file: FileHandle) -> list[NumberView]:
    """The subject's numbers, the one in use today before the old ones."""
    return sorted(file.numbers, key=lambda number: number.kind not in TODAYS)


def shown(record: RecordView) -> Shown:
    """The card of one record, leading to its own page."""
    url = reverse("my:record", args=[record.id])
    sentence = display_sentence(record) if record.disclosure == "open" else ""
    return Shown(file_card(record, contest_url=contest_url(record), url=url), sentence)


def own_page_card(record: RecordView) -> RecordCard:
    """The card at the head of a record's own page, which shows content and law further down."""
    return dataclasses.replace(file_card(record, contest_url=contest_url(record)), facts=(), bases=())


def contest_url(record: RecordView) -> str:
    """Where one objects to a record that stands; for others nothing, and the card leads to how it is done."""
    return reverse("my:object", args=[record.id]) if record.status in STANDING else ""


def display_sentence(record: RecordView) -> str:
    """Whether the public sees this record, until when, or why not."""
    if record.shown and record.display.last:
        return _("正在向社会公示，公示到%(day)s当日为止，到期自动停止，无需申请。") % {"day": day(record.display.last)}
    if record.shown:
        return _("正在向社会公开，没有固定的截止日期。")
    if record.disclosure != "open":
        return _("不向社会公开：只有您自己、报送单位和依法有权的单位能看到，每次查看都有记录。")
    if record.display.is_empty:
        return _("按规定不予公示。")
    return _("公示期已经结束，社会上看不到这条信息。")


@dataclass(frozen=True)
class Rule:
    """The dated rule behind a display period, in words."""

    name: str
    kind: DisplayClass


def display_rule(record: RecordView) -> Rule | None:
    """The class of the dated rule that gave this record its period; None when the public never sees its kind."""
    code, _slash, version = record.display_version.partition("/")
    rule = law.catalogue().display_rules.get(code)
    versions = [one for one in rule.versions if one.code == version] if rule else []
    kinds = [kind for one in versions for kind in one.classes if kind.code == record.display_class]
    return Rule(named(rule.name), kinds[0]) if rule and kinds and record.disclosure == "open" else None
