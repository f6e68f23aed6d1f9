"""An opened file as the desk shows it: who, which numbers, the records in groups, the entry it made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodfaith.faces.desk.work_words import purpose_name
from goodfaith.faces.parts.cards import RecordCard, file_card
from goodfaith.faces.parts.words import number_kind
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import FileHandle, RecordView

PURPOSES = {"clerk": "source_verification", "credit_office": "credit_administration"}
"""For what an officer of a role opens a file here."""


@dataclass(frozen=True)
class Group:
    """Records of one polarity under one heading."""

    code: str
    title: str
    cards: list[RecordCard]


def groups(records: list[RecordView]) -> list[Group]:
    """The records in groups, the grave ones first; empty groups left out."""
    titles = {
        "negative": _("失信信息"),
        "positive": _("守信信息"),
        "neutral": _("登记、许可和其他信息"),
    }
    found = ((code, [file_card(r) for r in records if r.polarity == code]) for code in titles)
    return [Group(code, titles[code], cards) for code, cards in found if cards]


def shown(handle: FileHandle, role: str) -> dict[str, Any]:
    """The context of ``desk/subject.html`` for an answer of the gate."""
    return {
        "file": handle,
        "groups": groups(handle.current),
        "facts": [(number_kind(number.kind), number.number) for number in handle.numbers],
        "purpose": purpose_name(PURPOSES[role]),
        "own_only": role == "clerk",
        "refusal": gate.REFUSALS.get(handle.refusal or "", ""),
    }
