"""Clause by clause: what a later document carries on of an earlier one. Suggested, then confirmed by a reviewer."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.duties import linking, who
from goodfaith.duties.actions import acts
from goodfaith.duties.models import Clause, ClauseLink, Document


def words_of(document: Document) -> list[linking.Words]:
    """The clauses of a document as they are compared."""
    return [linking.Words(str(one.pk), one.title, one.text) for one in document.clauses.order_by("place")]


@transaction.atomic
def do_suggest_links(*, acting: Acting, at: dt.datetime, later_id: int, earlier_id: int) -> int:
    """Suggest which clauses belong together; how many suggestions are new. What a person decided stays."""
    who.office(acting)
    later, earlier = acts.locked(Document, later_id), acts.locked(Document, earlier_id)
    if later.pk == earlier.pk:
        raise Problem("same_document", _("不能和自己比较。"), _("请选择在先的公文。"))
    decided = set(_links(later, earlier).exclude(state="suggested").values_list("later_id", flat=True))
    known = set(_links(later, earlier).values_list("later_id", "earlier_id"))
    found = linking.pairs(words_of(later), words_of(earlier))
    rows = [_suggested(one, at) for one in found if UUID(one.later) not in decided]
    new = [row for row in rows if (row.later_id, row.earlier_id) not in known]
    ClauseLink.objects.bulk_create(new)
    history.note(
        acting=acting, at=at, action="duties.suggest_links", object_type="duties_document", object_id=later_id,
        after={"earlier": earlier_id, "suggested": len(new)},
    )  # fmt: skip
    return len(new)


def _suggested(one: linking.Pair, at: dt.datetime) -> ClauseLink:
    return ClauseLink(
        later_id=UUID(one.later), earlier_id=UUID(one.earlier), state="suggested", likeness=one.likeness, at=at
    )


def _links(later: Document, earlier: Document) -> QuerySet[ClauseLink]:
    return ClauseLink.objects.filter(later__document=later, earlier__document=earlier)


@transaction.atomic
def do_decide_link(*, acting: Acting, at: dt.datetime, later: UUID, earlier: UUID, confirm: bool) -> None:
    """Confirm or refuse a suggestion, or link two clauses that were not suggested."""
    who.office(acting)
    clauses = {one.pk: one for one in Clause.objects.filter(pk__in=[later, earlier])}
    if len(clauses) != 2 or clauses[later].document_id == clauses[earlier].document_id:
        raise acts.unknown()
    said = {"state": "confirmed" if confirm else "refused", "at": at, "by": acting.id, "by_name": acting.name}
    link, made = ClauseLink.objects.get_or_create(
        later_id=later, earlier_id=earlier, defaults={**said, "likeness": 1.0}
    )
    before = None if made else link.state
    ClauseLink.objects.filter(pk=link.pk).update(**said)
    history.note(
        acting=acting, at=at, action="duties.decide_link", object_type="duties_clauselink", object_id=link.pk,
        before={"state": before}, after={"state": said["state"]},
    )  # fmt: skip


@transaction.atomic
def do_confirm_links(*, acting: Acting, at: dt.datetime, later_id: int, earlier_id: int, least: float = 0.0) -> int:
    """Confirm all suggestions between two documents that are at least so alike; how many."""
    who.office(acting)
    later, earlier = acts.locked(Document, later_id), acts.locked(Document, earlier_id)
    rows = ClauseLink.objects.filter(
        later__document=later, earlier__document=earlier, state="suggested", likeness__gte=least
    )
    count = rows.update(state="confirmed", at=at, by=acting.id, by_name=acting.name)
    history.note(
        acting=acting, at=at, action="duties.confirm_links", object_type="duties_document", object_id=later_id,
        after={"earlier": earlier_id, "confirmed": count},
    )  # fmt: skip
    return count
