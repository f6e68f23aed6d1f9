"""What the office of the joint conference sees: matrix, timeline, notices."""

from __future__ import annotations

import datetime as dt

from goodfaith.common.acting import Acting
from goodfaith.common.clock import today as now_today
from goodfaith.duties import views, who
from goodfaith.duties.actions.acts import unknown
from goodfaith.duties.models import Evidence, Notice
from goodfaith.duties.queries import rows

MATRIX = """
    SELECT s.unit, coalesce(u.name, ''),
           CASE WHEN s.closed_at IS NULL AND s.step <> 'reported' AND s.due_on < %(today)s
                THEN 'overdue' ELSE s.step END,
           count(*)
    FROM duties_standing(%(today)s) s LEFT JOIN parties_unit u ON u.code = s.unit
    WHERE (%(document)s::bigint IS NULL OR s.document_id = %(document)s)
    GROUP BY 1, 2, 3 ORDER BY 2, 1
"""
DONE_ON = """
    (SELECT (e.at AT TIME ZONE 'Asia/Shanghai')::date FROM duties_event e
     WHERE e.procedure = 'assignment' AND e.object_id = s.id::text AND e.act = 'report' ORDER BY e.id DESC LIMIT 1)
"""
TIMELINE = f"""
    SELECT date_trunc('month', s.due_on)::date, count(*),
           count(*) FILTER (WHERE s.step = 'accepted' AND {DONE_ON} <= s.due_on),
           count(*) FILTER (WHERE s.step = 'accepted' AND {DONE_ON} > s.due_on),
           count(*) FILTER (WHERE s.step NOT IN ('accepted', 'reported') AND s.due_on < %(today)s),
           count(*) FILTER (WHERE s.step <> 'accepted' AND (s.due_on >= %(today)s OR s.step = 'reported'))
    FROM duties_standing(%(today)s) s
    WHERE s.step <> 'ended' AND s.due_on >= %(since)s AND s.due_on < %(until)s
      AND (%(document)s::bigint IS NULL OR s.document_id = %(document)s)
      AND (%(unit)s::text IS NULL OR s.unit = %(unit)s)
    GROUP BY 1 ORDER BY 1
"""  # noqa: S608 (constants only)


def matrix(acting: Acting, *, document: int | None = None, today: dt.date | None = None) -> list[views.MatrixRow]:
    """Units × states; bodies without a unit of the registry come together in a row with unit None."""
    who.reader(acting)
    counts: dict[tuple[str | None, str], dict[str, int]] = {}
    for unit, name, bucket, n in rows.fetched(MATRIX, {"today": today or now_today(), "document": document}):
        counts.setdefault((unit, name), dict.fromkeys(views.BUCKETS, 0))[bucket] = n
    return [views.MatrixRow(unit, name, found) for (unit, name), found in counts.items()]


def timeline(
    acting: Acting, since: dt.date, until: dt.date, *, document: int | None = None, unit: str | None = None,
    today: dt.date | None = None,
) -> list[views.TimelinePoint]:  # fmt: skip
    """Months of [since, until) in which something is due."""
    who.reader(acting)
    return months(since, until, today or now_today(), document, unit)


def months(
    since: dt.date, until: dt.date, today: dt.date, document: int | None = None, unit: str | None = None
) -> list[views.TimelinePoint]:
    """:func:`timeline` without asking who reads."""
    given = {"since": since, "until": until, "today": today, "document": document, "unit": unit}
    return [views.TimelinePoint(*row) for row in rows.fetched(TIMELINE, given)]


def notices(acting: Acting, *, state: str = "", unit: str = "", today: dt.date | None = None) -> list[views.NoticeRow]:
    """Supervision notices, newest first: a clerk's own unit's, for office and auditor all. ``state``: open, closed."""
    role = who.reader(acting)
    found = Notice.objects.filter(unit=acting.unit) if role == "clerk" else Notice.objects.all()
    found = found.filter(unit=unit) if unit else found
    if state:
        found = found.filter(step="closed") if state == "closed" else found.exclude(step="closed")
    return rows.notices(found.order_by("-sent_at", "-id"), today or now_today())


def notice(acting: Acting, notice_id: int, today: dt.date | None = None) -> views.NoticeView:
    """One notice whole; Problem (404) for who has no part in it."""
    role = who.reader(acting)
    one = Notice.objects.filter(pk=notice_id).first()
    if one is None or (role == "clerk" and one.unit_id != acting.unit):
        raise unknown()
    (row,) = rows.notices([one], today or now_today())
    duties = tuple(one.duties.order_by("document_id", "place").values_list("id", "number", "title"))
    return views.NoticeView(
        row, duties, one.reply, one.replied_at, one.finding_text, one.closed_by_name, rows.events("notice", one.pk),
        rows.evidence(Evidence.objects.filter(notice=one)),
    )  # fmt: skip
