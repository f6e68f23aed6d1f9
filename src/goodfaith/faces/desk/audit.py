"""The ledger for the auditor: who looked at whose file, why, and what came of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.faces.desk import audit_words as words
from goodfaith.faces.desk import work_words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.audit_access import auditor, page_of
from goodfaith.faces.desk.audit_forms import LedgerFilter, SubjectForm
from goodfaith.faces.desk.downloads import Echo, attached
from goodfaith.faces.desk.downloads import _plain as plain
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.units import unit_choices
from goodfaith.faces.parts.words import moment
from goodfaith.oversight import queries as oversight
from goodfaith.oversight.views import EntryLine

PAGE = 100


@auditor
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """A page of the ledger, newest first; reading it is an entry itself."""
    form = LedgerFilter(request.GET, unit_choices())
    wanted = form.wanted()
    before = _before(request.GET.get("before", ""))
    rows, subject = oversight.entries(
        acting_of(request), wanted, before=before, limit=PAGE + 1, case=words.filter_words(wanted)
    )
    return page_of(
        request, "ledger", "audit_ledger", form=form, rows=rows[:PAGE], subject=subject, same_as=wanted.get("same_as"),
        table=_table(request, rows[:PAGE]), **_pages(request, rows, before),
    )  # fmt: skip


def _before(text: str) -> int | None:
    """The entry that an address names; None when it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _pages(request: HttpRequest, rows: Sequence[EntryLine], before: int | None) -> dict[str, str]:
    query = request.GET.copy()
    query.pop("before", None)
    first = f"?{query.urlencode()}" if before else ""
    if len(rows) <= PAGE:
        return {"first_url": first, "next_url": ""}
    query["before"] = str(rows[PAGE - 1].id)
    return {"first_url": first, "next_url": f"?{query.urlencode()}"}


def _table(request: HttpRequest, rows: Sequence[EntryLine]) -> Table:
    columns = [
        Column("at", _("时间"), "day"),
        Column("who", _("谁"), "main"),
        Column("unit", _("单位")),
        Column("purpose", _("目的")),
        Column("case_no", _("办件编号或事由")),
        Column("subject", _("对象")),
        Column("outcome", _("结果")),
        Column("records", _("记录数"), "num"),
        Column("id", _("日志号"), "num"),
    ]
    query = request.GET.copy()
    query.pop("before", None)
    url = f"{reverse('desk:audit_export')}?{query.urlencode()}"
    says = _("导出的文件最多 %(n)s 行；导出也记入查询日志。") % {"n": f"{oversight.MOST_ROWS:,}"}
    return Table("ledger", columns, [_row(row) for row in rows], export_url=url, extra={"says": says})


def _row(row: EntryLine) -> dict[str, object]:
    same = f"{reverse('desk:audit_ledger')}?same_as={row.id}" if row.subject else ""
    return {
        "at": moment(row.at),
        "who": words.who(row),
        "unit": words.unit(row.unit),
        "purpose": words.purpose(row),
        "case_no": words.case(row),
        "subject": Cell(words.subject(row), same),
        "outcome": words.outcome(row.outcome, row.refusal),
        "records": row.records,
        "id": row.id,
    }


@auditor
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered ledger as CSV; that it was taken away is an entry."""
    wanted = LedgerFilter(request.GET, unit_choices()).wanted()
    rows, _subject = oversight.entries(
        acting_of(request), wanted, limit=oversight.MOST_ROWS, what="export", case=words.filter_words(wanted)
    )
    name = _("查询日志-%(day)s.csv") % {"day": clock.today()}
    return attached(StreamingHttpResponse(_lines(rows)), name, "csv")


def _lines(rows: Sequence[EntryLine]) -> Iterator[str]:
    writer = csv.writer(cast(Any, Echo()))
    heads = [_("日志号"), _("时间"), _("谁"), _("账号"), _("单位"), _("目的"), _("办理事项"), _("办件编号或事由"),
             _("对象类型"), _("对象代号"), _("结果"), _("拒绝原因"), _("记录数")]  # fmt: skip
    yield "\ufeff" + cast(str, writer.writerow(heads))
    for row in rows:
        cells = [
            row.id, row.at.astimezone(clock.CHINA).isoformat(timespec="seconds"), words.who(row),
            "" if row.actor_kind in words.OWN else row.actor_id, words.unit(row.unit),
            work_words.purpose_name(row.purpose), row.matter or "", row.case_no or "", row.subject_kind or "",
            row.subject or "", work_words.outcome_tag(row.outcome)[1], words.why(row.refusal), row.records,
        ]  # fmt: skip
        yield cast(str, writer.writerow([plain(cell) for cell in cells]))


@auditor
@require_http_methods(["GET", "HEAD", "POST"])
def subject(request: HttpRequest) -> HttpResponse:
    """Who looked at one subject: found by the whole number, sent in the body, for a reason; an entry that it sees."""
    if request.method != "POST" and request.GET:
        return redirect("desk:audit_subject")
    form = SubjectForm(request.POST if request.method == "POST" else None)
    nobody = False
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        entry = oversight.find_subject(acting_of(request), (said["kind"], said["number"]), said["case_no"])
        if entry is not None:
            return redirect(f"{reverse('desk:audit_ledger')}?same_as={entry}")
        nobody = True
    return page_of(request, "subject", "audit_ledger", _("查某一主体的查询记录"), form=form, nobody=nobody)
