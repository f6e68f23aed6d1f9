"""Published assessment rounds: units with each of their numbers and what it was made of. Never a person."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict

import orjson
import xlsxwriter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.duties import queries
from goodfaith.duties.views import EntryView, RoundView
from goodfaith.faces.parts.round_words import Line, kind_name, source_name
from goodfaith.faces.public.duties_files import XLSX
from goodfaith.law.basics import LegalBasis


def round_of(round_id: int) -> RoundView:
    """A published round; 404 otherwise."""
    found = next((one for one in queries.published_rounds() if one.id == round_id), None)
    if found is None:
        raise Http404
    return found


def total_words(entry: EntryView) -> str:
    """A unit's total."""
    return "—" if entry.total is None else f"{entry.total:.2f}"


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All that were published."""
    found = [(one, kind_name(one.kind)) for one in queries.published_rounds()]
    return render(
        request, "public/duties/rounds.html", {"section": "duties", "rounds": found, "crumbs": _crumbs(_("考核结果"))}
    )


def _crumbs(*here: str) -> list[tuple[str, str]]:
    above = [(_("公文任务落实"), reverse("public:duties"))]
    if len(here) > 1:
        above.append((here[0], reverse("public:assessments")))
    return [*above, (here[-1], "")]


@require_safe
def assessment(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: each unit opens into its numbers."""
    found = round_of(round_id)
    context = {
        "section": "duties", "round": found, "kind": kind_name(found.kind),
        "crumbs": _crumbs(_("考核结果"), found.title),
        "entries": [(one, total_words(one), [Line(score) for score in one.scores]) for one in found.entries],
        "basis": LegalBasis.model_validate(found.basis),
        "indicators": [(one, source_name(one["source"])) for one in found.indicators],
    }  # fmt: skip
    return render(request, "public/duties/round.html", context)


@require_safe
def export(request: HttpRequest, round_id: int, form: str) -> HttpResponse:
    """A round to take along."""
    found = round_of(round_id)
    if form == "json":
        response = HttpResponse(_json(found), content_type="application/json")
    elif form == "xlsx":
        response = HttpResponse(_sheet(found), content_type=XLSX)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="assessment-{round_id}.{form}"'
    return response


UNSHOWN = frozenset({"self_text", "reviewed_by_name", "objections", "id"})


def _json(found: RoundView) -> bytes:
    """Without officers' names, and without what a unit wrote for the reviewers only."""
    entries = [
        {
            "unit": one.unit, "unit_name": one.unit_name, "total": one.total,
            "scores": [
                {name: value for name, value in asdict(score).items() if name not in UNSHOWN}
                | {"objected": bool(score.objections)}
                for score in one.scores
            ],
        }
        for one in found.entries
    ]  # fmt: skip
    head = {
        name: getattr(found, name)
        for name in ("id", "kind", "code", "title", "since", "until", "published_at", "basis")
    }
    return orjson.dumps({**head, "indicators": list(found.indicators), "entries": entries}, option=orjson.OPT_INDENT_2)


def _sheet(found: RoundView) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page, bold = book.add_worksheet(_("得分")), book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    heads = [_("单位"), _("指标"), _("权重"), _("得分"), _("来源"), _("依据")]
    for column, head in enumerate(heads):
        page.write_string(0, column, head, bold)
        page.set_column(column, column, (28, 28, 8, 8, 18, 60)[column])
    for row, cells in enumerate(_rows(found.entries), 1):
        for column, value in enumerate(cells):
            if isinstance(value, float):
                page.write_number(row, column, value)
            else:
                page.write_string(row, column, value)
    page.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


def _rows(entries: Sequence[EntryView]) -> list[list[str | float]]:
    found: list[list[str | float]] = []
    for entry in entries:
        for score in entry.scores:
            points: str | float = score.points if score.applies and score.points is not None else _("不计入")
            found.append([
                entry.unit_name, score.name, float(score.weight), points, source_name(score.source),
                "\n".join(Line(score).basis),
            ])  # fmt: skip
        found.append(
            [entry.unit_name, _("总分（折算为百分）"), "", entry.total if entry.total is not None else "", "", ""]
        )
    return found
