"""Proposals under review: found, kept before and after each act, put back.

Every act of review writes a :class:`.Revision` with the proposals before and after, whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.duties import who
from goodfaith.duties.actions import acts
from goodfaith.duties.models import Document, Proposal, Revision

PLAIN = (
    "origin", "state", "reason", "plan", "chapter", "section", "number", "title", "text", "start", "end", "note",
    "note_start", "note_end", "mode", "due_kind", "due_yearly", "open_ended", "disclosure", "units", "doubts",
)  # fmt: skip
ALIVE = ("pending", "accepted", "dropped")


def snapshot(proposal: Proposal) -> dict[str, Any]:
    """A proposal whole, as JSON."""
    day = proposal.due_on.isoformat() if proposal.due_on else None
    clause = str(proposal.clause_id) if proposal.clause_id else None
    return {
        "id": str(proposal.pk),
        "clause": clause,
        "due_on": day,
        **{name: getattr(proposal, name) for name in PLAIN},
    }


def restore(proposal: Proposal, raw: Mapping[str, Any]) -> None:
    """Set a proposal to what it was; not yet written."""
    for name in PLAIN:
        setattr(proposal, name, raw[name])
    proposal.due_on = dt.date.fromisoformat(raw["due_on"]) if raw["due_on"] else None


def keep(proposals: Sequence[Proposal], *names: str) -> None:
    """Write these fields of them, all in one statement."""
    Proposal.objects.bulk_update(proposals, names)


def in_review(acting: Acting, document_id: int) -> Document:
    """The document, locked. Problem when it is not under review or the actor is not the office."""
    who.office(acting)
    document = acts.locked(Document, document_id)
    if document.step != "review":
        raise Problem("not_in_review", _("这份公文不在审核中。"), _("要改的，请先退回审核。"), status=acts.CONFLICT)
    return document


def of_document(document: Document, keys: Sequence[UUID]) -> list[Proposal]:
    """Those of its proposals, in the order of the text. Problem when one is not there or was replaced."""
    found = list(document.proposals.filter(pk__in=keys, state__in=ALIVE).order_by("start", "id"))
    if len(found) != len(set(keys)):
        raise acts.unknown()
    return found


def revise(
    *, acting: Acting, at: dt.datetime, document: Document, act: str, before: list[dict[str, Any]],
    after: Iterable[Proposal], undoes: Revision | None = None,
) -> None:  # fmt: skip
    """Note an act of review, with the proposals before and after."""
    made = [snapshot(each) for each in after]
    Revision.objects.create(
        document=document, at=at, by=acting.id, by_name=acting.name, act=act, before=before, after=made, undoes=undoes
    )
    history.note(
        acting=acting, at=at, action=f"duties.review_{act}", object_type="duties_document", object_id=document.pk,
        before={"proposals": [one["id"] for one in before]}, after={"proposals": [one["id"] for one in made]},
    )  # fmt: skip
