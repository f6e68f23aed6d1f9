"""The half-yearly and yearly report of the joint conference: every number is counted here, once, from the rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.common.clock import today as now_today
from goodfaith.duties import views, who
from goodfaith.duties.models import Change, Notice, Round
from goodfaith.duties.queries import assessment, campaigns, rows, supervision
from goodfaith.parties.queries import unit_names

UNITS = f"""
    SELECT s.unit, coalesce(u.name, ''),
           count(*) FILTER (WHERE {{within}}),
           count(*) FILTER (WHERE {{within}} AND s.step = 'accepted' AND {supervision.DONE_ON} <= s.due_on),
           count(*) FILTER (WHERE {{within}} AND s.step = 'accepted' AND {supervision.DONE_ON} > s.due_on),
           count(*) FILTER (WHERE {{within}} AND s.step NOT IN ('accepted', 'reported')),
           count(*) FILTER (WHERE s.closed_at IS NULL)
    FROM duties_standing(%(today)s) s LEFT JOIN parties_unit u ON u.code = s.unit
    WHERE s.step <> 'ended' GROUP BY 1, 2 ORDER BY 2, 1
""".format(within="s.due_on >= %(since)s AND s.due_on < least(%(until)s, %(today)s)")  # noqa: S608 (constants only)
DOCUMENTS = """
    SELECT o.id, o.title, o.doc_no, count(DISTINCT s.duty_id), count(*) FILTER (WHERE s.step = 'accepted'),
           count(*) FILTER (WHERE s.closed_at IS NULL),
           count(*) FILTER (WHERE s.closed_at IS NULL AND s.step <> 'reported' AND s.due_on < %(today)s)
    FROM duties_standing(%(today)s) s JOIN duties_document o ON o.id = s.document_id
    GROUP BY o.id ORDER BY o.id
"""
NOTICES = """
    SELECT n.unit_id, count(*), count(*) FILTER (WHERE n.step = 'sent' AND n.due_on < %(today)s)
    FROM duties_notice n
    WHERE (n.sent_at AT TIME ZONE 'Asia/Shanghai')::date >= %(since)s
      AND (n.sent_at AT TIME ZONE 'Asia/Shanghai')::date < %(until)s
    GROUP BY 1
"""
QUESTIONS = """
    SELECT q.unit_id, count(*), count(*) FILTER (WHERE
        coalesce((q.answered_at AT TIME ZONE 'Asia/Shanghai')::date, %(today)s) > q.due_on)
    FROM duties_question q
    WHERE q.step <> 'withdrawn' AND (q.asked_at AT TIME ZONE 'Asia/Shanghai')::date >= %(since)s
      AND (q.asked_at AT TIME ZONE 'Asia/Shanghai')::date < %(until)s
    GROUP BY 1
"""


def unit_figures(since: dt.date, until: dt.date, today: dt.date) -> list[views.UnitFigures]:
    """One line for each unit that has an assignment, a notice or a question, by name."""
    given = {"since": since, "until": until, "today": today}
    notices = {unit: (n, late) for unit, n, late in rows.fetched(NOTICES, given)}
    questions = {unit: (n, late) for unit, n, late in rows.fetched(QUESTIONS, given)}
    counted = {row[0]: row for row in rows.fetched(UNITS, given)}
    names = unit_names()
    for unit in (notices.keys() | questions.keys()) - counted.keys():
        counted[unit] = (unit, names.get(unit, ""), 0, 0, 0, 0, 0)
    found = [
        views.UnitFigures(*(*row, *notices.get(unit, (0, 0)), *questions.get(unit, (0, 0))))
        for unit, row in counted.items()
    ]
    return sorted(found, key=lambda one: (one.unit_name, one.unit or ""))


def _within(manager: Any, moment: str, since: dt.date, until: dt.date, **more: Any) -> Any:
    """Rows whose moment lies on a day of [since, until), in order."""
    return manager.filter(**{f"{moment}__date__gte": since, f"{moment}__date__lt": until}, **more).order_by("id")


CLOSED_ON = "(s.closed_at AT TIME ZONE 'Asia/Shanghai')::date"
DONE = f"s.step = 'accepted' AND {CLOSED_ON} >= %(since)s AND {CLOSED_ON} < %(until)s"
OVERDUE = "s.closed_at IS NULL AND s.step <> 'reported' AND s.due_on < %(today)s"


def report(acting: Acting, since: dt.date, until: dt.date, today: dt.date | None = None) -> views.Report:
    """Everything that the report over [since, until) says."""
    who.reader(acting)
    today = today or now_today()
    days: dict[str, Any] = {"since": since, "until": until}
    changes = _within(Change.objects.select_related("duty"), "decided_at", **days, state="approved")
    rounds = _within(Round.objects, "published_at", **days, step="published")
    calendar = [one for year in range(since.year, until.year + 1) for one in campaigns.calendar_of(year, today)]
    made: dict[str, Any] = {
        "documents": tuple(views.DocumentFigures(*row) for row in rows.fetched(DOCUMENTS, {"today": today})),
        "units": tuple(unit_figures(since, until, today)),
        "timeline": tuple(supervision.months(since, until, today)),
        "overdue": tuple(rows.standing(today, OVERDUE)),
        "done": tuple(rows.standing(today, DONE, **days)),
        "notices": tuple(rows.notices(_within(Notice.objects, "sent_at", **days), today)),
        "changes": tuple(map(rows.change, changes)),
        "rounds": tuple(assessment.view(one, one.entries.all()) for one in rounds),
        "campaigns": tuple(one for one in calendar if since <= one.first < until),
    }
    return views.Report(since, until, today, sentences=tuple(sentences(made)), **made)


def sentences(made: dict[str, Any]) -> list[str]:
    """The report in words, in the reader's language."""
    due = sum(one.due for one in made["units"])
    in_time, late = (sum(getattr(one, name) for one in made["units"]) for name in ("in_time", "late"))
    waiting = sum(one.overdue for one in made["units"])
    found = [
        _("台账现有公文 %(documents)s 份、任务 %(duties)s 项，在办 %(running)s 项。") % {
            "documents": len(made["documents"]), "duties": sum(one.duties for one in made["documents"]),
            "running": sum(one.running for one in made["documents"])},
        _("期内应完成 %(due)s 项：按期完成 %(in_time)s 项，逾期完成 %(late)s 项，逾期未完成 %(waiting)s 项。") % {
            "due": due, "in_time": in_time, "late": late, "waiting": waiting},
    ]  # fmt: skip
    if due:
        found.append(_("按期完成率 %(share).1f%%。") % {"share": 100 * in_time / due})
    closed = [one for one in made["notices"] if one.step == "closed"]
    found.append(
        _("发出督办通知 %(sent)s 份，办结 %(closed)s 份。") % {"sent": len(made["notices"]), "closed": len(closed)}
    )
    found.append(_("批准变更 %(n)s 件。") % {"n": len(made["changes"])})
    held = [one for one in made["campaigns"] if one.state == "reported"]
    found.append(_("宣传活动 %(n)s 次，已总结 %(held)s 次。") % {"n": len(made["campaigns"]), "held": len(held)})
    found += [
        _("公布考核结果：%(title)s，%(n)s 个单位。") % {"title": one.title, "n": len(one.entries)}
        for one in made["rounds"]
    ]
    return found
