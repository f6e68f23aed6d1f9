"""Lines and figures of the desk's first page, as its templates show them."""

from __future__ import annotations

def late(unit: str, count: int, duties: Iterable[Duty]) -> dict[str, Any]:
    first = min(d.due for d in duties if d.unit == unit and d.due)
    return {"unit": short_unit(unit), "count": count, "due": first}


def place(row: Quality) -> dict[str, str]:
    return {
        "unit": short_unit(row.unit), "mark": one_place(row.mark), "validity": percent(row.validity),
        "timeliness": percent(row.timeliness), "missed": str(row.missed),
    }  # fmt: skip


def figures(today: dt.date, unit: str | None) -> dict[str, Any]:
    """This month's figures, the line of twelve months, and why rows were refused."""
    year = quality.last_months(today, YEAR)
    months = quality.by_month(year, unit)
    now = next((row for row in months if row.unit == f"{today:%Y-%m}"), Quality(f"{today:%Y-%m}", ""))
    return {
        "figures": [
            (_("本月入库行数"), f"{now.added + now.revised:,}", _("%(n)s 个批次") % {"n": now.deliveries}),
            (_("合格率"), percent(now.validity), _("不合格 %(n)s 行") % {"n": f"{now.refused:,}"}),
            (_("及时率"), percent(now.timeliness), _("超期 %(n)s 行") % {"n": f"{now.late:,}"}),
            (_("重复报送"), percent(now.repetition), _("%(n)s 行") % {"n": f"{now.repeated:,}"}),
        ],
        "trend": charts.trend(year, months, _("近 12 个月的合格率和及时率")),
        "reasons": [reason(one) for one in dashboard.reasons(quality.last_months(today, QUARTER), unit)],
        "unpublished": not clock.is_published(today),
    }


def reason(reason: Reason) -> dict[str, Any]:
    """A refusal in the words that tell how to avoid it: what is wrong, then what to do (from 请 on)."""
    text = sentence(reason.code, "该栏", limit="…", other="另一栏").removeprefix("“该栏”：").replace("“该栏”", "该栏")
    what, asks, how = text.partition("请")
    return {"what": what.rstrip("，。；"), "how": asks + how, "count": reason.count, "item": item_name(reason.item)}


def duty(duty: Duty, today: dt.date) -> dict[str, Any]:
    kind, word = duty_tag(duty.state(today))
    return {"item": item_name(duty.item), "code": duty.item, "cycle": cycle_name(duty.cycle), "last": duty.last,
            "due": duty.due, "kind": kind, "word": word}  # fmt: skip


def delivery(one: Delivery) -> dict[str, Any]:
    """A delivery as a line; its page is the wizard's business."""
    kind, word = delivery_tag(one.state)
    return {
        "unit": short_unit(one.unit_id), "item": one.item.name_zh, "filename": one.filename, "at": one.created_at,
        "rows": one.rows, "refused": one.refused, "kind": kind, "word": word, "url": _delivery_url(one),
    }  # fmt: skip


def _delivery_url(one: Delivery) -> str:
    """Where the delivery is worked on; nothing when this installation has no such page."""
    try:
        return reverse("desk:delivery", args=[one.pk])
    except NoReverseMatch:
        return ""
