"""What a person asks first, answered in plain words: what is there, who sees it, until when, what next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodfaith.faces.parts.words import day
from goodfaith.gate.handles import RecordView


@dataclass(frozen=True)
class Answers:
    """Sentences for the head of the own file; ``worries`` counts the negative records."""

    total: int
    worries: int
    seen_by: str
    until: str


def answers(records: Iterable[RecordView]) -> Answers:
    """The sentences for these records, the current ones."""
    listed = list(records)
    public = [record for record in listed if record.shown]
    worries = sum(record.polarity == "negative" for record in listed)
    return Answers(len(listed), worries, _seen_by(len(public), len(listed)), _until(public))


def _seen_by(public: int, total: int) -> str:
    if not public:
        return _("社会上看不到。只有您自己、报送单位和依法有权的单位能看到，每次查看都有记录。")
    if public == total:
        told = ngettext("社会上可以看到其中 %(n)s 条。", "社会上可以看到其中 %(n)s 条。", public)
    else:
        told = ngettext(
            "社会上可以看到其中 %(n)s 条；其余的只有您自己、报送单位和依法有权的单位能看到。",
            "社会上可以看到其中 %(n)s 条；其余的只有您自己、报送单位和依法有权的单位能看到。",
            public,
        )
    return told % {"n": public}


def _until(public: list[RecordView]) -> str:
    if not public:
        return _("现在没有正在公示的信息。")
    ends = sorted(record.display.last for record in public if record.display.last)
    if not ends:
        return _("正在公开的信息没有固定的截止日期。")
    if ends[0] == ends[-1]:
        return _("正在公示的到%(day)s当日为止，到期自动停止。") % {"day": day(ends[0])}
    dates = {"first": day(ends[0]), "last": day(ends[-1])}
    return _("最早的一条公示到%(first)s，最晚的到%(last)s，到期自动停止，无需申请。") % dates
