"""收件: the list of deliveries, its export, and the pages of one delivery in each of its states."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk import delivery_findings as findings
from goodfaith.faces.desk import delivery_pages as pages
from goodfaith.faces.desk import downloads
from goodfaith.faces.desk.access import acting_of, officer, unit_of, user_of
from goodfaith.faces.desk.delivery_forms import FilterForm, MappingForm
from goodfaith.faces.desk.delivery_words import BUSY
from goodfaith.faces.desk.work_words import delivery_tag, item_name, short_unit
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.words import moment
from goodfaith.intake import dashboard, listing, queries, remembering
from goodfaith.intake.models import Delivery
from goodfaith.law import queries as law

ROLES = ("clerk", "credit_office")
REMAP = ("checked", "failed")
"""States from which the columns may be gone over again."""


def sees_all(request: HttpRequest) -> bool:
    """The credit office sees every unit's deliveries, a clerk the own unit's."""
    return user_of(request).role == "credit_office"


def seen(request: HttpRequest, delivery_id: uuid.UUID) -> Delivery:
    """The delivery; 404 when there is none, Problem (403) when it is another unit's."""
    found = queries.delivery(delivery_id)
    if found is None:
        raise Http404
    if not sees_all(request) and found.unit_id != unit_of(request):
        raise Problem("not_own_delivery", _("这不是贵单位的批次。"), _("请由报送单位的经办人办理。"), status=403)
    return found


def is_own(request: HttpRequest, delivery: Delivery) -> bool:
    """Whether the officer's unit sent it: only then may it be moved on."""
    return delivery.unit_id == unit_of(request)


def _filter(request: HttpRequest) -> FilterForm:
    duties = dashboard.duties(clock.today(), None if sees_all(request) else unit_of(request))
    codes = {duty.item for duty in duties}
    units = sorted({duty.unit for duty in duties}) if sees_all(request) else None
    return FilterForm(request.GET, items=law.items_for_unit(codes), units=units)


@require_safe
@officer(*ROLES)
def listed(request: HttpRequest) -> HttpResponse:
    """The list, filtered and sorted, a page at a time."""
    form = _filter(request)
    sort = request.GET.get("sort", listing.NEWEST)
    number = request.GET.get("page", "1")
    filtered = bool(set(request.GET) - {"sort", "page"})
    context: dict[str, Any] = {"work": "deliveries", "form": form, "filtered": filtered}
    if form.is_valid():
        wanted = form.wanted(None if sees_all(request) else unit_of(request))
        page = listing.listed(wanted, sort, int(number) if number.isdecimal() and len(number) < 9 else 1)
        context |= {"page": page, "table": _table(request, page.deliveries, sort), **_pager(request, page)}
    return render(request, "desk/deliveries/list.html", context, status=200 if form.is_valid() else 422)


def _pager(request: HttpRequest, page: queries.Page) -> dict[str, str]:
    def url(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    said = {"total": f"{page.total:,}", "number": page.number, "pages": page.pages}
    return {
        "says": _("共%(total)s批，第%(number)s页，共%(pages)s页") % said,
        "previous_url": url(page.number - 1) if page.number > 1 else "",
        "next_url": url(page.number + 1) if page.number < page.pages else "",
    }


def _table(request: HttpRequest, rows: list[Delivery], sort: str) -> Table:
    query = request.GET.copy()
    query.pop("page", None)
    columns = [
        Column("filename", _("文件"), "main", sortable=True),
        Column("state", _("状态")),
        Column("item", _("目录条目")),
        Column("unit", _("报送单位"), shown=sees_all(request)),
        Column("rows", _("总行数"), "num", sortable=True),
        Column("good", _("合格"), "num"),
        Column("refused", _("未通过"), "num", sortable=True),
        Column("created_at", _("收到时间"), "day", sortable=True),
        Column("receipt_no", _("回执号"), "code"),
        Column("by", _("经办人"), shown=False),
    ]
    return Table(
        "deliveries", columns=columns, rows=[_row(one) for one in rows], sort=sort, query=query,
        export_url=f"{reverse('desk:deliveries_export')}?{query.urlencode()}", extra={"export": _("导出清单（CSV）")},
    )  # fmt: skip


def _row(one: Delivery) -> dict[str, object]:
    counted = one.state in ("checked", "committing", "committed")
    return {
        "filename": Cell(one.filename, reverse("desk:delivery", args=[one.pk])),
        "state": pages.tag(delivery_tag(one.state)),
        "item": item_name(one.item_id),
        "unit": short_unit(one.unit_id),
        "rows": f"{one.rows:,}" if one.rows else None,
        "good": f"{one.good:,}" if counted else None,
        "refused": f"{one.refused:,}" if counted else None,
        "created_at": moment(one.created_at),
        "receipt_no": one.receipt_no,
        "by": one.created_by_name,
    }


@require_safe
@officer(*ROLES)
def export(request: HttpRequest) -> HttpResponseBase:
    """The filtered list as CSV."""
    form = _filter(request)
    if not form.is_valid():
        return render(request, "desk/deliveries/list.html", {"work": "deliveries", "form": form}, status=422)
    wanted = form.wanted(None if sees_all(request) else unit_of(request))
    found = listing.all_listed(wanted, request.GET.get("sort", listing.NEWEST))
    answer = StreamingHttpResponse(downloads.list_lines(found))
    return downloads.attached(answer, _("收件清单-%(day)s.csv") % {"day": clock.today().isoformat()}, "csv")


@require_safe
@officer(*ROLES)
def delivery(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """One delivery, as far as it has come."""
    found = seen(request, delivery_id)
    asked = found.state in REMAP and found.layout.get("columns") and "columns" in request.GET
    if found.state == "mapped" or asked:
        return mapping_page(request, found)
    context = pages.frame(found, own=is_own(request, found))
    if found.state in findings.STATES:
        context |= pages.counts(found) | {"findings": findings.section(acting_of(request), found, request.GET)}
    return render(request, f"desk/deliveries/{pages.TEMPLATES[found.state]}.html", context)


def mapping_page(request: HttpRequest, found: Delivery, form: MappingForm | None = None) -> HttpResponse:
    """Which column is which field, to be gone over and confirmed."""
    edition = request.POST.get("edition", "") or request.GET.get("edition", "")
    proposed = remembering.proposed(found, edition)
    own = is_own(request, found)
    context = pages.frame(found, own=own) | pages.columns(proposed, form or MappingForm(None, proposed=proposed))
    return render(request, "desk/deliveries/mapped.html", context, status=422 if form else 200)


@require_safe
@officer(*ROLES)
def progress(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """The bar alone, for the page that asks each second; sends the page on when the work is done."""
    found = seen(request, delivery_id)
    if found.state in BUSY and request.GET.get("of", found.state) == found.state:
        return render(request, "desk/deliveries/bar.html", pages.frame(found, own=is_own(request, found)))
    answer = HttpResponse()
    answer["HX-Redirect"] = reverse("desk:delivery", args=[found.pk])
    return answer


@require_safe
@officer(*ROLES)
def refused(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponseBase:
    """The workbook of refused rows."""
    return downloads.refused_file(request, acting_of(request), seen(request, delivery_id))
