"""Double publicity (双公示): licences and penalties of organisations, listed, filtered, taken along as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.words import day, named
from goodfaith.faces.public.organisations import area_name
from goodfaith.records import queries as records
from goodfaith.records.queries import Filters, OpenRecord

PAGE = 50
EXPORT_STEP = 1_000
EXPORT_LIMIT = 20_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FilterForm(forms.Form):
    """What the list is narrowed to."""

    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        required=False,
        choices=[
            ("", gettext_lazy("许可和处罚")),
            ("licence", gettext_lazy("行政许可")),
            ("penalty", gettext_lazy("行政处罚")),
        ],
    )
    name = forms.CharField(label=gettext_lazy("组织名称"), required=False, max_length=100)
    authority = forms.CharField(label=gettext_lazy("作出单位"), required=False, max_length=100)
    area = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    first = forms.DateField(
        label=gettext_lazy("决定日期从"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(label=gettext_lazy("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["area"].choices = [("", _("全部")), *_areas()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The range of days runs forward."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", _("结束日期早于开始日期，请改成同一天或者更晚。"))
        return cleaned

    def filters(self) -> Filters:
        """For the query; empty fields narrow nothing."""
        said = self.cleaned_data
        return Filters(
            items=_items(said["kind"]), name=said["name"], authority=said["authority"], area=said["area"],
            first=said["first"], last=said["last"],
        )  # fmt: skip


def _areas() -> list[tuple[str, str]]:
    """The city's districts and counties, for the choice."""
    city = str(settings.CITY["area_code"])
    codes = (code for code in sorted(lawbook.book().areas) if code.startswith(city[:4]) and code != city)
    return [(code, area_name(code)) for code in codes]


def _items(kind: str) -> tuple[str, ...]:
    """Codes of the items under double publicity: penalties are the negative ones."""
    items = (item for item in lawbook.book().items.values() if item.double_publicity)
    wanted = {"penalty": (True,), "licence": (False,)}.get(kind, (True, False))
    return tuple(item.code for item in items if (item.polarity == "negative") in wanted)


def _key(text: str) -> tuple[dt.date, uuid.UUID] | None:
    """The place in the list that an address names; None when it names none."""
    first, _sep, second = text.partition("_")
    try:
        return dt.date.fromisoformat(first), uuid.UUID(second)
    except ValueError:
        return None


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The list, newest decision first, a page at a time by key."""
    form = FilterForm(request.GET)
    after = _key(request.GET.get("after", ""))
    rows = records.double_publicity(form.filters(), after=after, limit=PAGE + 1) if form.is_valid() else []
    context = {"section": "double_publicity", "form": form, "table": _table(request, rows[:PAGE]), "rows": rows[:PAGE]}
    context |= _pages(request, rows, after)
    return render(request, "public/double_publicity.html", context)


def _pages(request: HttpRequest, rows: list[OpenRecord], after: Any) -> dict[str, str]:
    query = request.GET.copy()
    query.pop("after", None)
    first_url = f"?{query.urlencode()}" if after else ""
    if len(rows) <= PAGE:
        return {"next_url": "", "first_url": first_url}
    last = rows[PAGE - 1]
    query["after"] = f"{last.decided_on}_{last.id}"
    return {"next_url": f"?{query.urlencode()}", "first_url": first_url}


def _table(request: HttpRequest, rows: list[OpenRecord]) -> Table:
    query = request.GET.copy()
    query.pop("after", None)
    return Table(
        "double-publicity",
        columns=[
            Column("name", _("行政相对人"), "main"),
            Column("item", _("类别"), "short"),
            Column("document_no", _("文书号"), "text"),
            Column("authority", _("作出单位")),
            Column("decided_on", _("决定日期"), "day"),
            Column("until", _("公示至"), "day"),
            Column("area", _("地区"), shown=False),
        ],
        rows=[_row(row) for row in rows],
        caption=_("行政许可和行政处罚公示，按决定日期由近及远"),
        export_url=f"{reverse('public:double_publicity_export')}?{query.urlencode()}",
        extra={"export": _("导出筛选结果（CSV）")},
    )


def _row(row: OpenRecord) -> dict[str, object]:
    return {
        "name": Cell(row.organisation_name, reverse("public:record", args=[row.subject_id, row.id])),
        "item": named(lawbook.item(row.item).name),
        "document_no": row.document_no,
        "authority": row.authority,
        "decided_on": day(row.decided_on),
        "until": day(row.shown_until) if row.shown_until else _("无固定期限"),
        "area": area_name(row.area_code),
    }


class Echo:
    """A file whose write gives back what was written, for csv to stream through."""

    def write(self, value: str) -> str:
        return value


@require_safe
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The filtered list as CSV with a byte-order mark (Excel), organisations only, at most 20,000 rows."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return render(
            request, "public/double_publicity.html", {"section": "double_publicity", "form": form}, status=400
        )
    lines = _lines(form.filters())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="double-publicity-{clock.today()}.csv"'
    return response


def _lines(filters: Filters) -> Iterator[str]:
    writer = csv.writer(Echo())
    heads = [
        _("行政相对人"),
        _("统一社会信用代码"),
        _("类别"),
        _("文书号"),
        _("作出单位"),
        _("决定日期"),
        _("公示至"),
        _("地区"),
    ]
    yield "\ufeff" + writer.writerow(heads)
    after: tuple[dt.date, uuid.UUID] | None = None
    for _step in range(EXPORT_LIMIT // EXPORT_STEP):
        rows = records.double_publicity(filters, after=after, limit=EXPORT_STEP)
        for row in rows:
            yield writer.writerow([_safe(cell) for cell in _cells(row)])
        if len(rows) < EXPORT_STEP:
            return
        after = (rows[-1].decided_on, rows[-1].id)


def _cells(row: OpenRecord) -> list[str]:
    item = named(lawbook.item(row.item).name)
    last = row.shown_until.isoformat() if row.shown_until else ""
    return [row.organisation_name, row.uscc or "", item, row.document_no or "", row.authority or "",
            row.decided_on.isoformat(), last, area_name(row.area_code)]  # fmt: skip


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is made text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
