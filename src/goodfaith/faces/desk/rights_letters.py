"""The letters of a case as PDF: the draft while an act is prepared, the letter that counts after it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodfaith.common.problems import Problem
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.rights_access import rights
from goodfaith.faces.desk.rights_acts import Asked
from goodfaith.faces.desk.rights_drafts import draft_of, pdf
from goodfaith.faces.parts.units import unit_name
from goodfaith.rights import desk_queries, drafting, drafting_course, queries

LONGEST_ADDRESSEE = 200


@rights()
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The letter of an act that was done. ``act``; ``to=unit``: the one to the source unit. A POST says the
    addressee's whole name, which is printed and not kept, where the desk sees it masked."""
    said = request.POST if request.method == "POST" else request.GET
    acting, code = acting_of(request), said.get("act", "")
    case = queries.open_case(acting, case_id)
    event = drafting.event_of(case, code)
    if event is None or not drafting.has_letter(case.procedure, code):
        raise Problem("letter_unknown", _("没有这份文书。"), _("请从案件页面的“文书”打开。"), status=404)
    told = tuple(unit_name(unit) for unit in desk_queries.recipients(acting, case_id))
    sheet = drafting.sheet_of(case, event, told, request.POST.get("addressee", "").strip()[:LONGEST_ADDRESSEE])
    to_unit = said.get("to") == "unit" and code == "forward" and bool(case.records)
    made = drafting_course.forwarding(case, sheet) if to_unit else drafting.letter(case, code, sheet)
    return pdf(made, f"{case.number}-{code}")


@rights()
@require_POST
def draft(request: HttpRequest, case_id: uuid.UUID, code: str) -> HttpResponse:
    """The draft of an act's letter, from the form as it was sent; marked on every page, without a number."""
    asked = Asked(request, case_id, code)
    case = asked.case
    if not asked.is_valid() or not drafting.has_letter(case.procedure, code):
        raise Problem("letter_unknown", _("内容还没有写全，不能排印。"), _("请返回上一页补全。"))
    told = desk_queries.recipients(acting_of(request), case_id)
    return pdf(draft_of(case, code, asked.call(), user_of(request), told), f"{case.number}-{code}-draft", draft=True)
