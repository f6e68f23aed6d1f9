"""Figures of 权益: cases by procedure and unit, how they ended and how long it took, how units confirm recalls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.faces.desk import rights_charts as charts
from goodfaith.faces.desk import rights_words as words
from goodfaith.faces.desk.rights_access import page_of, rights
from goodfaith.faces.desk.rights_sheets import sheet
from goodfaith.faces.desk.work_words import percent, short_unit
from goodfaith.faces.parts.tables import Column, Table
from goodfaith.rights import desk_queries, queries
from goodfaith.rights.desk_queries import ENOUGH, NEARLY_ALL, UnitFigure
from goodfaith.rights.queries import Figure, RecallFigure

YEAR = 365


@dataclass(frozen=True)
class Period:
    """Days, both in the period: cases filed and recalls made in it are counted."""

    since: dt.date
    until: dt.date


@dataclass(frozen=True)
class Found:
    """All figures of a period."""

    period: Period
    units: list[UnitFigure]
    cases: list[Figure]
    recalls: list[RecallFigure]


def period_of(request: HttpRequest, today: dt.date) -> Period:
    """The period that the address names; the last twelve months when it names none."""
    since, until = (_day(request.GET.get(name, "")) for name in ("since", "until"))
    end = min(until or today, today)
    start = since or end - dt.timedelta(days=YEAR - 1)
    return Period(min(start, end), end)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:  # an address that nobody's form made
        return None


def figures_of(period: Period) -> Found:
    """The figures of a period."""
    return Found(
        period, desk_queries.unit_figures(period.since, period.until), queries.figures(period.since, period.until),
        queries.recall_figures(period.since, period.until),
    )  # fmt: skip


@rights()
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The figures with their charts, each with its table."""
    found = figures_of(period_of(request, clock.today()))
    return page_of(
        request, "figures", "rights_figures", period=found.period, rows=found.units, figures=_figures(found),
        standing_out=[_sentence(one) for one in found.units if one.stands_out], enough=ENOUGH,
        nearly_all=percent(NEARLY_ALL), ends=charts.ends(found.cases), days=charts.days(found.units),
        confirming=charts.confirming(found.recalls), units=_units(found.units), kinds=_kinds(found.cases),
        recalls=_recalls(found.recalls) if found.recalls else None,
        export_query=f"since={found.period.since.isoformat()}&until={found.period.until.isoformat()}",
    )  # fmt: skip


def _figures(found: Found) -> list[tuple[str, str, str]]:
    n, still = sum(one.n for one in found.units), sum(one.open for one in found.units)
    overdue, late = sum(one.overdue for one in found.units), sum(one.late for one in found.units)
    longest = max((one.days_longest for one in found.units if one.days_longest is not None), default=None)
    told, confirmed = sum(one.n for one in found.recalls), sum(one.confirmed for one in found.recalls)
    return [
        (_("收到案件"), f"{n:,}", _("在办 %(n)s 件") % {"n": f"{still:,}"}),
        (_("现在逾期"), f"{overdue:,}", _("其中有过逾期的共 %(n)s 件") % {"n": f"{late:,}"}),
        (_("最长用时"), "—" if longest is None else _("%(n)s 天") % {"n": longest}, _("从提交到办结，自然日")),
        (_("撤回通知"), f"{told:,}", _("已确认 %(n)s 份") % {"n": f"{confirmed:,}"}),
    ]


def _sentence(one: UnitFigure) -> str:
    return _("%(unit)s：办结异议 %(decided)s 件，其中 %(maintained)s 件（%(share)s）认为记录没有错。") % {
        "unit": short_unit(one.unit or ""), "decided": one.decided, "maintained": one.maintained,
        "share": percent(one.share),
    }  # fmt: skip


UNIT_HEADS = (
    "procedure", "unit", "n", "open", "decided", "maintained", "share", "median", "longest", "late", "overdue",
)  # fmt: skip


def heads() -> dict[str, str]:
    """Names of the columns."""
    return {
        "procedure": _("事项"), "unit": _("单位"), "n": _("件数"), "open": _("在办"), "decided": _("异议办结"),
        "maintained": _("核实无误"), "share": _("无误比例"), "median": _("用时中位数（天）"),
        "longest": _("最长（天）"),
        "late": _("有过逾期"), "overdue": _("现在逾期"), "kind": _("种类"), "outcome": _("结果"),
        "confirmed": _("已确认"), "unconfirmed": _("逾期未确认"), "days": _("确认用时中位数（天）"),
    }  # fmt: skip


def _columns(codes: Sequence[str], main: str) -> list[Column]:
    named = heads()
    return [Column(code, named[code], "main" if code == main else "text" if code in TEXTS else "num") for code in codes]


def unit_cells(one: UnitFigure) -> dict[str, object]:
    """A line of the table by unit."""
    objection = one.procedure == "objection"
    return {
        "procedure": words.procedure_name(one.procedure),
        "unit": short_unit(one.unit) if one.unit else _("信用主管部门"),
        "n": one.n, "open": one.open, "decided": one.decided if objection else None,
        "maintained": one.maintained if objection else None, "share": percent(one.share) if one.decided else None,
        "median": _days(one.days_median), "longest": one.days_longest, "late": one.late, "overdue": one.overdue,
    }  # fmt: skip


def _days(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 1)


def kind_cells(one: Figure) -> dict[str, object]:
    """A line of the table by kind and end."""
    return {
        "procedure": words.procedure_name(one.procedure), "kind": words.kind_name(one.procedure, one.kind),
        "unit": short_unit(one.unit) if one.unit else _("信用主管部门"),
        "outcome": words.outcome_name(one.procedure, one.outcome), "n": one.n, "median": _days(one.days_median),
        "longest": one.days_longest, "late": one.late, "overdue": one.overdue,
    }  # fmt: skip


def recall_cells(one: RecallFigure) -> dict[str, object]:
    """A line of the table of confirmations."""
    return {"unit": short_unit(one.unit), "n": one.n, "confirmed": one.confirmed, "unconfirmed": one.unconfirmed,
            "days": _days(one.days_median)}  # fmt: skip


TEXTS = ("procedure", "unit", "kind", "outcome")
KIND_HEADS = ("procedure", "kind", "unit", "outcome", "n", "median", "longest", "late", "overdue")
RECALL_HEADS = ("unit", "n", "confirmed", "unconfirmed", "days")


def _units(rows: Sequence[UnitFigure]) -> Table:
    return Table("by-unit", _columns(UNIT_HEADS, "unit"), [unit_cells(one) for one in rows],
                 caption=_("各单位办理情况"))  # fmt: skip


def _kinds(rows: Sequence[Figure]) -> Table:
    return Table("by-kind", _columns(KIND_HEADS, "kind"), [kind_cells(one) for one in rows], caption=_("各种类和结果"))


def _recalls(rows: Sequence[RecallFigure]) -> Table:
    return Table("by-recipient", _columns(RECALL_HEADS, "unit"), [recall_cells(one) for one in rows],
                 caption=_("各单位确认撤回的情况"))  # fmt: skip


@rights()
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """One of the three tables as a workbook: ``table`` units (by default), kinds or recalls."""
    found, named = figures_of(period_of(request, clock.today())), heads()
    tables: dict[str, tuple[str, Sequence[str], list[dict[str, Any]]]] = {
        "units": (_("各单位办理情况"), UNIT_HEADS, [unit_cells(one) for one in found.units]),
        "kinds": (_("各种类和结果"), KIND_HEADS, [kind_cells(one) for one in found.cases]),
        "recalls": (_("各单位确认撤回的情况"), RECALL_HEADS, [recall_cells(one) for one in found.recalls]),
    }
    title, codes, rows = tables.get(request.GET.get("table", ""), tables["units"])
    name = f"{title}-{found.period.since.isoformat()}-{found.period.until.isoformat()}.xlsx"
    return sheet(name, title, [named[code] for code in codes], [[row[code] for code in codes] for row in rows])
