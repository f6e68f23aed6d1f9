"""What the room hands out: cases with their events, clocks, texts and papers; notices of recalls."""

from __future__ import annotations

from goodfaith.rights.views.cases import CaseRecord, CaseView, case
from goodfaith.rights.views.parts import ClockView, EventView, PaperView, TextView, clock, event, paper, text
from goodfaith.rights.views.reading import day, moment
from goodfaith.rights.views.recalls import NoticeView, RecallView, Told, notice, recall

__all__ = [
    "CaseRecord", "CaseView", "ClockView", "EventView", "NoticeView", "PaperView", "RecallView", "TextView", "Told",
    "case", "clock", "day", "event", "moment", "notice", "paper", "recall", "text",
]  # fmt: skip
