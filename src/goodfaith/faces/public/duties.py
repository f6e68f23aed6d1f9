"""Adopted documents for everybody: each open clause with who, by when, how far, what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import queries
from goodfaith.duties.queries import show_public
from goodfaith.duties.queries.show_law import REQUESTS
from goodfaith.duties.queries.show_public import STATES, Beside
from goodfaith.duties.views import PublicDocument, PublicDuty
from goodfaith.faces.public import duties_evidence, duties_files
from goodfaith.faces.public import duties_words as words

FORMS = {"json": duties_files.as_json, "xlsx": duties_files.as_xlsx}


@dataclass(frozen=True)
class Piece:
    """One stretch of the bar: per cent from the left."""

    state: str
    x: float
    width: float


def bar(counts: Mapping[str, int]) -> list[Piece]:
    """The stretches of a bar of 100, in the order of ``STATES``."""
    total, x, found = sum(counts.values()), 0.0, []
    for state in STATES:
        if counts.get(state):
            width = 100 * counts[state] / total
            found.append(Piece(state, round(x, 3), round(width, 3)))
            x += width
    return found


@dataclass(frozen=True)
class Card:
    """A document in the list."""

    document: PublicDocument
    shared: int
    says: str
    pieces: list[Piece]


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """All documents with open clauses, newest first."""
    found, counts = queries.public_documents(), show_public.standings()
    shared = show_public.shared_counts([one.id for one in found])
    cards = [
        Card(one, shared.get(one.id, 0), words.progress_says(dict(counts[one.id])), bar(counts[one.id]))
        for one in found
    ]
    return render(request, "public/duties/list.html", {"section": "duties", "cards": cards})


@dataclass(frozen=True)
class Line:
    """A clause as the page shows it."""

    duty: PublicDuty
    beside: Beside
    state: str

    @property
    def tag(self) -> tuple[str, str]:
        """Kind and word of the state."""
        return words.state_tag(self.state)

    @property
    def name(self) -> str:
        """Number and title."""
        return words.clause_name(self.duty)

    @property
    def due(self) -> str:
        """By when, in words."""
        return words.due_words(self.duty.due)

    @property
    def holders(self) -> list[tuple[str, str, str]]:
        """(what it is, unit, where it stands) of those who are responsible."""
        found = words.responsible(self.duty.assignments)
        return [
            (words.part_name(one.part), words.unit_words(one.unit_name, one.written), words.step_words(one))
            for one in found
        ]

    @property
    def taking_part(self) -> list[str]:
        """The others."""
        return [words.unit_words(one.unit_name, one.written) for one in self.beside.participants]

    @property
    def done(self) -> list[Any]:
        """Assignments with accepted progress, the latest first."""
        found = [one for one in self.duty.assignments if one.done]
        return sorted(found, key=lambda one: str(one.done_on), reverse=True)

    @property
    def several(self) -> bool:
        """Whether progress has to say whose it is."""
        return len({one.unit_name for one in self.duty.assignments}) > 1

    @property
    def evidence(self) -> list[dict[str, str]]:
        """Files, links and figures that stood with it and are open."""
        return [duties_evidence.line(one) for one in self.beside.evidence.shown]

    @property
    def not_open(self) -> str:
        """How much more there is."""
        return duties_evidence.rest(self.beside.evidence)

    @property
    def above(self) -> list[tuple[str, Any]]:
        """Clauses that it carries on, in words."""
        return [(words.above_words(one), one) for one in self.beside.above]

    @property
    def below(self) -> list[tuple[str, Any]]:
        """Clauses that carry it on."""
        return [(words.above_words(one), one) for one in self.beside.below]

    def units(self) -> set[str]:
        """Names of all units that have a part."""
        return {one.unit_name for one in self.duty.assignments} | {one.unit_name for one in self.beside.participants}


class FilterForm(forms.Form):
    """What the clauses are narrowed to."""

    unit = forms.ChoiceField(label=gettext_lazy("单位"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)

    def __init__(self, data: Any, lines: Sequence[Line]) -> None:
        super().__init__(data)
        units = sorted({name for line in lines for name in line.units()})
        states = [state for state in STATES if any(line.state == state for line in lines)]
        self.fields["unit"].choices = [("", _("全部单位")), *((name, name) for name in units)]  # type: ignore[attr-defined]
        named = ((state, words.state_tag(state)[1]) for state in states)
        self.fields["state"].choices = [("", _("全部状态")), *named]  # type: ignore[attr-defined]

    def narrowed(self, lines: Sequence[Line]) -> list[Line]:
        """The lines that fit; what is no choice narrows nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        unit, state = said.get("unit", ""), said.get("state", "")
        return [one for one in lines if (not unit or unit in one.units()) and (not state or one.state == state)]


def lines_of(document_id: int) -> tuple[PublicDocument, list[Line]]:
    """A document with its open clauses; 404 when there is none."""
    try:
        document, duties = queries.public_document(document_id)
    except Problem as problem:
        raise Http404(problem.what) from problem
    beside = show_public.beside([one.id for one in duties])
    return document, [Line(one, beside[one.id], show_public.state_of(one.assignments)) for one in duties]


def chapters(title: str, lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The lines under the headings of the document; a plan that is called as the document needs none of its own."""
    found: list[tuple[str, list[Line]]] = []
    for one in lines:
        heading = " ".join(filter(None, (_plan(one.duty.plan, title), one.duty.chapter, one.duty.section)))
        if not found or found[-1][0] != heading:
            found.append((heading, []))
        found[-1][1].append(one)
    return found


def _plan(plan: str, title: str) -> str:
    return "" if plan in title else plan


def related(lines: Sequence[Line], which: str) -> list[tuple[str, str, int | None, int]]:
    """Documents above or below: (title, number, id where it can be opened, how many clauses), the farthest first."""
    counted: Counter[tuple[int, str, str]] = Counter()
    opened: dict[str, int] = {}
    for line in lines:
        for one in getattr(line.beside, which):
            counted[one.level, one.title, one.doc_no] += 1
            if one.document_id is not None:
                opened[one.title] = one.document_id
    ordered = sorted(counted.items(), key=lambda one: -one[0][0] if which == "above" else one[0][0])
    return [(title, doc_no, opened.get(title), n) for (_level, title, doc_no), n in ordered]


@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """One document."""
    found, lines = lines_of(document_id)
    form = FilterForm(request.GET, lines)
    shown, counts = form.narrowed(lines), Counter(line.state for line in lines)
    context = {
        "section": "duties",
        "crumbs": [(_("公文任务落实"), reverse("public:duties")), (found.doc_no or found.title, "")],
        "document": found, "form": form, "groups": chapters(found.title, shown), "shown": len(shown),
        "all": len(lines), "narrowed": len(shown) < len(lines), "says": words.progress_says(dict(counts)),
        "pieces": bar(counts),
        "legend": [(*words.state_tag(state), counts[state]) for state in STATES if counts[state]],
        "shared": show_public.shared_counts([document_id]).get(document_id, 0), "requests": REQUESTS,
        "files_on_request": any(line.beside.evidence.on_request for line in lines),
        "above": related(lines, "above"), "below": related(lines, "below"), "today": clock.today(),
    }  # fmt: skip
    return render(request, "public/duties/document.html", context)


@require_safe
def export(request: HttpRequest, document_id: int, form: str) -> HttpResponse:
    """The open clauses to take along: JSON or a workbook."""
    if form not in FORMS:
        raise Http404
    found, lines = lines_of(document_id)
    body, kind = FORMS[form](found, lines, request.build_absolute_uri("/").rstrip("/"))
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="duties-{document_id}-{clock.today()}.{form}"'
    return response
