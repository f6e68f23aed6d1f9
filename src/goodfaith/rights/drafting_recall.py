"""The recall notice as a letter to the unit: readable, beside the signed one for machines."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import translation

from goodfaith.common.clock import CHINA
from goodfaith.law import queries as law
from goodfaith.parties import queries as parties
from goodfaith.rights import drafting_facts as facts
from goodfaith.rights.letters import units
from goodfaith.rights.letters.letter import Letter
from goodfaith.rights.letters.parts import Head, Office, RecordFacts
from goodfaith.rights.sentences import WHAT_TO_DO
from goodfaith.rights.views import NoticeView, moment

RESTS_ON = ("《个人信息保护法》第四十六条", "《行政处罚法》第四十八条")


def recall_letter(notice: NoticeView, purpose_name: Callable[[str], str]) -> Letter:
    """信用信息更正（撤回）通知书."""
    with translation.override("zh-hans"):
        return units.recall(_head(notice), units.Recall(
            str(notice.recall_id), notice.reason, _record(notice), notice.effective_on, _looks(notice, purpose_name),
            tuple(zh for zh, _en in WHAT_TO_DO[notice.reason]), notice.due_on,
            "登录平台工作台“权益—撤回通知”确认怎样处理的；用接口的，按接口说明回执",
            tuple(facts.article(one) for one in RESTS_ON),
        ))  # fmt: skip


def _head(notice: NoticeView) -> Head:
    contact = settings.RIGHTS
    offices = parties.units(kind="credit_office")
    name = offices[0].name if offices else str(settings.CITY["name_zh"])
    office = Office(name, contact["address"], contact["phone"], hours=contact["hours"])
    number = f"撤回通知 {str(notice.id)[:8]}"
    dated = notice.at.astimezone(CHINA).date()
    return Head(office, number, notice.case_number or str(notice.recall_id), facts.unit_name(notice.unit), dated)


def _record(notice: NoticeView) -> RecordFacts:
    item = law.item(notice.item)
    return RecordFacts(
        item.name.zh, notice.authority or item.source_authority.zh, notice.document_no or facts.NO_DOCUMENT,
        notice.decided_on, "", str(notice.record_id),
    )  # fmt: skip


def _looks(notice: NoticeView, purpose_name: Callable[[str], str]) -> tuple[units.Look, ...]:
    made = []
    for one in notice.entries:
        at = moment(one["at"])
        if at is not None:
            made.append(units.Look(one["entry"], at.astimezone(CHINA).date(), purpose_name(one["purpose"])))
    return tuple(made)
