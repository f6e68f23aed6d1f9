"""What reviewers do with proposals: accept, mend, drop, undo.

Undoing puts back what was before, and is a revision itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.duties import rules
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.naming import check_name
from goodfaith.duties.actions.proposals import PLAIN, in_review, keep, of_document, restore, revise, snapshot
from goodfaith.duties.models import Proposal, Revision
from goodfaith.duties.models.documents import DISCLOSURES, MODES
from goodfaith.duties.shapes import Due, named, shown_names

MENDABLE = frozenset({"title", "text", "mode", "disclosure", "units", "due"})


@transaction.atomic
def do_accept(*, acting: Acting, at: dt.datetime, document_id: int, proposal_ids: Sequence[UUID]) -> None:
    """These are duties as they stand. Problem when a name is not confirmed or does not fit the mode."""
    document = in_review(acting, document_id)
    proposals = of_document(document, proposal_ids)
    before = [snapshot(each) for each in proposals]
    for each in proposals:
        rules.check_names(each.mode, [named(raw) for raw in each.units])
        each.state, each.reason = "accepted", ""
    keep(proposals, "state", "reason")
    revise(acting=acting, at=at, document=document, act="accept", before=before, after=proposals)


@transaction.atomic
def do_drop(*, acting: Acting, at: dt.datetime, document_id: int, proposal_ids: Sequence[UUID], reason: str) -> None:
    """These are no duties, for this reason. They stay to be read, and may be accepted again."""
    document = in_review(acting, document_id)
    reason = rules.check_reason(reason)[:500]
    proposals = of_document(document, proposal_ids)
    before = [snapshot(each) for each in proposals]
    for each in proposals:
        each.state, each.reason = "dropped", reason
    keep(proposals, "state", "reason")
    revise(acting=acting, at=at, document=document, act="drop", before=before, after=proposals)


def check_mend(changes: Mapping[str, Any]) -> None:
    """``changes``: any of title, text, mode, disclosure (texts), units (:class:`.Named` each), due (:class:`.Due`)."""
    unknown = set(changes) - MENDABLE
    if unknown or changes.get("mode", MODES[0]) not in MODES or changes.get("disclosure", "open") not in DISCLOSURES:
        raise Problem("mend_wrong", _("这样改不了。"), _("请从列出的选项中选择。"))
    if "text" in changes:
        rules.check_words(changes["text"], longest=20_000)
    if "due" in changes:
        rules.check_due(changes["due"])
    for one in changes.get("units", ()):
        check_name(one.kind, one.units)


def _apply(proposal: Proposal, changes: Mapping[str, Any]) -> None:
    for name in MENDABLE - {"units", "due"}:
        if name in changes:
            setattr(proposal, name, changes[name].strip()[:300] if name == "title" else changes[name])
    if "units" in changes:
        proposal.units = shown_names(changes["units"])
    if "due" in changes:
        due: Due = changes["due"]
        proposal.due_kind, proposal.due_on, proposal.due_yearly = due.kind, due.on, due.yearly


@transaction.atomic
def do_mend(
    *, acting: Acting, at: dt.datetime, document_id: int, proposal_id: UUID, changes: Mapping[str, Any]
) -> None:
    """Change what a proposal says; it has to be accepted (again) afterwards. See :func:`check_mend`."""
    check_mend(changes)
    document = in_review(acting, document_id)
    (proposal,) = of_document(document, [proposal_id])
    before = snapshot(proposal)
    _apply(proposal, changes)
    proposal.state, proposal.reason = "pending", ""
    proposal.save()
    revise(acting=acting, at=at, document=document, act="mend", before=[before], after=[proposal])


@transaction.atomic
def do_mend_head(*, acting: Acting, at: dt.datetime, document_id: int, **head: Any) -> None:
    """Correct title, doc_no, issuer, signed, printed of a document in review; what was read stays in its reading."""
    allowed = ("title", "doc_no", "issuer", "signed", "printed")
    if set(head) - set(allowed) or not str(head.get("title", "-")).strip():
        raise Problem("mend_wrong", _("这样改不了。"), _("标题不能为空。"))
    document = in_review(acting, document_id)
    before = {name: str(getattr(document, name) or "") for name in head}
    for name, value in head.items():
        setattr(document, name, value)
    document.save()
    after = {name: str(value or "") for name, value in head.items()}
    Revision.objects.create(
        document=document, at=at, by=acting.id, by_name=acting.name, act="head", before=[before], after=[after]
    )
    history.note(
        acting=acting, at=at, action="duties.review_head", object_type="duties_document", object_id=document_id,
        before=before, after=after,
    )  # fmt: skip


@transaction.atomic
def do_undo(*, acting: Acting, at: dt.datetime, document_id: int) -> str:
    """Undo the last act of review that has not been undone (but the head's); its code. Problem when there is none."""
    document = in_review(acting, document_id)
    last = (
        document.revisions.filter(undone=None).exclude(act__in=("undo", "head")).order_by("-id").first()
    )  # fmt: skip
    if last is None:
        raise Problem("nothing_to_undo", _("没有可以撤销的操作。"), _("请查看审核记录。"), status=acts.CONFLICT)
    earlier = {one["id"]: one for one in last.before}
    rows = {str(each.pk): each for each in document.proposals.filter(pk__in=[one["id"] for one in last.after])}
    before = [snapshot(each) for each in rows.values()]
    for key, proposal in rows.items():
        if key in earlier:
            restore(proposal, earlier[key])
        else:
            proposal.state, proposal.reason = "void", ""
    keep(list(rows.values()), "due_on", *PLAIN)
    revise(acting=acting, at=at, document=document, act="undo", before=before, after=rows.values(), undoes=last)
    return last.act
