"""What is there to read: for subjects their complaints, for the auditor everything, each reading an entry.

Every reader for the auditor raises Problem (403) for anybody else, and that attempt is an entry as well.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from goodfaith.common import crypto
from goodfaith.common.acting import Acting
from goodfaith.common.clock import CHINA
from goodfaith.oversight import calls, complaints, limits, views
from goodfaith.oversight.complaints import ComplaintView as ComplaintView

MOST_ROWS = 20_000


def my_complaints(acting: Acting) -> list[ComplaintView]:
    """The complaints of the subject whose file the account calls its own, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, entry_id, text, made_at, due_on, state, answer, answered_at, finding"
            " FROM oversight.my_complaints(%s, %s)",
            [acting.kind, acting.id],
        )
        rows = cursor.fetchall()
    return [
        ComplaintView(
            row[0], row[1], complaints.unseal(row[0], "text", row[2]) or "", row[3], row[4], row[5],
            complaints.unseal(row[0], "answer", row[6]), row[7], row[8],
        )
        for row in rows
    ]  # fmt: skip


def overview(acting: Acting, today: dt.date) -> views.Overview:
    """The auditor's first page in figures."""
    return views.overview(calls.asked("overview", acting, dt.datetime.combine(today, dt.time(), CHINA)))


def entries(
    acting: Acting, filters: dict[str, Any], *, before: int | None = None, limit: int = 100, what: str = "page",
    case: str | None = None,
) -> tuple[list[views.EntryLine], str | None]:  # fmt: skip
    """Entries, newest first, and the stand-in of the subject when ``same_as`` (an entry) is among the filters.

    ``filters``: outcome, unit, actor (account or name), purpose, matter, case_no, since and until (days, both in
    the period), others (without the auditor's own reading), same_as. ``what`` (page, export) and ``case`` stand in
    the entry of this reading.
    """
    asked = {name: value for name, value in filters.items() if value and name not in ("since", "until")}
    first, last = filters.get("since"), filters.get("until")
    if first:
        asked["since"] = dt.datetime.combine(first, dt.time(), CHINA).isoformat()
    if last:
        asked["until"] = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), CHINA).isoformat()
    answer = calls.asked("read_entries", acting, json.dumps(asked), before, limit, what, case)
    return [views.entry(row) for row in answer["rows"]], answer["subject"]


def find_subject(acting: Acting, number: tuple[str, str], case: str) -> int | None:
    """Ask for a subject by its number (kind, normalised number), for the reason ``case``.

    The entry that this asking left, to be given as ``same_as``; None when nobody has the number.
    """
    answer = calls.asked("find_subject", acting, number[0], crypto.index_key(*number), case)
    return answer["entry"] if answer["found"] else None


def findings(
    acting: Acting, since: dt.date, until: dt.date, *, rule: str | None = None, unit: str | None = None,
    limit: int = 200,
) -> views.Findings:  # fmt: skip
    """Unusual access on the days ``since`` to ``until`` (both in it), newest first."""
    first, last = limits.days(since, until)
    thresholds = json.dumps(settings.OVERSIGHT["rules"])
    closed = limits.days_off(since, until)
    return views.findings(calls.asked("read_findings", acting, first, last, thresholds, closed, rule, unit, limit))


def draws(acting: Acting, limit: int = 100) -> list[views.DrawView]:
    """Samples, newest first."""
    return [views.draw(row) for row in calls.asked("read_draws", acting, limit)["rows"]]


def draw(acting: Acting, draw_id: UUID) -> tuple[views.DrawView, list[views.ReviewView], bool | None]:
    """A sample, its reviews, and whether drawing it again gives the same entries (None: it was not random)."""
    answer = calls.asked("read_draw", acting, draw_id)
    if "draw" not in answer:
        raise calls.problem("draw_unknown")
    return views.draw(answer["draw"]), [views.review(row) for row in answer["reviews"]], answer["fair"]


def inbox(acting: Acting, *, waiting: bool = True, limit: int = 200) -> list[views.ComplaintLine]:
    """Complaints that wait, the first due first; or those done with, newest first."""
    return [views.complaint(row) for row in calls.asked("read_complaints", acting, waiting, limit)["rows"]]


def complaint(acting: Acting, complaint_id: UUID) -> views.ComplaintLine:
    """One complaint with its text."""
    answer = calls.asked("read_complaint", acting, complaint_id)
    if "complaint" not in answer:
        raise calls.problem("complaint_unknown")
    raw = answer["complaint"]
    texts = {part: bytes.fromhex(raw[part]) if raw[part] else None for part in ("text", "answer")}
    opened = {part: complaints.unseal(complaint_id, part, sealed) or "" for part, sealed in texts.items()}
    return views.complaint(raw, **opened)


def misuse_cases(acting: Acting, limit: int = 200) -> list[views.MisuseView]:
    """Cases of misuse: open ones first, then the newest."""
    return [views.misuse(row) for row in calls.asked("read_misuse_cases", acting, limit)["rows"]]


def misuse(acting: Acting, case_id: UUID) -> tuple[views.MisuseView, views.EntryLine, UUID | None]:
    """A case, the look that it is about, and the sample that it came from."""
    answer = calls.asked("read_misuse", acting, case_id)
    if "case" not in answer:
        raise calls.problem("misuse_unknown")
    draw_id = UUID(answer["draw"]) if answer["draw"] else None
    return views.misuse(answer["case"]), views.entry(answer["entry"]), draw_id
