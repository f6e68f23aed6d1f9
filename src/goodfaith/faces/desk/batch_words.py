"""A bulk check in words: its facts, its figures, its rows on the page and in the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.faces.desk.check_words import day_of, matter_name, measure_card, measure_cards, outcome_tag
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.words import day, listed, moment, named, number_kind
from goodfaith.inquiry.models import Batch
from goodfaith.inquiry.queries import RowView
from goodfaith.inquiry.workbook import Line
from goodfaith.law.schema import LegalBasis

OUTCOMES = ("measures", "none", "mismatch", "refused", "invalid", "repeated")


def facts(batch: Batch) -> list[tuple[str, Any]]:
    """Who answers for it, why, for what."""
    return [
        (_("办理事项"), matter_name(batch.matter)),
        (_("办件编号或事由"), batch.case_no),
        (_("批准的负责人"), batch.official_name),
        (_("理由"), batch.reason),
        (_("提交人"), batch.officer_name),
        (_("提交时间"), moment(batch.made_at)),
        (_("名称取自"), batch.columns.get("name")),
        (_("号码取自"), batch.columns.get("number")),
    ]


def figures(batch: Batch) -> list[tuple[str, str, str]]:
    """Counts before and after."""
    found = [
        (_("名单行数"), f"{batch.rows:,}", ""),
        (_("可以核查"), f"{batch.askable:,}", _("其中自然人%(n)s") % {"n": batch.people} if batch.people else ""),
        (_("代码或名称有误"), f"{batch.invalid:,}", ""),
        (_("重复的行"), f"{batch.repeated:,}", _("只核查一次") if batch.repeated else ""),
    ]
    if batch.state in ("done", "failed"):
        found.insert(2, (_("有措施"), f"{batch.counts.get('measures', 0):,}", ""))
        found.insert(3, (_("名称与代码不一致"), f"{batch.counts.get('mismatch', 0):,}", ""))
    return found


def filters(batch: Batch, shown: str) -> list[tuple[str, str, bool]]:
    """The outcomes that occur, as tabs."""
    address = reverse("desk:batch", args=[batch.pk])
    found = [(_("全部"), address, not shown)]
    for outcome in OUTCOMES:
        if count := batch.counts.get(outcome, 0):
            found.append((f"{outcome_tag(outcome)[1]} {count}", f"{address}?outcome={outcome}", shown == outcome))
    return found


def row(one: RowView) -> dict[str, Any]:
    """One row of the page."""
    return {
        "row": one.row, "name": one.name, "number": one.number, "kind": number_kind(one.kind) if one.kind else "",
        "tag": outcome_tag(one.outcome), "says": says(one), "entry": one.entry,
        "measures": measure_cards(one.measures),
    }  # fmt: skip


def says(one: RowView) -> str:
    """What is said about a row beside its outcome."""
    if one.outcome == "repeated":
        return _("与第%(row)s行相同，见该行的结果。") % {"row": one.same_as}
    if one.outcome == "mismatch":
        return _("请对照证照核对名称与代码。")
    return one.fault


def _statute(basis: LegalBasis) -> str:
    instrument = lawbook.book().instruments.get(basis.instrument)
    return f"{named(instrument.name) if instrument else basis.instrument} {basis.article}"


def lines(one: RowView) -> Iterator[Line]:
    """The lines of a row in the workbook: one for each measure, or one that says what came of it."""
    head = (str(one.row), one.name, one.number, outcome_tag(one.outcome)[1])
    entry = str(one.entry or "")
    for measure in one.measures:
        card = measure_card(measure)
        said = card.decisions[0].facts
        yield Line((
            *head, card.name, _("限制") if card.kind == "restraint" else _("激励"),
            listed(_statute(basis) for basis in card.bases), str(measure["document_no"] or ""), said[2][1],
            day_of(measure["decided_on"]), said[4][1], _("有异议") if card.disputed else "", card.effect, entry,
        ))  # fmt: skip
    if not one.measures:
        yield Line((*head, *[""] * 8, says(one), entry))


def about(batch: Batch) -> list[tuple[str, str]]:
    """The second page of the workbook."""
    said = [(str(label), str(value or "")) for label, value in facts(batch)]
    note = _("本结果只说明哪些措施可能适用，不是处理决定；由办理人员依法决定，不得仅凭本结果自动作出不利决定。")
    kept = _("结果在平台上保留到%(day)s；请只保存办理本事项所必需的内容。") % {"day": day(batch.ends_on)}
    return [*said, (_("由人决定"), note), (_("保留期限"), kept)]
