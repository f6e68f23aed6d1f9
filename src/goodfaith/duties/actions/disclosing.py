"""The class of disclosure of a piece of evidence is changed, with a reason, by its unit or the office."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.duties import rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.evidence import check_address, cleared
from goodfaith.duties.models import Assignment, Duty, Evidence, Paper
from goodfaith.duties.successions import followed

CHANGING = ("disclosure", "cleared", "cleared_at", "cleared_by", "cleared_by_name")


@transaction.atomic
def do_disclose(
    *, acting: Acting, at: dt.datetime, evidence_id: UUID, disclosure: str, reason: str, attested: bool = False
) -> None:
    """Another class for a piece, also of an assignment that is closed. Opening it asks what adding it open asks."""
    piece = acts.locked(Evidence, evidence_id)
    if piece.assignment_id is None:
        raise acts.unknown()
    if who.role_of(acting) != "credit_office":
        who.unit(acting, *followed([piece.unit]))
    assignment, was = Assignment.objects.select_related("duty").get(pk=piece.assignment_id), piece.disclosure
    reason = rules.check_reason(reason)
    piece.disclosure = rules.check_class(disclosure, assignment.duty.disclosure)
    if piece.disclosure == was:
        raise Problem("disclosure_same", _("公开属性没有变化。"), _("请选择另一种，或者返回。"))
    if disclosure == "open":
        _clear(piece, acting, at, attested=attested)
    _keep(piece, assignment, was, acting, at, reason)


def narrow(*, acting: Acting, at: dt.datetime, duty: Duty, reason: str) -> None:
    """What is more open than its duty has now become follows it, and does not open again with it by itself.

    Within the transaction of the action that changed the duty.
    """
    pieces = Evidence.objects.select_for_update().filter(duty_id=duty.pk, assignment_id__isnull=False)
    steps = Assignment.objects.in_bulk({piece.assignment_id for piece in pieces})
    for piece in pieces:
        was, piece.disclosure = piece.disclosure, rules.narrower(piece.disclosure, duty.disclosure)
        if piece.disclosure != was and piece.assignment_id:
            _keep(piece, steps[piece.assignment_id], was, acting, at, reason)


def _keep(piece: Evidence, assignment: Assignment, was: str, acting: Acting, at: dt.datetime, reason: str) -> None:
    acts.event(
        acting=acting, at=at, procedure="assignment", key=assignment.pk, act="disclose", frm=assignment.step,
        to=assignment.step, text=reason, duty_id=piece.duty_id,
        facts={"evidence": str(piece.pk), "title": piece.title, "was": was, "now": piece.disclosure},
    )  # fmt: skip
    piece.save(update_fields=CHANGING)
    history.note(
        acting=acting, at=at, action="duties.disclose", object_type="duties_evidence", object_id=piece.pk,
        before={"disclosure": was}, after={"disclosure": piece.disclosure, "cleared": piece.cleared},
    )  # fmt: skip


def _clear(piece: Evidence, acting: Acting, at: dt.datetime, *, attested: bool) -> None:
    """What is about to be open is looked through."""
    if piece.kind == "link":
        check_address(piece.title, piece.url)
    if piece.paper_id is not None:
        paper = Paper.objects.get(pk=piece.paper_id)
        found = cleared(acting, at, piece.title, paper.media, bytes(paper.data), attested=attested)
        for name, value in found.items():
            setattr(piece, name, value)
