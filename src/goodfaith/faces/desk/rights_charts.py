"""Charts of 权益; each says in words what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from goodfaith.faces.desk import rights_words as words
from goodfaith.faces.desk.work_words import short_unit
from goodfaith.faces.parts.charts import Chart, Series
from goodfaith.rights.desk_queries import UnitFigure
from goodfaith.rights.queries import Figure, RecallFigure

BARS = 15


def ends(rows: Sequence[Figure]) -> Chart | None:
    """How cases ended, by procedure; None when there is none."""
    counted = Counter({(one.procedure, one.outcome): 0 for one in rows})
    for one in rows:
        counted[one.procedure, one.outcome] += one.n
    if not counted:
        return None
    names = {key: f"{words.procedure_name(key[0])} · {words.outcome_name(*key)}" for key in counted}
    ordered = counted.most_common(BARS)
    total = sum(counted.values())
    says = _("共 %(n)s 件；最多的是“%(name)s”，%(most)s 件。") % {
        "n": total, "name": names[ordered[0][0]], "most": ordered[0][1],
    }  # fmt: skip
    return Chart(
        "case-ends", _("案件办得怎样"), says, "bars-across", [names[key] for key, _n in ordered],
        [Series(_("件数"), [n for _key, n in ordered])], x_name=_("结果"), size="tall" if len(ordered) > 8 else "",
    )  # fmt: skip


def days(rows: Sequence[UnitFigure]) -> Chart | None:
    """How long objections took, by unit: the median, longest first; None when none is over."""
    known = [one for one in rows if one.procedure == "objection" and one.days_median is not None]
    if not known:
        return None
    shown = sorted(known, key=lambda one: -(one.days_median or 0))[:BARS]
    slowest = shown[0]
    says = _("最慢的是%(unit)s，中位数 %(n)s 天。自然日，从提交到办结。") % {
        "unit": _unit(slowest), "n": round(slowest.days_median or 0, 1),
    }  # fmt: skip
    return Chart(
        "case-days", _("异议用了多少天"), says, "bars-across", [_unit(one) for one in shown],
        [
            Series(_("中位数"), [one.days_median for one in shown]),
            Series(_("最长"), [one.days_longest for one in shown]),
        ],
        x_name=_("单位"), size="tall" if len(shown) > 8 else "",
    )  # fmt: skip


def _unit(one: UnitFigure) -> str:
    return short_unit(one.unit) if one.unit else _("信用主管部门")


def confirming(rows: Sequence[RecallFigure]) -> Chart | None:
    """How units confirm recalls: the most silent first; None when nobody was told."""
    if not rows:
        return None
    shown = sorted(rows, key=lambda one: (-one.unconfirmed, -one.n))[:BARS]
    silent = sum(one.unconfirmed for one in rows)
    says = _("%(n)s 份通知逾期没有确认。") % {"n": silent} if silent else _("没有逾期未确认的通知。")
    waiting = [one.n - one.confirmed - one.unconfirmed for one in shown]
    return Chart(
        "recall-confirming", _("各单位确认撤回的情况"), says, "bars-across", [short_unit(one.unit) for one in shown],
        [Series(_("已确认"), [one.confirmed for one in shown]), Series(_("等待确认"), waiting),
         Series(_("逾期未确认"), [one.unconfirmed for one in shown])],
        stacked=True, x_name=_("单位"), size="tall" if len(shown) > 8 else "",
    )  # fmt: skip
