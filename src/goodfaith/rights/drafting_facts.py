"""From a case to the small facts that its letters are made of. Letters are in Chinese, whatever the page is in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from goodfaith.common.clock import CHINA
from goodfaith.common.problems import Problem
from goodfaith.gate.handles import RecordView
from goodfaith.law import queries as law
from goodfaith.law.basics import LegalBasis
from goodfaith.law.procedures import Limit as Rule
from goodfaith.parties import queries as parties
from goodfaith.rights import clocks
from goodfaith.rights.letters.decisions import Change
from goodfaith.rights.letters.parts import Article, Head, Limit, Office, RecordFacts, Remedy
from goodfaith.rights.views import CaseView

PROCEDURE = {
    "objection": "异议申请", "repair": "信用修复申请", "complaint": "投诉", "request": "个人信息权利请求",
    "note": "复议、诉讼登记申请",
}  # fmt: skip
WAYS = {"reconsideration": "申请行政复议", "litigation": "提起诉讼", "review": "申请复核"}
UNITS = {"working_days": "个工作日", "days": "日"}
CITED = re.compile(r"《(?P<name>[^》]+)》(?P<article>.*)")
FULL_NAMES = {"国办发〔2025〕22号": "国务院办公厅关于进一步完善信用修复制度的实施方案"}
NO_DOCUMENT = "此类信息没有文书号"
NOT_WRITTEN = "（见申请时提交的材料）"
SOURCE_TEXT = {
    "official": "条文已与官方文本核对。",
    "mirror": "条文与公开转载的文本核对过，以官方文本为准。",
    "unverified": "条文尚未与官方文本核对，以官方文本为准。",
}
NOT_COMPARED = SOURCE_TEXT["unverified"]


@dataclass(frozen=True)
class Sheet:
    """What a letter says beyond the case: its number, its day, who writes, the words and codes of the act.

    ``number`` of a draft is what stands in its place until the act gives one. ``addressee``: the whole name where the
    writer sees it masked. ``told``: names of the units that are told.
    """

    unit: str
    number: str
    dated: dt.date
    texts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    told: tuple[str, ...] = ()
    addressee: str = ""


def unit_name(code: str | None) -> str:
    """The whole name of a unit."""
    return parties.unit_names().get(code or "", code or "")


def head(case: CaseView, sheet: Sheet, addressee: str = "") -> Head:
    """What stands above and below every letter of a case."""
    contact = settings.RIGHTS
    office = Office(unit_name(sheet.unit), contact["address"], contact["phone"], hours=contact["hours"])
    return Head(office, sheet.number, case.number, addressee or sheet.addressee or subject_name(case), sheet.dated)


def subject_name(case: CaseView) -> str:
    """Whose case it is, as far as the reader sees."""
    subject = case.file.subject if case.file else None
    return subject.name if subject else ""


def received_on(case: CaseView) -> dt.date:
    """The day on which it was filed; of a draft, the day on which it was opened."""
    return (case.filed_at or case.opened_at).astimezone(CHINA).date()


def record(case: CaseView, *, named: bool = True) -> RecordFacts | None:
    """The first record of a case, as it was when the case was opened; None where there is none."""
    found = first_record(case)
    if found is None:
        return None
    item = law.item(found.item)
    return RecordFacts(
        item=item.name.zh, authority=found.authority or item.source_authority.zh,
        document_no=found.document_no or NO_DOCUMENT, decided_on=found.decided_on,
        subject=subject_name(case) if named else "", record_id=str(found.id),
    )  # fmt: skip


def record_of(case: CaseView, *, named: bool = True) -> RecordFacts:
    """The first record; Problem ``letter_fact_missing`` where the case is about none."""
    found = record(case, named=named)
    if found is None:
        what = _("这件案件没有对应的记录，不能制作这种文书。")
        raise Problem("letter_fact_missing", what, _("请用“补充说明”告知当事人。"))
    return found


def first_record(case: CaseView) -> RecordView | None:
    """The version of the first record that the case was opened about."""
    if not case.records or case.file is None:
        return None
    wanted = case.records[0]
    versions = case.file.versions(wanted.record_id)
    return next((one for one in versions if one.version == wanted.version), versions[0] if versions else None)


def claim(case: CaseView) -> str:
    """What the subject wrote."""
    return case.text("claim").strip() or NOT_WRITTEN


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def words(rule: Rule) -> str:
    """How long a limit is: 7个工作日."""
    return f"{rule.count}{UNITS[rule.unit]}" if rule.count else "当日"


def limit(case: CaseView, *names: str) -> Limit | None:
    """The limit of these steps as it began, the newest; that of the whole procedure where they have none."""
    found = [one for one in case.clocks if one.name in names] or [
        one for one in case.clocks if one.name in case.rules.whole
    ]
    if not found:
        return None
    newest = found[-1]
    return Limit(words(newest.limit), clocks.due(newest.limit, newest.started_on))


def article(text: str) -> Article:
    """An article cited in one string, as acts do."""
    found = CITED.match(text)
    if found is None:
        return Article(FULL_NAMES.get(text, text), text, NOT_COMPARED)
    return Article(found["name"], found["article"].strip("（）") or "条号未核对", NOT_COMPARED)


def basis(found: LegalBasis, says: str = "") -> Article:
    """An article of the catalogue; what it says is its note, for packs hold no text of laws."""
    instrument = law.catalogue().instruments.get(found.instrument)
    name = instrument.name.zh if instrument else found.instrument
    parts = (one.rstrip("。") + "。" for one in (says, found.note or "") if one)
    return Article(name, found.article, "".join(parts) + SOURCE_TEXT[found.checked])


def clock_articles(case: CaseView) -> tuple[Article, ...]:
    """The rules that give the limits of the case, each once."""
    found = {(one.limit.basis.instrument, one.limit.basis.article): one.limit for one in case.clocks}
    return tuple(basis(one.basis, f"{one.name.zh}：{words(one)}") for one in found.values())


def act_articles(case: CaseView, act: str) -> tuple[Article, ...]:
    """The article that an act rests on, whatever step it is done at."""
    cited = next((one.article for one in case.rules.acts if one.code == act), "")
    return tuple(article(part) for part in split_cited(cited))


def split_cited(text: str) -> list[str]:
    """《甲》《乙》（…） parted: each with its own article."""
    found = re.findall(r"《[^》]+》[^《]*", text)
    return [part.strip() for part in found] or ([text] if text else [])


def remedies(facts: Mapping[str, Any]) -> tuple[Remedy, ...]:
    """The ways to contest that the act states."""
    told = facts.get("remedy")
    if not isinstance(told, Mapping):
        return ()
    return tuple(_remedies(told))


def _remedies(told: Any) -> Iterator[Remedy]:
    """The way that is told and those that stand under ``also``."""
    while isinstance(told, Mapping) and told.get("last_day"):
        last = dt.date.fromisoformat(str(told["last_day"]))
        way = WAYS.get(str(told.get("kind")), "提出申请")
        within = str(told.get("within") or "自收到本文书之日起")
        yield Remedy(way, str(told.get("to", "")), within, last, str(told.get("article", "")))
        told = told.get("also")
