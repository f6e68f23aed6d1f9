"""The two sides of a suspected duplicate, line by line, with what differs marked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.faces.desk.files import groups
from goodfaith.faces.desk.subjects import KINDS, area_name
from goodfaith.faces.desk.work_words import item_name
from goodfaith.faces.parts.words import day, listed, number_kind
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import FileHandle
from goodfaith.subjects import queries as subjects
from goodfaith.subjects.queries import SuspicionView

PURPOSE = "duplicate_review"


@dataclass(frozen=True)
class Line:
    """One fact on both sides; ``differs`` only when both say something."""

    label: str
    left: str
    right: str
    differs: bool


def compared(acting: Acting, case: SuspicionView) -> dict[str, Any]:
    """Both files opened (two entries in the ledger) and set against each other."""
    files = [gate.open_file(acting=acting, purpose=PURPOSE, subject_id=side, case_no=str(case.id))
             for side in (case.left, case.right)]  # fmt: skip
    refused = next((file for file in files if file.outcome != "opened"), None)
    if refused is not None:
        return {"refusal": gate.REFUSALS.get(refused.refusal or "", _("没有打开档案。"))}
    sides = [_side(file, subject) for file, subject in zip(files, (case.left, case.right), strict=True)]
    lines = _lines(*sides) + _counts(files, (case.left, case.right))
    records = [[r for r in file.current if r.subject_id == subject]
               for file, subject in zip(files, (case.left, case.right), strict=True)]  # fmt: skip
    return {"lines": lines, "differences": sum(line.differs for line in lines),
            "left_records": groups(records[0]), "right_records": groups(records[1]),
            "entries": [file.entry_id for file in files]}  # fmt: skip


def _lines(left: dict[str, str], right: dict[str, str]) -> list[Line]:
    """What the one and the other says under each label."""
    labels = dict.fromkeys([*left, *right])
    pairs = [(label, left.get(label, ""), right.get(label, "")) for label in labels]
    return [Line(label, a or "—", b or "—", bool(a and b and a != b)) for label, a, b in pairs if a or b]


def _counts(files: Sequence[FileHandle], sides: Sequence[uuid.UUID]) -> list[Line]:
    """How many records of which item; no reason to call them different, so never marked."""
    said = []
    for file, side in zip(files, sides, strict=True):
        counted = Counter(item_name(record.item) for record in file.current if record.subject_id == side)
        said.append(_("；").join(f"{name} {n}" for name, n in sorted(counted.items())) or _("没有记录"))
    return [Line(_("记录"), said[0], said[1], differs=False)]


def _side(file: FileHandle, subject_id: uuid.UUID) -> dict[str, str]:
    """Label → what this side says. Files shown as one are taken apart again."""
    subject = next(one for one in file.subjects if one.id == subject_id)
    organisation = subject.kind != "person"
    return {
        _("名称"): subject.name,
        **_numbers(file, subject_id, organisation=organisation),
        **(_registration(subject.facts) if organisation else {}),
    }


def _numbers(file: FileHandle, subject_id: uuid.UUID, *, organisation: bool) -> dict[str, str]:
    """An organisation's open numbers, each side's own; a person's masked ones as the gate gave them."""
    if organisation:
        return {number_kind(code.kind): code.value for code in subjects.codes_of(subject_id)}
    return {number_kind(number.kind): number.number for number in file.numbers}


def _registration(facts: dict[str, Any]) -> dict[str, str]:
    registered = facts.get("registered_on")
    return {
        _("类型"): KINDS.get(facts.get("kind", ""), ""),
        _("登记状态"): facts.get("status", ""),
        _("登记日期"): day(dt.date.fromisoformat(registered)) if registered else "",
        _("地区"): area_name(facts.get("area_code", "")),
        _("曾用名"): listed(facts.get("former_names", [])),
    }
