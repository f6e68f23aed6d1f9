"""A document comes in, is submitted by its reviewers and adopted by another officer."""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import OFFICE
from goodfaith.duties import reading, rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.adopting import adopt
from goodfaith.duties.models import Clause, Document, Duty, Proposal, Revision
from goodfaith.duties.reading import Clause as Unassigned
from goodfaith.duties.reading import Plan, Task
from goodfaith.duties.shapes import due_of, named_of, shown_names

Read = reading.Document


def check_upload(*, name: str, data: bytes) -> Read:
    """The document as read. Problems: too large, uploaded before, and all that the reader says about bad input."""
    most = settings.DUTIES["document_bytes"]
    if len(data) > most:
        what = _("“%(name)s”超过 %(n)s MiB。") % {"name": name, "n": most // 2**20}
        raise Problem("document_too_large", what, _("附件太大的，请只上传正文。"))
    digest = hashlib.sha256(data).hexdigest()
    before = Document.objects.filter(paper__sha256=digest).exclude(step="discarded").first()
    if before is not None:
        what = _("这个文件已经上传过（第 %(n)s 号公文）。") % {"n": before.pk}
        raise Problem("document_exists", what, _("请直接打开那一份。"), status=acts.CONFLICT)
    return reading.read_document(data, name)


@transaction.atomic
def do_upload(*, acting: Acting, at: dt.datetime, name: str, data: bytes) -> Document:
    """Keep a document's bytes, text and reading, and propose its tasks. For the office."""
    who.office(acting)
    acts.one_at_a_time("upload")
    read = check_upload(name=name, data=data)
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    head = read.header
    document = Document.objects.create(
        step="review", paper=acts.keep_paper(acting, at, name, data, media), text=read.text,
        reading=reading.as_json(read), reader=rules.reader_version(), title=(head.title or name)[:300],
        doc_no=head.doc_no or "", issuer=head.issuer or "", signed=head.signed, printed=head.printed,
        addressees=list(head.addressees), cites=[{"title": one.title, "doc_no": one.doc_no} for one in head.cites],
        uploaded_at=at, uploaded_by=acting.id, uploaded_by_name=acting.name,
    )  # fmt: skip
    clauses = list(_clauses(document, read))
    Clause.objects.bulk_create([clause for clause, _task in clauses])
    disclosure = rules.default_disclosure(read.text)
    proposals = [_proposal(document, clause, task, disclosure) for clause, task in clauses if task]
    Proposal.objects.bulk_create(proposals)
    history.note(
        acting=acting, at=at, action="duties.upload", object_type="duties_document", object_id=document.pk,
        after={"sha256": document.paper.sha256, "reader": document.reader, "proposals": len(proposals)},
    )  # fmt: skip
    return document


def _clauses(document: Document, read: Read) -> Iterator[tuple[Clause, Task | None]]:
    """All clauses in the order of the text, each with its task if it has one."""
    found: list[tuple[Plan, Task | Unassigned]] = [(plan, one) for plan in read.plans for one in plan.tasks]
    found += [(plan, one) for plan in read.plans for one in plan.without_note]
    found.sort(key=lambda each: each[1].span)
    for place, (plan, one) in enumerate(found):
        task = one if isinstance(one, Task) else None
        yield _clause(document, place, plan, one, assigned=task is not None), task


def _clause(document: Document, place: int, plan: Plan, one: Task | Unassigned, *, assigned: bool) -> Clause:
    where, (start, end) = one.place, one.span
    return Clause(
        id=uuid7(), document=document, place=place, plan=plan.title[:300], chapter=(where.chapter or "")[:300],
        section=(where.section or "")[:300], number=(where.clause or "")[:40], title=where.title[:300], text=one.text,
        start=start, end=end, assigned=assigned,
    )  # fmt: skip


def _proposal(document: Document, clause: Clause, task: Task, disclosure: str) -> Proposal:
    due = due_of(task.deadline)
    return Proposal(
        id=uuid7(), document=document, clause=clause, origin="read", state="pending", plan=clause.plan,
        chapter=clause.chapter, section=clause.section, number=clause.number, title=clause.title, text=task.text,
        start=clause.start, end=clause.end, note=task.note, note_start=task.note_span[0], note_end=task.note_span[1],
        mode=task.mode, due_kind=due.kind, due_on=due.on, due_yearly=due.yearly, open_ended=task.open_ended,
        disclosure=disclosure, units=shown_names(named_of(task)),
        doubts=[{"code": one.code, "what": one.what, "start": one.span[0], "end": one.span[1]} for one in task.doubts],
    )  # fmt: skip


def check_submit(*, document_id: int) -> None:
    """Problem while a proposal waits for the reviewer, or when nothing would be adopted."""
    states = list(Proposal.objects.filter(document_id=document_id).values_list("state", flat=True))
    if "pending" in states:
        what = _("还有 %(n)s 条没有核对。") % {"n": states.count("pending")}
        raise Problem("proposals_pending", what, _("请逐条确认，或者写明理由不列入。"))
    if "accepted" not in states:
        raise Problem("nothing_accepted", _("没有一条任务列入台账。"), _("请确认任务，或者不采纳这份公文。"))


@transaction.atomic
def do_submit(*, acting: Acting, at: dt.datetime, document_id: int) -> None:
    """The review is done: another officer may adopt."""
    who.office(acting)
    document = acts.locked(Document, document_id)
    check_submit(document_id=document_id)
    acts.move(document, "document", "submit", OFFICE, acting=acting, at=at)
    document.ready_at, document.ready_by, document.ready_by_name = at, acting.id, acting.name
    document.save()
    history.note(acting=acting, at=at, action="duties.submit", object_type="duties_document", object_id=document_id)


@transaction.atomic
def do_send_back(*, acting: Acting, at: dt.datetime, document_id: int, reason: str) -> None:
    """Back to the reviewers, with what is to be mended."""
    who.office(acting)
    document = acts.locked(Document, document_id)
    acts.move(document, "document", "send_back", OFFICE, acting=acting, at=at, text=reason)
    document.save()
    history.note(acting=acting, at=at, action="duties.send_back", object_type="duties_document", object_id=document_id)


@transaction.atomic
def do_discard(*, acting: Acting, at: dt.datetime, document_id: int, reason: str) -> None:
    """The document makes no duties; everything is kept."""
    who.office(acting)
    document = acts.locked(Document, document_id)
    acts.move(document, "document", "discard", OFFICE, acting=acting, at=at, text=reason)
    document.save()
    history.note(acting=acting, at=at, action="duties.discard", object_type="duties_document", object_id=document_id)


def check_adopt(*, acting: Acting, document: Document) -> None:
    """Problem ``four_eyes`` for whoever submitted it or worked on the review."""
    reviewers = Revision.objects.filter(document=document).values_list("by", flat=True).distinct()
    who.another(acting, document.ready_by, *reviewers)


@transaction.atomic
def do_adopt(*, acting: Acting, at: dt.datetime, document_id: int) -> list[Duty]:
    """The accepted proposals become duties with their holders and first assignments. By who did not review."""
    who.office(acting)
    document = acts.locked(Document, document_id)
    acts.act_of("document", "adopt", document.step, OFFICE)
    check_adopt(acting=acting, document=document)
    accepted = document.proposals.filter(state="accepted").order_by("start", "id")
    acts.move(document, "document", "adopt", OFFICE, acting=acting, at=at, facts={"duties": accepted.count()})
    document.adopted_at, document.adopted_by, document.adopted_by_name = at, acting.id, acting.name
    document.save()
    duties = adopt(document, list(accepted), at)
    history.note(
        acting=acting, at=at, action="duties.adopt", object_type="duties_document", object_id=document_id,
        after={"duties": len(duties)},
    )  # fmt: skip
    return duties
