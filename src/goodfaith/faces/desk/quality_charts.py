"""Charts of data quality: marks by unit, the line of months, the heat map. Each says in words what it shows."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from goodfaith.faces.desk.work_words import short_unit
from goodfaith.faces.parts.charts import Chart, HeatChart, Series
from goodfaith.intake.quality import Quality, Window

BARS = 20
LOWEST = 70


def months_of(window: Window) -> list[str]:
    """"2026-03" and so on, every month of the window."""
    start = window.first.year * 12 + window.first.month - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(start, start + window.months)]


def month_name(code: str) -> str:
    """2026年3月."""
    year, month = code.split("-")
    return _("%(year)s年%(month)s月") % {"year": year, "month": int(month)}


def _share(value: float | None) -> float | None:
    return None if value is None else round(value * 100, 1)


def _mark(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def median(rows: Sequence[Quality]) -> float | None:
    """The middle mark of the units that have one."""
    marks = [row.mark for row in rows if row.mark is not None]
    return statistics.median(marks) if marks else None


def trend(window: Window, rows: Sequence[Quality], title: str) -> Chart:
    """Validity and timeliness by month."""
    by_code = {row.unit: row for row in rows}
    codes = months_of(window)
    found = [by_code.get(code) for code in codes]
    validity = [_share(row.validity) if row else None for row in found]
    timeliness = [_share(row.timeliness) if row else None for row in found]
    low = min((v for v in [*validity, *timeliness] if v is not None), default=LOWEST)
    return Chart(
        "trend", title, _trend_says(codes, validity, timeliness), "line", codes,
        [Series(_("合格率"), validity), Series(_("及时率"), timeliness)], unit="%",
        min=float(max(0, min(LOWEST, int(low // 10 * 10)))), max=100, x_name=_("月份"),
    )  # fmt: skip


def _trend_says(codes: Sequence[str], validity: Sequence[float | None], timeliness: Sequence[float | None]) -> str:
    known = [(c, v, t) for c, v, t in zip(codes, validity, timeliness, strict=True) if v is not None and t is not None]
    if not known:
        return _("这段时间没有入库的数据。")
    code, good, timely = known[-1]
    now = _("%(month)s合格率 %(good)s%%，及时率 %(timely)s%%") % {
        "month": month_name(code), "good": good, "timely": timely,
    }  # fmt: skip
    if len(known) == 1:
        return now + _("。")
    change = round(good + timely - known[0][1] - known[0][2], 1)
    then = month_name(known[0][0])
    if abs(change) < 1:
        return now + _("，与%(month)s大致持平。") % {"month": then}
    return now + (_("，比%(month)s有提高。") if change > 0 else _("，比%(month)s有下降。")) % {"month": then}


def marks(rows: Sequence[Quality]) -> Chart | None:
    """The mark of each unit as bars, lowest twenty when there are more; None when no unit has a mark."""
    known = [row for row in rows if row.mark is not None]
    if not known:
        return None
    shown = known if len(known) <= BARS else known[-BARS:]
    best, worst = known[0], known[-1]
    says = _("最高 %(best)s（%(high)s 分），最低 %(worst)s（%(low)s 分）；数量多少不影响得分。") % {
        "best": short_unit(best.unit), "high": _mark(best.mark), "worst": short_unit(worst.unit),
        "low": _mark(worst.mark),
    }  # fmt: skip
    title = _("各单位数据质量得分") if shown is known else _("数据质量得分最低的 %(n)s 个单位") % {"n": BARS}
    return Chart(
        "marks", title, says, "bars-across", [short_unit(row.unit) for row in shown],
        [Series(_("得分"), [_mark(row.mark) for row in shown])], min=0, max=100,
        size="tall" if len(shown) > 8 else "", x_name=_("单位"),
    )  # fmt: skip


def heat(window: Window, cells: Mapping[tuple[str, str], Quality], order: Sequence[str]) -> HeatChart | None:
    """Marks by unit and month, units in ``order``; None when there is nothing to show."""
    codes = months_of(window)
    units = [unit for unit in order if any((unit, code) in cells for code in codes)][-BARS:]
    if not units or len(codes) < 2:
        return None
    found = [[cells.get((unit, code)) for code in codes] for unit in units]
    rows = [[round(q.mark) if q is not None and q.mark is not None else None for q in line] for line in found]
    gaps = sum(value is None for line in rows for value in line)
    says = _("颜色越深得分越高；空白表示当月没有入库的数据，共 %(n)s 处。") % {"n": gaps}
    return HeatChart("heat", _("各单位逐月得分"), says, codes, [short_unit(u) for u in units], rows, min=50,
                     x_name=_("单位"))  # fmt: skip
