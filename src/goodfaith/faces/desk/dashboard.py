"""The desk's first page: what a clerk, the credit office or an auditor should see and do today."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.faces.desk import dashboard_lines as lines
from goodfaith.faces.desk import duties_home, rights_home
from goodfaith.faces.desk import quality_charts as charts
from goodfaith.faces.desk.access import WORKING, officer, user_of
from goodfaith.faces.desk.dashboard_lines import QUARTER
from goodfaith.faces.desk.work_words import purpose_name, short_unit
from goodfaith.faces.parts.charts import Chart, Series
from goodfaith.gate import queries as gate
from goodfaith.intake import dashboard, quality
from goodfaith.intake.dashboard import Duty
from goodfaith.subjects import queries as subjects

SHOWN = 8
LEAGUE = 5
NEWEST = 6
LEDGER = 500


ELSEWHERE = {"system_admin": "desk:accounts", "security_admin": "desk:accounts", "": "account"}
"""Role → where its work is, when that is not the dashboard; an account without rights has its own page only."""


@officer(*WORKING, *ELSEWHERE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The dashboard of the officer's role."""
    user = user_of(request)
    if user.role in ELSEWHERE:
        return redirect(ELSEWHERE[user.role])
    today = clock.today()
    made = {"clerk": _clerk, "credit_office": _office, "auditor": _auditor}[user.role]
    context = {"work": "home", "role": user.role, "today": today}
    return render(request, "desk/home.html", context | made(user, today))


def _clerk(user: Any, today: dt.date) -> dict[str, Any]:
    """The own unit: what is due, what waits, how good it was."""
    unit = user.unit_id
    duties = dashboard.duties(today, unit)
    counts, waiting = dashboard.waiting(unit)
    cases = rights_home.shown(user) | duties_home.shown(user, today)
    return {
        **cases,
        "unit": short_unit(unit),
        "duties": [lines.duty(duty, today) for duty in duties[:SHOWN]],
        "more_duties": [lines.duty(duty, today) for duty in duties[SHOWN:]],
        "headline": _clerk_headline(duties, counts, today, cases),
        "deliveries": [lines.delivery(one) for one in waiting],
        **lines.figures(today, unit),
    }


def _clerk_headline(
    duties: Sequence[Duty], counts: dict[str, int], today: dt.date, cases: dict[str, Any]
) -> str:
    """One sentence: what to do first."""
    late = sum(duty.state(today) == "late" for duty in duties)
    soon = sum(duty.state(today) == "soon" for duty in duties)
    waiting = sum(counts.get(state, 0) for state in dashboard.WAITING)
    parts = [
        *rights_home.headline(cases),
        *duties_home.headline(cases),
        _("%(n)s 项报送已经逾期") % {"n": late} if late else "",
        _("%(n)s 项在 3 个工作日内到期") % {"n": soon} if soon else "",
        _("%(n)s 个批次等您处理") % {"n": waiting} if waiting else "",
    ]
    return _sentence(parts) or _("没有逾期和待办，报送正常。")


def _sentence(parts: Sequence[str]) -> str:
    """The parts that say something, as one sentence; empty when none does."""
    said = capfirst(_("，").join(part for part in parts if part))
    return said + _("。") if said else ""


def _office(user: Any, today: dt.date) -> dict[str, Any]:
    """All units: who is silent or late, how good the data is, what waits for the office."""
    duties = dashboard.duties(today)
    silent = dashboard.silent_units(duties)
    league = quality.by_unit(quality.by_unit_and_item(quality.last_months(today, QUARTER)))
    late = Counter(duty.unit for duty in duties if duty.state(today) == "late" and duty.unit not in silent)
    duplicates = subjects.open_suspicions().total
    marked = [row for row in league if row.mark is not None]
    cases = rights_home.shown(user) | duties_home.shown(user, today)
    return {
        **cases,
        "silent": [(short_unit(unit), sum(d.unit == unit for d in duties)) for unit in silent],
        "late": [lines.late(unit, n, duties) for unit, n in late.most_common(SHOWN)],
        "late_units": len(late),
        "best": [lines.place(row) for row in marked[:LEAGUE]],
        "worst": [lines.place(row) for row in marked[LEAGUE:][-LEAGUE:][::-1]],
        "marks": charts.marks(league),
        "duplicates": duplicates,
        "deliveries": [lines.delivery(one) for one in dashboard.newest(NEWEST)],
        "headline": _office_headline(len(silent), len(late), duplicates, cases),
        **lines.figures(today, None),
    }


def _office_headline(silent: int, late: int, duplicates: int, cases: dict[str, Any]) -> str:
    parts = [
        *rights_home.headline(cases),
        *duties_home.headline(cases),
        _("%(n)s 个单位有报送逾期") % {"n": late} if late else "",
        _("%(n)s 个单位从未报送") % {"n": silent} if silent else "",
        _("%(n)s 对疑似重复主体等待判定") % {"n": duplicates} if duplicates else "",
    ]
    return _sentence(parts) or _("各单位报送正常，没有等待判定的疑似重复。")


def _auditor(user: Any, _today: dt.date) -> dict[str, Any]:
    """The newest looks in figures; reading them is a look too."""
    rows = gate.read_ledger(user.acting, limit=LEDGER)
    outcomes = Counter(row["outcome"] for row in rows)
    purposes = Counter(purpose_name(row["purpose"]) for row in rows).most_common(8)
    since = rows[-1]["at"] if rows else None
    return {
        **rights_home.shown(user),
        "read": len(rows),
        "since": since,
        "figures": [
            (_("打开档案"), f"{outcomes['opened']:,}", _("最近 %(n)s 次查询中") % {"n": len(rows)}),
            (_("被拒绝"), f"{outcomes['refused']:,}", _("越权或者缺少事由")),
            (_("查无主体"), f"{outcomes['unknown']:,}", _("号码没有档案")),
            (_("涉及自然人"), f"{sum(row['subject_kind'] == 'person' for row in rows):,}", ""),
        ],
        "refused": [row | {"unit_name": short_unit(row["unit"]) if row["unit"] else "—",
                           "why": gate.REFUSALS.get(row["refusal"] or "", row["refusal"]),
                           "purpose_name": purpose_name(row["purpose"])}
                    for row in rows if row["outcome"] == "refused"][:SHOWN],
        "purposes": _purposes_chart(purposes),
        "headline": _("最近 %(n)s 次查询中，%(refused)s 次被拒绝。") % {"n": len(rows), "refused": outcomes["refused"]},
    }  # fmt: skip


def _purposes_chart(purposes: list[tuple[str, int]]) -> Chart | None:
    if not purposes:
        return None
    name, count = purposes[0]
    says = _("最多的是“%(name)s”，%(n)s 次。") % {"name": name, "n": count}
    series = [Series(_("次数"), [n for _name, n in purposes])]
    names = [name for name, _n in purposes]
    return Chart("purposes", _("查询目的"), says, "bars-across", names, series, size="low", x_name=_("目的"))
