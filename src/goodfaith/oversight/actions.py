"""What subjects and auditors do here. The only writer of this room.

No row goes into ``common_history``: the desk reads that table, and who complained about whom is nobody's business
there. Each function of the database writes its entry of the ledger in the same transaction; that is the history.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.common.clock import CHINA
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.oversight import calls, complaints, limits, rules

SETTLED = dt.timedelta(seconds=2)
"""Longer than any transaction that writes an entry."""


def do_complain(*, acting: Acting, at: dt.datetime, entry_id: int, text: str) -> UUID:
    """A subject complains about one look at its own file; the id. Problem when it is not its own, or complained of."""
    text = complaints.said(text, _("投诉内容"))
    complaint = uuid7()
    due = limits.due_on(at.astimezone(CHINA).date(), complaints.limits())
    code = calls.one("complain", acting, complaint, entry_id, complaints.seal(complaint, "text", text), at, due)
    if code:
        raise calls.problem(code)
    return complaint


def do_withdraw_complaint(*, acting: Acting, at: dt.datetime, complaint_id: UUID) -> None:
    """Withdraw an own complaint that is not answered yet."""
    code = calls.one("withdraw_complaint", acting, complaint_id, at)
    if code:
        raise calls.problem(code)


def do_draw(
    *, acting: Acting, at: dt.datetime, since: dt.date, until: dt.date, unit: str | None, count: int
) -> tuple[UUID, int]:
    """Draw up to ``count`` looks of the days ``since`` to ``until`` (both in it) at random; the draw, and how many.

    What is not older than a few seconds stays out, so that nothing in flight changes what a second draw gives.
    """
    first, last = limits.days(since, until)
    draw = uuid7()
    answer = calls.asked("draw", acting, draw, at, first, min(last, at - SETTLED), unit, limits.checked_count(count))
    return draw, answer["drawn"]


def do_draw_unusual(*, acting: Acting, at: dt.datetime, rule: str, entries: list[int]) -> UUID:
    """Take the entries of a finding into review."""
    if rule not in rules.RULES or not entries:
        raise Problem("finding_unknown", _("没有这条线索。"), _("请从异常查询列表进入。"), status=404)
    draw = uuid7()
    calls.asked("draw_unusual", acting, draw, at, rule, entries)
    return draw


def do_decide(*, acting: Acting, at: dt.datetime, review_id: UUID, outcome: str, note: str) -> UUID:
    """Decide one review (in_order, explained, misuse), with a note; the draw it belongs to."""
    if outcome not in limits.OUTCOMES:
        raise Problem("outcome_unknown", _("没有这种结论。"), _("请从列出的结论中选择。"))
    note = complaints.said(note, _("说明")) if outcome != "in_order" else note.strip()
    return UUID(calls.asked("decide", acting, review_id, outcome, note[: limits.LONGEST_NOTE], at)["draw"])


def do_undo(*, acting: Acting, at: dt.datetime, review_id: UUID) -> UUID:
    """Take a decision back; the draw it belongs to. Problem when the draw is closed or a case was opened."""
    return UUID(calls.asked("decide", acting, review_id, "pending", "", at)["draw"])


def do_close_draw(*, acting: Acting, at: dt.datetime, draw_id: UUID) -> None:
    """Close a draw whose reviews are all decided; nothing in it changes any more."""
    calls.asked("close_draw", acting, draw_id, at)


def do_answer_complaint(*, acting: Acting, at: dt.datetime, complaint_id: UUID, finding: str, answer: str) -> None:
    """Answer a complaint with a finding (in_order, not_in_order); the subject is told in the same transaction."""
    if finding not in complaints.FINDINGS:
        raise Problem("finding_unknown", _("没有这种结论。"), _("请从列出的结论中选择。"))
    told = complaints.typeset(finding, complaints.said(answer, _("答复")))
    sealed = complaints.seal(complaint_id, "answer", told)
    calls.asked("answer_complaint", acting, complaint_id, finding, sealed, at)


def do_open_misuse(
    *, acting: Acting, at: dt.datetime, what: str, review_id: UUID | None = None, complaint_id: UUID | None = None
) -> UUID:
    """Open a case of misuse from a review or a complaint whose outcome says so; the case."""
    case = uuid7()
    calls.asked("open_misuse", acting, case, review_id, complaint_id, complaints.said(what, _("违规情况")), at)
    return case


def do_note_measures(*, acting: Acting, at: dt.datetime, case_id: UUID, measures: str) -> None:
    """Note which measures were taken in a case so far."""
    calls.asked("go_on_misuse", acting, case_id, complaints.said(measures, _("处理措施")), None, at)


def do_close_misuse(*, acting: Acting, at: dt.datetime, case_id: UUID, measures: str, finding: str) -> None:
    """Close a case: confirmed or unfounded, with the measures taken."""
    if finding not in limits.MISUSE_FINDINGS:
        raise Problem("finding_unknown", _("没有这种结论。"), _("请从列出的结论中选择。"))
    calls.asked("go_on_misuse", acting, case_id, complaints.said(measures, _("处理措施")), finding, at)
