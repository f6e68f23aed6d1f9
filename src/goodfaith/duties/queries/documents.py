"""Documents, their review, and how they carry each other on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from goodfaith.common.acting import Acting
from goodfaith.common.clock import today as now_today
from goodfaith.duties import linking, matching, views, who
from goodfaith.duties.actions.acts import unknown
from goodfaith.duties.models import Clause, ClauseLink, Document, Proposal, Revision, UnitName
from goodfaith.duties.queries import rows
from goodfaith.duties.shapes import Due, named
from goodfaith.duties.successions import followed
from goodfaith.law import queries as law
from goodfaith.parties.models import Unit

ALIVE = ("pending", "accepted", "dropped")


def documents(acting: Acting, *, step: str = "", words: str = "") -> list[views.DocumentRow]:
    """All documents, newest first; ``words`` lie in title, number or issuer."""
    who.reader(acting)
    found = Document.objects.filter(step=step) if step else Document.objects.all()
    if words:
        found = found.filter(Q(title__icontains=words) | Q(doc_no__icontains=words) | Q(issuer__icontains=words))
    return rows.document_rows(found.order_by("-uploaded_at"))


def review(acting: Acting, document_id: int) -> views.ReviewView:
    """A document whole; Problem ``duty_unknown`` (404)."""
    who.reader(acting)
    row = rows.document_row(document_id)
    if row is None:
        raise unknown()
    document = Document.objects.select_related("paper").defer("paper__data").get(pk=document_id)
    proposals = tuple(proposal(one) for one in document.proposals.filter(state__in=ALIVE).order_by("start", "id"))
    revisions = tuple(map(_revision, document.revisions.select_related("undone").order_by("id")))
    reviewers = {*document.revisions.values_list("by", flat=True)} | {document.ready_by or ""}
    return views.ReviewView(
        row, document.text, document.reader, tuple(document.addressees), tuple(document.cites), document.printed,
        tuple(document.reading["document"].get("uncertain", ())), document.paper_id, document.paper.name,
        document.paper.sha256, proposals, tuple(map(clause, document.clauses.order_by("place"))),
        names(proposals, document.signed), revisions, rows.events("document", document_id), frozenset(reviewers - {""}),
    )  # fmt: skip


def proposal(one: Proposal) -> views.ProposalView:
    """From its row."""
    return views.ProposalView(
        one.pk, one.clause_id, one.origin, one.state, one.reason, one.plan, one.chapter, one.section, one.number,
        one.title, one.text, (one.start, one.end), one.note, (one.note_start, one.note_end), one.mode,
        Due(one.due_kind, one.due_on, one.due_yearly),  # type: ignore[arg-type]
        one.disclosure, one.open_ended, tuple(named(raw) for raw in one.units), tuple(one.doubts),
    )  # fmt: skip


def clause(one: Clause) -> views.ClauseView:
    """From its row."""
    return views.ClauseView(
        one.pk, one.place, one.plan, one.chapter, one.section, one.number, one.title, one.text, (one.start, one.end),
        one.assigned,
    )  # fmt: skip


def _revision(one: Revision) -> views.RevisionView:
    return views.RevisionView(one.pk, one.at, one.by_name, one.act, one.before, one.after, hasattr(one, "undone"))


# -- names ---------------------------------------------------------------------------------------------------
def registry() -> matching.Registry:
    """The active units, as names are compared with."""
    city = str(settings.CITY["name_zh"])
    units = Unit.objects.filter(active=True).order_by("code").values_list("code", "name", "short_name", "kind")
    return matching.Registry(tuple(matching.Known(*one) for one in units), (city, city[:-1]), city[-1])


def names(proposals: Iterable[views.ProposalView], signed: dt.date | None) -> tuple[views.NameView, ...]:
    """Each whole name of the proposals once, in their order, with what it may stand for."""
    found: dict[str, list[Any]] = {}
    for each in proposals:
        for one in each.names:
            found.setdefault(one.full, []).append(one)
    known, table = registry(), matching.table_of(law.catalogue().departments.values())
    kept = {one.name: one for one in UnitName.objects.filter(ended_at=None, name__in=list(found))}
    day = signed or now_today()
    return tuple(_name(full, uses, kept.get(full), known, table, day) for full, uses in found.items())


def _name(
    full: str, uses: list[Any], kept: UnitName | None, known: matching.Registry, table: matching.Table, day: dt.date
) -> views.NameView:
    said = next((one for one in uses if one.kind), uses[0])
    remembered = (
        None if kept is None else matching.Suggestion(kept.kind, tuple(followed(kept.units)), 1.0, kept.by_name)
    )
    suggestions = () if said.kind else tuple(matching.suggest(full, known, table, day))
    return views.NameView(
        full, tuple(dict.fromkeys(one.name for one in uses)), said.kind, said.units, len(uses), remembered, suggestions
    )


# -- documents that carry each other on -------------------------------------------------------------------------
def earlier_documents(acting: Acting, document_id: int) -> list[views.DocumentRow]:
    """Documents that this one cites by number or title; they are suggested for comparison."""
    who.reader(acting)
    document = Document.objects.filter(pk=document_id).first()
    if document is None:
        raise unknown()
    numbers = [one["doc_no"] for one in document.cites if one.get("doc_no")]
    titles = [one["title"] for one in document.cites if one.get("title")]
    found = Document.objects.exclude(pk=document_id).exclude(step="discarded")
    return rows.document_rows(found.filter(Q(doc_no__in=numbers) | Q(title__in=titles)).order_by("signed", "id"))


def links(acting: Acting, later_id: int, earlier_id: int) -> views.LinksView:
    """Two documents side by side; refused suggestions are left out."""
    who.reader(acting)
    later, earlier = rows.document_row(later_id), rows.document_row(earlier_id)
    if later is None or earlier is None:
        raise unknown()
    found = link_views(ClauseLink.objects.filter(later__document=later_id, earlier__document=earlier_id))
    standing = tuple(one for one in found if one.state != "refused")
    return views.LinksView(
        later, earlier, standing, _without(later_id, {one.later.id for one in standing}),
        _without(earlier_id, {one.earlier.id for one in standing}),
    )  # fmt: skip


def _without(document_id: int, linked: set[UUID]) -> tuple[views.ClauseView, ...]:
    found = Clause.objects.filter(document=document_id).exclude(pk__in=linked).order_by("place")
    return tuple(map(clause, found))


def link_views(found: Any) -> list[views.LinkView]:
    """Links with their differences; ``found``: a queryset."""
    links = list(found.select_related("later", "earlier").order_by("later__place", "earlier__place"))
    keys = {key for one in links for key in (one.later_id, one.earlier_id)}
    by_clause: dict[UUID, list[Proposal]] = {}
    for one in Proposal.objects.filter(clause__in=keys, state__in=ALIVE).order_by("start", "id"):
        if one.clause_id is not None:
            by_clause.setdefault(one.clause_id, []).append(one)
    return [
        views.LinkView(
            one.pk, one.state, one.likeness, clause(one.later), clause(one.earlier),
            linking.difference(_side(one.earlier, by_clause), _side(one.later, by_clause)),
        )
        for one in links
    ]  # fmt: skip


def _side(one: Clause, by_clause: dict[UUID, list[Proposal]]) -> linking.Side:
    found = by_clause.get(one.pk, [])
    if not found:
        return linking.Side(one.text)
    units = tuple(named(raw) for each in found for raw in each.units)
    due = Due(found[0].due_kind, found[0].due_on, found[0].due_yearly)  # type: ignore[arg-type]
    return linking.Side(one.text, units, due)
