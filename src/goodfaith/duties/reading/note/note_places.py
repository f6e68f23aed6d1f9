"""A note found in the text, and what of it can be a unit's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodfaith.duties.reading.note import names
from goodfaith.duties.reading.note.notes import Note


@dataclass(frozen=True, slots=True)
class Place:
    """A note found: ``start``–``end`` is the whole of it, ``inner`` its words without brackets."""

    start: int
    end: int
    inner: tuple[tuple[int, int], ...]
    note: Note
    broken: bool = False


def together(before: Place, after: Place) -> Place:
    """One note of two."""
    one, two = before.note, after.note
    note = Note(
        named=one.named + two.named,
        limits=one.limits + two.limits,
        open=one.open or two.open,
        first_leads=one.first_leads or two.first_leads,
        likewise=one.likewise or two.likewise,
        said=one.said or two.said,
        odd=one.odd + two.odd,
    )
    return Place(before.start, after.end, before.inner + after.inner, note, before.broken or after.broken)


_SURE = re.compile(
    r".{0,40}(?:委员会|管委会|政府|办公室|办公厅|办事处|中心|支队|总队|部门|单位|公司|支行|分行|法院|检察院|海关|委|局|厅|办|宣传部|组织部|统战部|总会|工会|妇联|"
    r"残联|科协|工商联|文联|侨联|社科联|供销社|团市委|团省委|街道|开发区|高新区|乡镇|部|院|署|会|银行|中央|联|队|学院|大学|集团|网站)"
)


def surely_unit(name: str) -> bool:
    """Whether the name ends as only units do, or stands for many."""
    is_carrier = name.startswith("中国") and names.CARRIER.fullmatch(name) is not None
    return is_carrier or names.is_collective(name) or _SURE.fullmatch(name) is not None
