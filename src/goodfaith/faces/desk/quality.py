"""Data quality: by unit and item, by month; the same figures as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.faces.desk import quality_charts as charts
from goodfaith.faces.desk import work_words as words
from goodfaith.faces.desk.access import officer, user_of
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.units import unit_name
from goodfaith.intake import dashboard, quality
from goodfaith.intake.quality import WEIGHTS, Quality, Window
from goodfaith.intake.quality_workbook import workbook

WINDOWS = {"1": 0, "3": 2, "12": 11}
"""Months asked for → months before this one."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEYS: dict[str, Callable[[Quality], Any]] = {
    "unit": lambda q: words.short_unit(q.unit),
    "item": lambda q: words.item_name(q.item),
    "rows": lambda q: q.rows,
    "validity": lambda q: q.validity,
    "timeliness": lambda q: q.timeliness,
    "completeness": lambda q: q.completeness,
    "missed": lambda q: q.missed,
    "repetition": lambda q: q.repetition,
    "correction": lambda q: q.correction,
    "mark": lambda q: q.mark,
}
"""What each column of the table sorts by."""


def _months(request: HttpRequest) -> str:
    asked = request.GET.get("months", "")
    return asked if asked in WINDOWS else "3"


def _window(months: str) -> Window:
    return quality.last_months(clock.today(), WINDOWS[months])


def _own_unit(request: HttpRequest) -> str | None:
    """A clerk sees the own unit; the credit office and the auditor all."""
    user = user_of(request)
    return str(user.unit_id) if user.role == "clerk" else None


def _sorted(rows: list[Quality], sort: str) -> list[Quality]:
    """By a column; rows without a value last in both directions. Unsorted: worst mark first."""
    key = KEYS.get(sort.lstrip("-"), KEYS["mark"])
    known = [row for row in rows if key(row) is not None]
    known.sort(key=key, reverse=sort.startswith("-"))
    return known + [row for row in rows if key(row) is None]


@officer()
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The figures of the chosen window."""
    months = _months(request)
    window, unit = _window(months), _own_unit(request)
    every = quality.by_unit_and_item(window)
    league = quality.by_unit(every)
    rows = [row for row in every if unit in (None, row.unit)]
    year = quality.last_months(clock.today(), WINDOWS["12"])
    context = {
        "work": "quality",
        "unit": words.short_unit(unit) if unit else "",
        "tabs": _tabs(months),
        "window": window,
        "figures": _figures(quality.total(rows), league, unit),
        "table": _table(request, rows, months, unit),
        "rows": rows,
        "trend": charts.trend(year, quality.by_month(year, unit), _("近 12 个月的合格率和及时率")),
        "weights": _weights(),
        "unpublished": _unpublished(window),
        **({} if unit else _all_units(window, league)),
    }
    return render(request, "desk/quality.html", context)


def _all_units(window: Window, league: list[Quality]) -> dict[str, Any]:
    order = [row.unit for row in league if row.mark is not None]
    cells = dashboard.by_unit_and_month(window)
    return {"marks": charts.marks(league), "heat": charts.heat(window, cells, order)}


def _tabs(months: str) -> list[tuple[str, str, bool]]:
    names = {"1": _("本月"), "3": _("近三个月"), "12": _("近十二个月")}
    return [(name, f"?months={code}", code == months) for code, name in names.items()]


def _figures(whole: Quality, league: list[Quality], unit: str | None) -> list[tuple[str, str, str]]:
    middle = _("全市中位数 %(mark)s") % {"mark": words.one_place(charts.median(league))}
    place = next((n for n, row in enumerate(league, 1) if row.unit == unit and row.mark is not None), 0)
    units = sum(row.mark is not None for row in league)
    rank = _("第 %(place)s 名，共 %(n)s 个单位") % {"place": place, "n": units} if place else ""
    return [
        (_("综合得分"), words.one_place(whole.mark), middle),
        (_("合格率"), words.percent(whole.validity), _("共 %(n)s 行") % {"n": f"{whole.rows:,}"}),
        (_("及时率"), words.percent(whole.timeliness), _("超期 %(n)s 行") % {"n": f"{whole.late:,}"}),
        (_("完整率"), words.percent(whole.completeness), _("填了的格占全部的格")),
        (_("漏报期数"), f"{whole.missed:,}", _("应报 %(n)s 期") % {"n": whole.expected}),
        *([(_("位次"), str(place), rank)] if rank else []),
    ]


def _weights() -> list[tuple[str, int, str]]:
    said = {
        "validity": (_("合格率"), _("通过全部检查的行，占报送的行")),
        "timeliness": (_("及时率"), _("在规定期限内报送的行，占合格的行；双公示为决定作出后7个工作日")),
        "completeness": (_("完整率"), _("填了的格，占全部的格")),
        "reporting": (_("报送率"), _("报送了的期，占应当报送的期")),
    }
    return [(said[code][0], weight, said[code][1]) for code, weight in WEIGHTS.items()]


def _unpublished(window: Window) -> str:
    """The year in the window whose holidays are not known yet; nothing when all are."""
    last = min(clock.today(), window.end)
    return next((str(day.year) for day in (window.first, last) if not clock.is_published(day)), "")


def _table(request: HttpRequest, rows: list[Quality], months: str, unit: str | None) -> Table:
    columns = [
        *([] if unit else [Column("unit", _("单位"), sortable=True)]),
        Column("item", _("目录条目"), "main", sortable=True),
        Column("rows", _("行数"), "num", sortable=True),
        Column("validity", _("合格率"), "num", sortable=True),
        Column("timeliness", _("及时率"), "num", sortable=True),
        Column("completeness", _("完整率"), "num", sortable=True),
        Column("missed", _("漏报期数"), "num", sortable=True),
        Column("repetition", _("重复率"), "num", sortable=True),
        Column("correction", _("更正率"), "num", sortable=True),
        Column("mark", _("得分"), "num", sortable=True),
    ]
    sort = request.GET.get("sort", "")
    return Table(
        "quality", columns, [_row(row) for row in _sorted(rows, sort)], sort=sort, query=request.GET,
        export_url=f"export/?months={months}", extra={"export": _("导出 Excel")},
    )  # fmt: skip


def _row(row: Quality) -> dict[str, object]:
    shares = ("validity", "timeliness", "completeness", "repetition", "correction")
    return {
        "unit": words.short_unit(row.unit), "item": Cell(words.item_name(row.item)), "rows": f"{row.rows:,}",
        "missed": row.missed if row.expected else None, "mark": words.one_place(row.mark),
        **{name: words.percent(getattr(row, name)) for name in shares},
    }  # fmt: skip


@officer()
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The table as a workbook; a clerk's own unit only."""
    months = _months(request)
    window = _window(months)
    rows = quality.by_unit_and_item(window, _own_unit(request))
    response = HttpResponse(workbook(rows, window, unit_name, words.item_name), content_type=XLSX)
    name = f"quality-{clock.today().isoformat()}-{months}m.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
