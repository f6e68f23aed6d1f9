"""How the rights are kept in this city: the figures for everybody, and by when one gets an answer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.faces.public import rights_figures, rights_files, rights_limits, rights_periods
from goodfaith.faces.public import rights_tables as tables


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Figures of a period with charts and tables, the limits of time, how to contest and what it costs."""
    today = clock.today()
    period = rights_periods.chosen(request.GET.get("period", ""), today)
    found = rights_figures.of(period)
    units = rights_figures.confirming(found)
    files = [(form, _file(form, period.code)) for form in rights_files.FORMS]
    context = {
        "period": period, "periods": rights_periods.periods(today), "counted_at": found.at, "files": files,
        "figures": tables.tiles(found), "outcomes": tables.outcomes(found), "single": tables.single_rows(found),
        "confirming": tables.confirming_table(units), "confirming_chart": tables.confirming_chart(units),
        "confirming_says": tables.confirming_says(units), "recalls": tables.recalls_table(found.recalls),
        "recalls_say": tables.recalls_say(found.recalls), "limits": rights_limits.parts(today),
    }  # fmt: skip
    return render(request, "public/rights.html", context)


def _file(form: str, period: str) -> str:
    return f"{reverse('public:rights_file', args=[form])}?period={period}"


@require_safe
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The same figures as a file."""
    if form not in rights_files.FORMS:
        raise Http404
    period = rights_periods.chosen(request.GET.get("period", ""), clock.today())
    return rights_files.attached(rights_figures.of(period), period, form)
