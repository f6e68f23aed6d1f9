"""Half-yearly and yearly reports: choose a period, read it on the page, take it along as PDF or Word."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.duties.queries.show_report import months_after, whole_report
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import OVERSEEING, duties
from goodfaith.faces.desk.duty_pages import page
from goodfaith.faces.desk.duty_reports_blocks import Bars, Grid, Heading, Paper, Said, Text, paper
from goodfaith.faces.desk.duty_reports_docx import as_docx
from goodfaith.faces.desk.duty_reports_pdf import as_pdf
from goodfaith.faces.parts.charts import Chart, Series
from goodfaith.faces.parts.units import unit_name

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": (as_pdf, "application/pdf"), "docx": (as_docx, DOCX)}
HALVES = 6
"""How many half years back may be chosen."""


@dataclass(frozen=True)
class Period:
    """A half year (2026h1) or a year (2026)."""

    code: str
    since: dt.date
    until: dt.date
    """The first day after it."""

    @property
    def name(self) -> str:
        """In words."""
        half = {"1": _("上半年"), "2": _("下半年")}.get(self.code[-1] if "h" in self.code else "", _("全年"))
        return _("%(year)s年%(half)s") % {"year": self.since.year, "half": half}


def period_of(code: str) -> Period | None:
    """The period of that code."""
    year, _sep, half = code.partition("h")
    if not (
        year.isascii() and year.isdigit() and len(year) == 4 and 2000 <= int(year) < 2100 and half in ("", "1", "2")
    ):
        return None
    if not half and "h" in code:
        return None
    since = dt.date(int(year), 7 if half == "2" else 1, 1)
    return Period(code, since, months_after(since, 6 if half else 12))


def periods(today: dt.date) -> list[Period]:
    """The half years up to the running one with their years, newest first."""
    found: list[Period] = []
    first = dt.date(today.year, 7 if today.month > 6 else 1, 1)
    for n in range(HALVES):
        since = months_after(first, -6 * n)
        codes = [f"{since.year}h{2 if since.month > 6 else 1}"] + (
            [str(since.year)] if since.month > 6 or n == 0 else []
        )
        found += [one for one in map(period_of, codes) if one is not None and one not in found]
    return found


def report_of(request: HttpRequest, period: Period) -> Paper:
    """The report of a period as blocks."""
    office = unit_name(user_of(request).unit_id or "")
    title = _("%(period)s社会信用体系建设任务落实情况报告") % {"period": period.name}
    return paper(whole_report(acting_of(request), period.since, period.until), title, office)


@duties(*OVERSEEING)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The report of the chosen period, newest unless one is named."""
    listed = periods(clock.today())
    chosen = period_of(request.GET.get("period", "")) or listed[0]
    found = report_of(request, chosen)
    blocks = [(_kind(one), _shown(one, n)) for n, one in enumerate(found.blocks)]
    return page(
        request, "duty_reports/report", "duty_reports", paper=found, blocks=blocks, period=chosen,
        periods=[(one.name, one.code, one == chosen) for one in listed],
    )  # fmt: skip


def _kind(one: object) -> str:
    return {Heading: "heading", Text: "text", Grid: "grid", Said: "said", Bars: "chart"}[type(one)]


def _shown(one: object, n: int) -> object:
    """Charts as the pages draw them, tables with the kind of each column; the rest as it is."""
    if isinstance(one, Bars):
        series = [Series(name, [values[k] for _label, values in one.lines]) for k, name in enumerate(one.series)]
        names = [label for label, _values in one.lines]
        return Chart(f"chart-{n}", one.title, one.says, "bars-across", names, series, stacked=True)
    if isinstance(one, Grid):
        kinds = ["num" if k in one.numbers else "" for k in range(len(one.heads))]
        return {"heads": list(zip(one.heads, kinds, strict=True)),
                "rows": [list(zip(row, one.heads, kinds, strict=True)) for row in one.rows]}  # fmt: skip
    return one


@duties(*OVERSEEING)
@require_safe
def file(request: HttpRequest, period: str, form: str) -> HttpResponse:
    """The report as PDF or Word."""
    chosen = period_of(period)
    if chosen is None or form not in FORMS:
        raise Http404
    found = report_of(request, chosen)
    make, media = FORMS[form]
    response = HttpResponse(make(found, clock.now()), content_type=media)
    name = quote(f"{found.title}.{form}", safe="")
    response["Content-Disposition"] = f"{'inline' if form == 'pdf' else 'attachment'}; filename*=utf-8''{name}"
    return response
