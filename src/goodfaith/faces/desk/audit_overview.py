"""The auditor's first page: how much was looked at, for what, what waits, and whether the ledger is sealed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.faces.desk import audit_words as words
from goodfaith.faces.desk import work_words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.audit_access import auditor, page_of
from goodfaith.faces.parts.charts import Chart, Series
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.ledger import queries as ledger
from goodfaith.oversight import queries as oversight
from goodfaith.oversight.views import Count, Overview

WEEK = 7
SHOWN = 10
KEPT_SECONDS = 60


@auditor
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Figures and what waits; reading it is an entry, and the findings another when they are asked for anew."""
    acting, today = acting_of(request), clock.today()
    found = oversight.overview(acting, today)
    by_rule = _unusual(acting, today)
    return page_of(
        request, "overview", "audit", today=today, found=found, chart=_chart(found.counts),
        table=_table(found.counts), totals=_totals(found.counts), complaints=found.complaints[:SHOWN],
        by_rule=[(code, words.rule_name(code), n) for code, n in by_rule],
        headline=_headline(found, sum(n for _code, n in by_rule), today), **_sealing(),
    )  # fmt: skip


def _unusual(acting: Acting, today: dt.date) -> list[tuple[str, int]]:
    """How many findings of the week wait, by rule. Only these figures are kept, for :data:`KEPT_SECONDS`: with a
    million entries the findings take seconds, and every click on the first tab would ask for them again."""
    kept: list[tuple[str, int]] | None = cache.get(_key(today))
    if kept is None:
        found = oversight.findings(acting, today - dt.timedelta(days=WEEK - 1), today, limit=500)
        kept = Counter(row.rule for row in found.rows if not row.taken_up).most_common()
        cache.set(_key(today), kept, KEPT_SECONDS)
    return kept


def _key(today: dt.date) -> str:
    return f"audit-unusual:{today}"


def forget_unusual() -> None:
    """Count anew the next time: a finding was taken into review."""
    cache.delete(_key(clock.today()))


def _sealing() -> dict[str, Any]:
    """Whether entries are being sealed, and the latest signed head."""
    head = ledger.newest_checkpoint()
    return {"standing": ledger.standing(), "head": head, "head_root": head.root.hex() if head else ""}


def _headline(found: Overview, unusual: int, today: dt.date) -> str:
    late = sum(one.due_on < today for one in found.complaints)
    parts = [
        _("%(n)s 件投诉已经逾期") % {"n": late} if late else "",
        _("%(n)s 件投诉待答复") % {"n": found.open_complaints} if found.open_complaints else "",
        _("%(n)s 条异常线索待查看") % {"n": unusual} if unusual else "",
        _("%(n)s 条抽查待复核") % {"n": found.pending_reviews} if found.pending_reviews else "",
        _("%(n)s 件违规案件办理中") % {"n": found.open_misuse} if found.open_misuse else "",
    ]
    said = _("，").join(part for part in parts if part)
    return said + _("。") if said else _("没有等待您办理的事项。")


def _totals(counts: Sequence[Count]) -> list[tuple[str, str, str]]:
    """Figures: all entries, and those that were refused, today and in both windows."""
    refused = [count for count in counts if count.outcome in ("refused", "mismatch")]
    both = _("近 7 天 %(week)s，近 30 天 %(month)s")

    def line(name: str, some: Sequence[Count]) -> tuple[str, str, str]:
        sums = {part: f"{sum(getattr(count, part) for count in some):,}" for part in ("day", "week", "month")}
        return name, sums["day"], both % sums

    seen = [count for count in counts if count.outcome in ("opened", "answered")]
    return [line(_("今天的查询日志"), counts), line(_("打开或答复"), seen), line(_("被拒绝或不符"), refused)]


def _table(counts: Sequence[Count]) -> Table | None:
    """The counts by purpose and outcome, the most frequent first."""
    if not counts:
        return None
    columns = [
        Column("purpose", _("目的"), "main"), Column("outcome", _("结果")), Column("day", _("今天"), "num"),
        Column("week", _("近 7 天"), "num"), Column("month", _("近 30 天"), "num"),
    ]  # fmt: skip
    return Table("counts", columns, [_row(count) for count in sorted(counts, key=lambda count: -count.month)])


def _row(count: Count) -> dict[str, object]:
    url = f"{reverse('desk:audit_ledger')}?{urlencode({'purpose': count.purpose, 'outcome': count.outcome})}"
    return {
        "purpose": Cell(work_words.purpose_name(count.purpose), url), "outcome": words.outcome(count.outcome),
        "day": f"{count.day:,}", "week": f"{count.week:,}", "month": f"{count.month:,}",
    }  # fmt: skip


def _groups() -> list[tuple[str, str]]:
    """Outcomes as the chart joins them."""
    return [
        ("seen", _("打开或答复")), ("refused", _("被拒绝或不符")), ("unknown", _("查无主体")), ("done", _("已办理")),
    ]  # fmt: skip


def _group(outcome: str) -> str:
    return {"opened": "seen", "answered": "seen", "mismatch": "refused"}.get(outcome, outcome)


def _chart(counts: Sequence[Count]) -> Chart | None:
    """Entries of the last 30 days by purpose, stacked by outcome."""
    total = Counter[str]()
    for count in counts:
        total[count.purpose] += count.month
    if not total:
        return None
    purposes = [purpose for purpose, _n in total.most_common(SHOWN)]
    month: Counter[tuple[str, str]] = Counter()
    for count in counts:
        month[count.purpose, _group(count.outcome)] += count.month
    series = [
        Series(name, [month[purpose, group] for purpose in purposes])
        for group, name in _groups()
        if any(month[purpose, group] for purpose in purposes)
    ]
    says = _("近 30 天最多的是“%(name)s”，%(n)s 次。") % {
        "name": work_words.purpose_name(purposes[0]), "n": f"{total[purposes[0]]:,}",
    }  # fmt: skip
    names = [work_words.purpose_name(purpose) for purpose in purposes]
    return Chart("purposes", _("近 30 天的查询"), says, "bars-across", names, series, stacked=True, x_name=_("目的"))
