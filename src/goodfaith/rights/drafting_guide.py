"""The guide to repair for a decision that is about to be served (两书同达): before the record is reported at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from goodfaith.law import queries as law
from goodfaith.law.conditions import version_name
from goodfaith.law.displaying import DisplayClass, DisplayRule, DisplayVersion
from goodfaith.law.procedures import Step
from goodfaith.law.rules import add_months
from goodfaith.law.schema import Item
from goodfaith.rights import drafting_facts as facts
from goodfaith.rights.letters import blocks, guide
from goodfaith.rights.letters.letter import Letter, compose
from goodfaith.rights.letters.parts import Article, Head, Office, RecordFacts
from goodfaith.rights.letters.words import day
from goodfaith.rights.terms import Facts, Span, Terms, terms_of

LEVELS = {"minor": "轻微", "general": "一般", "serious": "严重", "none": "所引规定不分等级"}
FREE = "信用修复不收取任何费用，不需要委托中介。凡以修复为名收费的，请拨打下方电话举报。"
OBJECT = "可以随时向平台或者作出决定的单位提出异议，不受上述时间限制。"
CONTEST = (
    "您对与本告知书一同送达的决定不服的，按该决定书载明的途径和期限申请行政复议或者提起行政诉讼。"
)
NO_END = "没有固定期限，公示的事由消失时停止。"
WAYS_IN = "登录{city}公共信用信息平台，在“我的”中申请"
EFFECTS = ("停止公示", "停止共享和使用", "解除依据该信息采取的惩戒措施", "用过该信息的单位都会收到通知")


@dataclass(frozen=True)
class Served:
    """The decision that the guide goes with. ``party`` and ``document_no`` are printed and kept nowhere."""

    unit: str
    item: str
    class_code: str
    decided_on: dt.date
    document_no: str
    party: str


def rule_on(item: Item, decided_on: dt.date) -> tuple[DisplayRule, DisplayVersion] | None:
    """The display rule of an item and its version for decisions of that day."""
    rule = law.catalogue().display_rules[item.display_rule]
    version = next((one for one in rule.versions if one.decided.holds(decided_on)), None)
    return (rule, version) if version else None


def classes(item: Item, decided_on: dt.date) -> list[DisplayClass]:
    """What a decision of that day can be, without what says that it was revoked."""
    found = rule_on(item, decided_on)
    return [one for one in found[1].classes if one.code != "revoked"] if found else []


def terms(served: Served) -> Terms:
    """The terms that the record of the decision will have, should it be reported as served."""
    item = law.item(served.item)
    found = rule_on(item, served.decided_on)
    shown = next((one for one in classes(item, served.decided_on) if one.code == served.class_code), None)
    kinds = item.disclosure
    disclosure = kinds["organisation"] if "organisation" in kinds else next(iter(kinds.values()))
    end = add_months(served.decided_on, shown.max_months) if shown and shown.max_months is not None else None
    return terms_of(Facts(
        item=served.item, display_version=version_name(*found) if found else "", display_class=served.class_code,
        decided_on=served.decided_on, disclosure=disclosure,
        display=Span(served.decided_on, end, is_empty=shown is None or not shown.publish),
    ))  # fmt: skip


def repair_guide(served: Served, today: dt.date) -> Letter:
    """信用修复告知书; where there is no window for repair, it says so and why."""
    with translation.override("zh-hans"):
        return _guide(served, today)


def _guide(served: Served, today: dt.date) -> Letter:
    told = terms(served)
    contact = settings.RIGHTS
    unit = facts.unit_name(served.unit)
    office = Office(unit, contact["address"], contact["phone"], hours=contact["hours"])
    head = Head(office, f"随{served.document_no}一并送达", served.document_no, served.party, today)
    record = RecordFacts(law.item(served.item).name.zh, unit, served.document_no, served.decided_on, served.party)
    last = told.last_day or told.rule_last_day
    if told.earliest is None or last is None or told.barred is not None:
        return _without_window(head, record, told)
    return guide.repair_guide(head, guide.RepairGuide(
        record, LEVELS[told.level], served.decided_on, told.earliest, last, _decider(told, unit),
        tuple(one.name.zh for one in told.conditions), tuple(one.name.zh for one in told.materials),
        (WAYS_IN.format(city=settings.CITY["name_zh"]), "到下方地址的窗口申请"), _decided_in(served), EFFECTS,
        tuple(_articles(told)), _where(told),
    ))  # fmt: skip


def _decider(told: Terms, unit: str) -> str:
    return f"{unit}（{told.decides.name.zh}）" if told.decides else unit


def _where(told: Terms) -> str:
    return f"{settings.CITY['name_zh']}公共信用信息平台" if told.public else "不向社会公示，依法共享使用"


def _decided_in(served: Served) -> str:
    """The limits of the procedure today, in words."""
    parts = (_within(served, "repair_accept", "决定是否受理"), _within(served, "repair_decide", "作出决定"))
    return "，".join(part for part in parts if part) or "收到申请后及时办理"


def _within(served: Served, step: Step, says: str) -> str:
    area = str(settings.CITY["area_code"])
    chosen = law.limit_for(procedure="repair", step=step, area=area, on=served.decided_on, item=served.item)
    return f"{facts.words(chosen.limit)}内{says}" if chosen else ""


def _articles(told: Terms) -> Iterator[Article]:
    return (facts.basis(one) for one in told.articles)


def _without_window(head: Head, record: RecordFacts, told: Terms) -> Letter:
    """The guide of what can't be repaired, or what has no fixed end: says when and how it ends all the same."""
    last = told.last_day or told.rule_last_day
    body = blocks.paragraphs("与本告知书一同送达的决定，将作为信用信息记录。现将公示和终止的办法一并告知。")
    body += [blocks.record(record), blocks.heading("公示多久，怎样结束"), *blocks.paragraphs(told.sentence)]
    if told.barred is not None:
        body += blocks.paragraphs(told.barred.sentence)
    body.append(blocks.strong(f"公示到{day(last)}为止，期满自动停止。" if last else NO_END))
    body += [blocks.heading("不收费"), *blocks.paragraphs(FREE)]
    body += [blocks.heading("记录有错的"), *blocks.paragraphs(OBJECT)]
    body += [*blocks.articles(tuple(_articles(told))), *blocks.paragraphs(CONTEST)]
    return compose("repair_guide", "信用修复告知书", head, (), body)

