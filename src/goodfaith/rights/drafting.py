"""The letters of a case: which act is told by which, drafted before the act and the same after it.

A draft is made from what is about to be said; the letter that counts is made from the event, its texts and its number,
so that it can be printed again at any time and says the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.utils import translation

from goodfaith.common.procedure import OFFICE
from goodfaith.gate.handles import Period, RecordView
from goodfaith.gate.opening import period
from goodfaith.law import queries as law
from goodfaith.parties import queries as parties
from goodfaith.rights import drafting_course as course
from goodfaith.rights import drafting_facts as facts
from goodfaith.rights.actions import Corrections
from goodfaith.rights.drafting_facts import Sheet
from goodfaith.rights.letters import answers, decisions
from goodfaith.rights.letters.letter import Letter
from goodfaith.rights.letters.words import day
from goodfaith.rights.procedures import KINDS
from goodfaith.rights.versions import versions
from goodfaith.rights.views import CaseView, EventView

DRAFT_NUMBER = "（发出时编号）"
LAST_DAY = "公示的最后一天"
FOUND, REASONS = "审查情况：", "理由："
"""The two parts of a refusal of repair."""
OUTCOMES = {"maintain": "upheld", "correct": "corrected", "annul": "deleted", "unlink": "unlinked"}
ENDS = ("终止公示该记录", "停止共享和使用该记录", "解除依据该记录采取的惩戒措施")

Writer = Callable[[CaseView, Sheet], Letter]


def objection_decision(act: str) -> Writer:
    """异议处理结果告知书."""

    def write(case: CaseView, sheet: Sheet) -> Letter:
        record = facts.record_of(case)
        return decisions.objection_decision(facts.head(case, sheet), decisions.ObjectionDecision(
            OUTCOMES[act], facts.received_on(case), record, facts.claim(case),
            facts.paragraphs(sheet.texts.get("answer", "")), sheet.dated, facts.act_articles(case, act),
            facts.remedies(sheet.facts), sheet.changes if act == "correct" else (),
            sheet.told if act != "maintain" else (),
        ))  # fmt: skip

    return write


def repair_decision(case: CaseView, sheet: Sheet, *, granted: bool) -> Letter:
    """信用修复决定书, or 不予信用修复决定书."""
    record = facts.record_of(case)
    found, why = split_refusal(sheet.texts.get("answer", ""))
    return decisions.repair_decision(facts.head(case, sheet), decisions.RepairDecision(
        granted, facts.received_on(case), record, found, sheet.dated,
        facts.act_articles(case, "grant" if granted else "deny"), facts.remedies(sheet.facts),
        consequences=ENDS if granted else (), reasons=() if granted else why, told=sheet.told if granted else (),
    ))  # fmt: skip


def join_refusal(found: str, why: str) -> str:
    """What was found and why that is not enough, as one answer."""
    return f"{FOUND}\n{found.strip()}\n{REASONS}\n{why.strip()}"


def split_refusal(answer: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two parts again; an answer without them is all findings."""
    before, _, after = answer.partition(f"\n{REASONS}")
    return facts.paragraphs(before.removeprefix(FOUND)), facts.paragraphs(after)


def complaint_answer(case: CaseView, sheet: Sheet, *, founded: bool) -> Letter:
    """投诉办理答复书."""
    conclusion = "您的投诉属实" if founded else "经核实，没有发现您投诉的问题"
    return answers.complaint_answer(facts.head(case, sheet), answers.ComplaintAnswer(
        facts.received_on(case), facts.claim(case), facts.paragraphs(sheet.texts.get("answer", "")), conclusion,
        facts.remedies(sheet.facts), articles=facts.act_articles(case, "uphold" if founded else "dismiss"),
    ))  # fmt: skip


def request_answer(case: CaseView, sheet: Sheet, *, granted: bool) -> Letter:
    """个人信息权利请求答复书."""
    said = facts.paragraphs(sheet.texts.get("answer", ""))
    name = KINDS["request"][case.kind]
    return answers.information_answer(facts.head(case, sheet), answers.InformationAnswer(
        f"（{name}）", facts.received_on(case), facts.claim(case), said,
        facts.act_articles(case, "grant" if granted else "deny"), facts.remedies(sheet.facts),
    ))  # fmt: skip


WRITERS: dict[tuple[str, str], Writer] = {
    **{(procedure, "file"): course.receipt for procedure in facts.PROCEDURE},
    **{("objection", act): objection_decision(act) for act in OUTCOMES},
    **{(procedure, "ask"): course.supplement for procedure in facts.PROCEDURE},
    **{(procedure, "extend"): course.extension for procedure in facts.PROCEDURE},
    **{(procedure, "refuse"): course.not_accepted for procedure in ("objection", "repair", "note")},
    **{(procedure, "hear_expert"): course.suspension for procedure in ("objection", "repair")},
    ("objection", "take"): course.acceptance("own"),
    ("objection", "forward"): course.acceptance("source"),
    ("repair", "accept"): course.acceptance("accepted"),
    ("repair", "grant"): lambda case, sheet: repair_decision(case, sheet, granted=True),
    ("repair", "deny"): lambda case, sheet: repair_decision(case, sheet, granted=False),
    ("complaint", "uphold"): lambda case, sheet: complaint_answer(case, sheet, founded=True),
    ("complaint", "dismiss"): lambda case, sheet: complaint_answer(case, sheet, founded=False),
    ("request", "grant"): lambda case, sheet: request_answer(case, sheet, granted=True),
    ("request", "deny"): lambda case, sheet: request_answer(case, sheet, granted=False),
}
"""(procedure, act) → the letter that tells of it."""


def has_letter(procedure: str, act: str) -> bool:
    """Whether a letter tells of the act."""
    return (procedure, act) in WRITERS


def letter(case: CaseView, act: str, sheet: Sheet) -> Letter:
    """The letter of an act, from what is (about to be) said. Problem ``letter_fact_missing`` when it is not whole."""
    with translation.override("zh-hans"):
        return WRITERS[case.procedure, act](case, sheet)


def event_of(case: CaseView, act: str) -> EventView | None:
    """The last time that an act was done in a case."""
    return next((event for event in reversed(case.events) if event.act == act), None)


def sheet_of(case: CaseView, event: EventView, told: tuple[str, ...] = (), addressee: str = "") -> Sheet:
    """The sheet of an act that was done: its own texts, its own number, its day."""
    texts = {text.part: text.text or "" for text in case.texts if text.event_id == event.id}
    return Sheet(
        unit=event.unit or _receiver(case), number=event.facts.get("letter_no") or case.number,
        dated=course.day_of(event.at), texts=texts, facts=event.facts, changes=changes(case), told=told,
        addressee=addressee,
    )  # fmt: skip


def _receiver(case: CaseView) -> str:
    """Who receives what the subject files by itself: the credit office, or the unit that reported the record."""
    offices = parties.units(kind="credit_office") if case.rules.step("filed").next == OFFICE else []
    if offices:
        return offices[0].code
    return case.records[0].source_unit if case.records else case.unit or ""


def changes(case: CaseView) -> tuple[decisions.Change, ...]:
    """What the case's correction changed: field, before, after."""
    found: list[decisions.Change] = []
    for one in case.records:
        known = case.file.versions(one.record_id) if case.file else []
        before = next((each for each in known if each.version == one.version), None)
        after = known[0] if known else None
        if before and after and before.version != after.version:
            found += _changed(before, after)
    return tuple(found)


def _changed(before: RecordView, after: RecordView) -> list[decisions.Change]:
    names = field_names(before)
    codes = [code for code in names if before.fields.get(code, "") != after.fields.get(code, "")]
    made = [decisions.Change(names[code], before.fields.get(code, ""), after.fields.get(code, "")) for code in codes]
    return made + _shown_otherwise(before.display, after.display)


def _shown_otherwise(before: Period, after: Period) -> list[decisions.Change]:
    """A correction that puts a record into another class of its display rule changes until when it is shown."""
    if before == after:
        return []
    return [decisions.Change(LAST_DAY, _last_day(before), _last_day(after))]


def _last_day(period: Period) -> str:
    if period.is_empty:
        return "不向社会公示"
    return day(period.last) if period.last else "没有固定期限"


def field_names(record: RecordView) -> dict[str, str]:
    """Code → Chinese name of the fields of a record's form."""
    return {field.code: field.name.zh for field in law.item(record.item).edition(record.edition).fields}


def proposed(case: CaseView, corrections: Corrections) -> tuple[decisions.Change, ...]:
    """The changes of a correction that is about to be made, with what it does to the display period. Problem when a
    check refuses it."""
    made = versions(case, "correct", corrections) if corrections else []
    display = {version["record"]: period(version["display"]) for version in made if "display" in version}
    found: list[decisions.Change] = []
    for record in case.file.current if case.file else []:
        if record.id in corrections:
            found += _proposed(record, corrections[record.id])
            found += _shown_otherwise(record.display, display[str(record.id)])
    return tuple(found)


def _proposed(record: RecordView, fields: Mapping[str, str]) -> list[decisions.Change]:
    names = field_names(record)
    pairs = ((code, record.fields.get(code, ""), value.strip()) for code, value in fields.items())
    return [decisions.Change(names[code], before, after) for code, before, after in pairs if before != after]


def today_sheet(unit: str, today: dt.date) -> Sheet:
    """A draft's empty sheet."""
    return Sheet(unit=unit, number=DRAFT_NUMBER, dated=today)
