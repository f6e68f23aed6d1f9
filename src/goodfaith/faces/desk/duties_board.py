"""A unit's own board: what it has to do, what it takes part in, notices, questions, reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodfaith.duties import queries
from goodfaith.duties.views import AssignmentRow, ReminderView
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.duties_access import page_of
from goodfaith.faces.parts.words import day


def urgency(one: AssignmentRow) -> tuple[bool, dt.date, str]:
    """The order of urgency: what runs, by its day."""
    return one.closed_at is not None, one.due_on or dt.date.max, one.number


def board_page(request: HttpRequest, saved: list[tuple[str, str, bool]]) -> HttpResponse:
    """What the clerk's unit has before it, the most urgent first."""
    board = queries.board(acting_of(request))
    own = sorted(board.own, key=urgency)
    late = sum(1 for one in own if one.overdue)
    return page_of(
        request, "board", "duties", saved=saved, own=[card(one) for one in own],
        taking_part=[card(one) for one in sorted(board.taking_part, key=urgency)],
        reminders=[(one, reminder(one)) for one in board.reminders], notices=board.notices, questions=board.questions,
        headline=_headline(own, late),
    )  # fmt: skip


def card(one: AssignmentRow) -> dict[str, Any]:
    """An assignment as the board shows it."""
    return {
        "one": one,
        "tag": words.assignment_tag(one),
        "clock": words.clock_of(one),
        "part": words.part_name(one.part),
        "day": day(one.due_on) if one.due_on else "",
    }


def reminder(one: ReminderView) -> str:
    """A reminder in words."""
    return {"unreceived": _("还没有签收"), "before": _("快到期了"), "overdue": _("已经逾期")}.get(one.kind, one.kind)


def _headline(own: Sequence[AssignmentRow], late: int) -> str:
    if late:
        return ngettext("有 %(n)s 项已经逾期，请先办。", "有 %(n)s 项已经逾期，请先办。", late) % {"n": late}
    unconfirmed = sum(1 for one in own if one.step == "assigned")
    if unconfirmed:
        return ngettext("有 %(n)s 项等您签收。", "有 %(n)s 项等您签收。", unconfirmed) % {"n": unconfirmed}
    return _("没有逾期的任务。")
