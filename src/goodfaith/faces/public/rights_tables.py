"""Tables and charts of the figures about rights, each with the sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from goodfaith.faces.parts.charts import Chart, Series
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import status_tag
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import listed
from goodfaith.faces.public.rights_figures import Figures, Sum, added
from goodfaith.faces.public.rights_words import group_names, kind_name, outcome_name, procedure_name
from goodfaith.rights.desk_queries import ENOUGH, NEARLY_ALL, UnitFigure
from goodfaith.rights.procedures import PROCEDURES
from goodfaith.rights.queries import Figure, RecallFigure

BARS = 15


def tiles(found: Figures) -> list[tuple[str, str, str]]:
    """The four numbers on top."""
    total = added(found.cases)
    silent = sum(one.unconfirmed for one in found.recalls)
    longest = _("最久的用了 %(n)s 天") % {"n": total.longest} if total.longest is not None else ""
    return [
        (_("提出的案件"), f"{total.n:,}", _("还在办理 %(n)s 件") % {"n": f"{total.open:,}"}),
        (_("已办结"), f"{total.closed:,}", longest),
        (_("现在逾期"), f"{total.overdue:,}", _("已自动上报，不作不利决定")),
        (_("撤回通知没有回执"), f"{silent:,}", _("过了期限还没有回执的份数")),
    ]


def by_procedure(found: Figures) -> list[tuple[str, Sum]]:
    """Procedures in their order, with what was filed in each; those without a case too."""
    return [(code, added(row for row in found.cases if row.procedure == code)) for code in PROCEDURES]


def outcomes(found: Figures) -> Chart:
    """How cases ended, by procedure."""
    sums = by_procedure(found)
    series = [
        Series(name, [one.by_group.get(group, 0) for _code, one in sums]) for group, name in group_names().items()
    ]
    return Chart(
        "outcomes", _("办得怎样"), _outcomes_say(sums), "bars-across", [procedure_name(code) for code, _one in sums],
        series, stacked=True, x_name=_("事项"),
    )  # fmt: skip


def _outcomes_say(sums: Sequence[tuple[str, Sum]]) -> str:
    asked = [(procedure_name(code), one) for code, one in sums if one.n]
    if not asked:
        return _("这段时间没有人提出。")
    said = [_outcome_says(name, one) for name, one in asked]
    return _("%(said)s。") % {"said": _("；").join(said)}


def _outcome_says(name: str, one: Sum) -> str:
    told = {"name": name, "n": one.n, "closed": one.closed, "for": one.by_group.get("for", 0)}
    if not one.closed:
        return _("%(name)s %(n)s 件，都还在办理") % told
    return _("%(name)s %(n)s 件，办结 %(closed)s 件，其中支持申请人 %(for)s 件") % told


def confirming_says(units: Sequence[UnitFigure]) -> str:
    """Whether a unit confirms nearly everything, in one sentence."""
    striking = [unit_name(one.unit or "") for one in units if one.stands_out]
    rule = {"n": ENOUGH, "share": f"{NEARLY_ALL:.0%}", "units": listed(striking)}
    if striking:
        return _("%(units)s答复的异议，%(share)s以上是“核实无误”（答复满 %(n)s 件才比较）。") % rule
    return _("没有单位答复的异议%(share)s以上都是“核实无误”（答复满 %(n)s 件才比较）。") % rule


def confirming_chart(units: Sequence[UnitFigure]) -> Chart | None:
    """The share found in order by each unit that answered any; None when none did."""
    compared = sorted((one for one in units if one.decided), key=lambda one: (-(one.share or 0), -one.decided))[:BARS]
    if not compared:
        return None
    names = [_("%(unit)s（%(n)s）") % {"unit": _short(one.unit or ""), "n": one.decided} for one in compared]
    return Chart(
        "confirming", _("“核实无误”占已答复异议的多少"), confirming_says(units), "bars-across", names,
        [Series(_("核实无误"), [round(100 * (one.share or 0), 1) for one in compared])], unit="%", min=0, max=100,
        x_name=_("单位（已答复的件数）"),
    )  # fmt: skip


def _short(unit: str) -> str:
    """The unit's name without the city before it: a chart has little room."""
    return unit_name(unit).removeprefix(str(settings.CITY["name_zh"]))


def confirming_table(units: Sequence[UnitFigure]) -> Table:
    """Objections by the unit that reported the record."""
    columns = [
        Column("unit", _("报送单位"), "main"),
        *(Column(code, name, "num") for code, name in _unit_heads().items()),
    ]
    return Table("confirming-table", columns, [_unit_row(one) for one in units], caption=_("异议，按报送单位"))


def _unit_heads() -> dict[str, str]:
    return {
        "n": _("提出"), "open": _("还在办理"), "decided": _("已答复"), "maintained": _("核实无误"), "share": _("占比"),
        "days": _("天数中位数"), "longest": _("最久（天）"), "late": _("超过期限"), "overdue": _("现在逾期"),
    }  # fmt: skip


def _unit_row(one: UnitFigure) -> dict[str, object]:
    share = "—" if one.share is None else f"{one.share:.0%}"
    return {
        "unit": unit_name(one.unit or ""), "n": one.n, "open": one.open, "decided": one.decided,
        "maintained": one.maintained, "share": Cell(status_tag("waiting", share) if one.stands_out else share),
        "days": _days(one.days_median), "longest": one.days_longest, "late": one.late, "overdue": _overdue(one.overdue),
    }  # fmt: skip


def _days(median: float | None) -> float | None:
    """A median with one decimal, none when it is whole."""
    found = None if median is None else round(median, 1)
    return int(found) if found is not None and found.is_integer() else found


def _overdue(n: int) -> object:
    return Cell(status_tag("restraint", str(n))) if n else 0


def recalls_table(recalls: Sequence[RecallFigure]) -> Table:
    """How units answered the notices of what was withdrawn."""
    columns = [
        Column("unit", _("查得过记录的单位"), "main"), Column("n", _("通知"), "num"),
        Column("confirmed", _("已回执"), "num"), Column("unconfirmed", _("过期没有回执"), "num"),
        Column("days", _("回执天数（中位数）"), "num"),
    ]  # fmt: skip
    rows = [
        {
            "unit": unit_name(one.unit), "n": one.n, "confirmed": one.confirmed,
            "unconfirmed": _overdue(one.unconfirmed),
            "days": _days(one.days_median),
        }
        for one in sorted(recalls, key=lambda one: (-one.unconfirmed, -one.n, one.unit))
    ]  # fmt: skip
    return Table("recalls-table", columns, rows, caption=_("撤回通知，按收到的单位"))


def recalls_say(recalls: Sequence[RecallFigure]) -> str:
    """One sentence."""
    total, silent = sum(one.n for one in recalls), sum(one.unconfirmed for one in recalls)
    if not total:
        return _("这段时间没有需要撤回的记录被别的单位查过。")
    named = {"n": total, "units": len(recalls), "confirmed": sum(one.confirmed for one in recalls), "silent": silent}
    return _("发出 %(n)s 份通知，涉及 %(units)s 个单位；已回执 %(confirmed)s 份，过期没有回执 %(silent)s 份。") % named


HEADS = ("procedure", "kind", "unit", "outcome", "n", "days_median", "days_longest", "late", "overdue")


def heads() -> dict[str, str]:
    """Codes and names of the columns of the single rows."""
    return {
        "procedure": _("事项"), "kind": _("种类"), "unit": _("单位"), "outcome": _("结果"), "n": _("件数"),
        "days_median": _("天数中位数"), "days_longest": _("最久（天）"), "late": _("超过期限"),
        "overdue": _("现在逾期"),
    }  # fmt: skip


def cells(row: Figure) -> dict[str, object]:
    """One single row in words and numbers; the days of open cases are not known."""
    return {
        "procedure": procedure_name(row.procedure), "kind": kind_name(row.procedure, row.kind),
        "unit": unit_name(row.unit) if row.unit else None, "outcome": outcome_name(row.procedure, row.outcome),
        "n": row.n, "days_median": _days(row.days_median) if row.outcome is not None else None,
        "days_longest": row.days_longest if row.outcome is not None else None, "late": row.late, "overdue": row.overdue,
    }  # fmt: skip


def single_rows(found: Figures) -> Table:
    """Every row as it was counted."""
    kinds = dict.fromkeys(HEADS[4:], "num") | {"procedure": "main"}
    columns = [Column(code, name, kinds.get(code, "text")) for code, name in heads().items()]
    rows = [{**cells(row), "overdue": _overdue(row.overdue)} for row in found.cases]
    return Table("figures", columns, rows, caption=_("逐项明细"))
