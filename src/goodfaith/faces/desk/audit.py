"""The ledger for the auditor: who looked at whose file, why, and what came of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.faces.desk import work_words as words
from goodfaith.faces.desk.access import officer, user_of
from goodfaith.faces.desk.work_forms import LedgerFilter
from goodfaith.faces.parts.catalogue_words import subject_name
from goodfaith.faces.parts.tables import Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import status_tag
from goodfaith.faces.parts.words import aside, moment
from goodfaith.gate import queries as gate
from goodfaith.parties.queries import unit_names

PAGE = 100


@officer("auditor")
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """A page of the ledger, newest first; reading it is an entry itself."""
    user = user_of(request)
    form = LedgerFilter(request.GET, unit_names().items())
    said = form.cleaned_data if form.is_valid() else {}
    before = _before(request.GET.get("before", ""))
    rows = gate.read_ledger(
        user.acting, before=before, outcome=said.get("outcome") or None, unit=said.get("unit") or None, limit=PAGE + 1
    )
    context = {"work": "audit", "form": form, "rows": rows[:PAGE], "table": _table(rows[:PAGE]),
               **_pages(request, rows, before)}  # fmt: skip
    return render(request, "desk/audit.html", context)


def _before(text: str) -> int | None:
    """The entry that an address names; None when it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _pages(request: HttpRequest, rows: list[dict[str, Any]], before: int | None) -> dict[str, str]:
    query = request.GET.copy()
    query.pop("before", None)
    first = f"?{query.urlencode()}" if before else ""
    if len(rows) <= PAGE:
        return {"first_url": first, "next_url": ""}
    query["before"] = str(rows[PAGE - 1]["id"])
    return {"first_url": first, "next_url": f"?{query.urlencode()}"}


def _table(rows: list[dict[str, Any]]) -> Table:
    columns = [
        Column("at", _("时间"), "day"),
        Column("who", _("谁"), "main"),
        Column("unit", _("单位")),
        Column("purpose", _("目的")),
        Column("case_no", _("事由或案件编号")),
        Column("subject", _("对象")),
        Column("outcome", _("结果")),
        Column("records", _("记录数"), "num"),
        Column("id", _("日志号"), "num"),
    ]
    return Table("ledger", columns, [_row(row) for row in rows])


def _row(row: dict[str, Any]) -> dict[str, object]:
    kind, word = words.outcome_tag(row["outcome"])
    why = gate.REFUSALS.get(row["refusal"] or "", row["refusal"] or "")
    return {
        "at": moment(row["at"]),
        "who": (row["actor_name"] or "—") + aside(words.actor_name(row["actor_kind"])),
        "unit": words.short_unit(row["unit"]) if row["unit"] else None,
        "purpose": words.purpose_name(row["purpose"]),
        "case_no": row["case_no"],
        "subject": subject_name(row["subject_kind"]) if row["subject_kind"] else None,
        "outcome": format_html("{} {}", status_tag(kind, word), why),
        "records": row["records"],
        "id": row["id"],
    }
