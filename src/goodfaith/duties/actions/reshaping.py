"""Proposals split, joined and added: other words of the text than the reader marked."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.duties import rules
from goodfaith.duties.actions.proposals import PLAIN, in_review, keep, of_document, revise, snapshot
from goodfaith.duties.actions.reviewing import check_mend
from goodfaith.duties.models import Clause, Document, Proposal
from goodfaith.duties.shapes import Due, Named, named, shown_names


def _new(document: Document, like: Proposal, origin: str, start: int, end: int, **more: Any) -> Proposal:
    """A proposal of the words between two places, otherwise like another."""
    raw = {name: getattr(like, name) for name in PLAIN} | {"due_on": like.due_on, "clause": like.clause}
    raw |= {"origin": origin, "state": "pending", "reason": "", "start": start, "end": end,
            "text": document.text[start:end].strip(), **more}  # fmt: skip
    return Proposal.objects.create(id=uuid7(), document=document, **raw)


@transaction.atomic
def do_split(
    *, acting: Acting, at: dt.datetime, document_id: int, proposal_id: UUID, places: Sequence[int]
) -> list[UUID]:
    """Part a proposal at these places of the document's text; ids of the parts, with the same units and deadline."""
    document = in_review(acting, document_id)
    (proposal,) = of_document(document, [proposal_id])
    cuts = sorted({place for place in places if proposal.start < place < proposal.end})
    if not cuts:
        raise Problem("split_where", _("没有标出在哪里拆开。"), _("请把光标放在要拆开的文字之间。"))
    before = [snapshot(proposal)]
    proposal.state = "replaced"
    proposal.save()
    edges = [proposal.start, *cuts, proposal.end]
    parts = [_new(document, proposal, "split", a, b) for a, b in itertools.pairwise(edges)]
    revise(acting=acting, at=at, document=document, act="split", before=before, after=[proposal, *parts])
    return [each.pk for each in parts]


@transaction.atomic
def do_join(*, acting: Acting, at: dt.datetime, document_id: int, proposal_ids: Sequence[UUID]) -> UUID:
    """Make one proposal of several; title, mode and deadline are the first one's, units those of all."""
    document = in_review(acting, document_id)
    proposals = of_document(document, proposal_ids)
    if len(proposals) < 2:
        raise Problem("join_what", _("合并至少要选两条。"), _("请勾选要合并的任务。"))
    before = [snapshot(each) for each in proposals]
    for each in proposals:
        each.state = "replaced"
    keep(proposals, "state")
    first, last = proposals[0], max(proposals, key=lambda each: each.end)
    joined = _new(
        document, first, "joined", first.start, last.end, text="\n".join(each.text for each in proposals),
        note="\n".join(dict.fromkeys(each.note for each in proposals)),
        note_end=max(each.note_end for each in proposals), units=_all_names(proposals),
        doubts=[one for each in proposals for one in each.doubts],
    )  # fmt: skip
    revise(acting=acting, at=at, document=document, act="join", before=before, after=[*proposals, joined])
    return joined.pk


def _all_names(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    found: dict[str, Named] = {}
    for each in proposals:
        for one in map(named, each.units):
            found.setdefault(one.full, one)
    return shown_names(found.values())


@transaction.atomic
def do_add(
    *, acting: Acting, at: dt.datetime, document_id: int, start: int, end: int, title: str, mode: str,
    names: Sequence[Named], due: Due, disclosure: str | None = None,
) -> UUID:  # fmt: skip
    """A duty that the reader missed: its words are those marked between two places of the text."""
    document = in_review(acting, document_id)
    if not 0 <= start < end <= len(document.text) or not document.text[start:end].strip():
        raise Problem("words_missing", _("没有标出任务的文字。"), _("请在左边的正文里选中任务的文字。"))
    given = disclosure or rules.default_disclosure(document.text)
    check_mend({"mode": mode, "units": names, "due": due, "disclosure": given})
    near = document.clauses.filter(start__lte=start, end__gt=start).first()
    proposal = Proposal.objects.create(
        id=uuid7(), document=document, clause=near, origin="added", state="pending", start=start, end=end,
        text=document.text[start:end].strip(), title=title.strip()[:300], mode=mode, units=shown_names(names),
        due_kind=due.kind, due_on=due.on, due_yearly=due.yearly, disclosure=given, note_start=end, note_end=end,
        **_where(near),
    )  # fmt: skip
    revise(acting=acting, at=at, document=document, act="add", before=[], after=[proposal])
    return proposal.pk


def _where(near: Clause | None) -> dict[str, str]:
    names = ("plan", "chapter", "section", "number")
    return {name: getattr(near, name) if near else "" for name in names}
