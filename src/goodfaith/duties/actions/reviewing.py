"""What reviewers do with proposals: accept, mend, split, join, add, drop, say what a name stands for, undo.

Every act writes a :class:`.Revision` with the proposals before and after, whole; undoing puts back what was before and
is a revision itself.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.duties import rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.models import Clause, Document, Proposal, Revision, UnitName
from goodfaith.duties.models.documents import DISCLOSURES, MODES
from goodfaith.duties.shapes import Due, Named, named, shown_names
from goodfaith.duties.successions import followed
from goodfaith.parties.models import Unit

PLAIN = (
    "origin", "state", "reason", "plan", "chapter", "section", "number", "title", "text", "start", "end", "note",
    "note_start", "note_end", "mode", "due_kind", "due_yearly", "open_ended", "disclosure", "units", "doubts",
)  # fmt: skip
MENDABLE = frozenset({"title", "text", "mode", "disclosure", "units", "due"})
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


def _restore(proposal: Proposal, raw: Mapping[str, Any]) -> None:
    for name in PLAIN:
        setattr(proposal, name, raw[name])
    proposal.due_on = dt.date.fromisoformat(raw["due_on"]) if raw["due_on"] else None
    proposal.save()


def _in_review(acting: Acting, document_id: int) -> Document:
    who.office(acting)
    document = acts.locked(Document, document_id)
    if document.step != "review":
        raise Problem("not_in_review", _("这份公文不在审核中。"), _("要改的，请先退回审核。"), status=acts.CONFLICT)
    return document


def _of_document(document: Document, keys: Sequence[UUID]) -> list[Proposal]:
    found = list(document.proposals.filter(pk__in=keys, state__in=ALIVE).order_by("start", "id"))
    if len(found) != len(set(keys)):
        raise acts.unknown()
    return found


def _revise(
    *, acting: Acting, at: dt.datetime, document: Document, act: str, before: list[dict[str, Any]],
    after: Iterable[Proposal], undoes: Revision | None = None,
) -> None:  # fmt: skip
    made = [snapshot(each) for each in after]
    Revision.objects.create(
        document=document, at=at, by=acting.id, by_name=acting.name, act=act, before=before, after=made, undoes=undoes
    )
    history.note(
        acting=acting, at=at, action=f"duties.review_{act}", object_type="duties_document", object_id=document.pk,
        before={"proposals": [one["id"] for one in before]}, after={"proposals": [one["id"] for one in made]},
    )  # fmt: skip


@transaction.atomic
def do_accept(*, acting: Acting, at: dt.datetime, document_id: int, proposal_ids: Sequence[UUID]) -> None:
    """These are duties as they stand. Problem when a name is not confirmed or does not fit the mode."""
    document = _in_review(acting, document_id)
    proposals = _of_document(document, proposal_ids)
    before = [snapshot(each) for each in proposals]
    for each in proposals:
        rules.check_names(each.mode, [named(raw) for raw in each.units])
        each.state, each.reason = "accepted", ""
        each.save()
    _revise(acting=acting, at=at, document=document, act="accept", before=before, after=proposals)


@transaction.atomic
def do_drop(*, acting: Acting, at: dt.datetime, document_id: int, proposal_ids: Sequence[UUID], reason: str) -> None:
    """These are no duties, for this reason. They stay to be read, and may be accepted again."""
    document = _in_review(acting, document_id)
    reason = rules.check_reason(reason)[:500]
    proposals = _of_document(document, proposal_ids)
    before = [snapshot(each) for each in proposals]
    for each in proposals:
        each.state, each.reason = "dropped", reason
        each.save()
    _revise(acting=acting, at=at, document=document, act="drop", before=before, after=proposals)


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


def check_name(kind: str, units: Sequence[str]) -> None:
    """Problem when a kind of name and its units do not belong together, or a unit does not exist."""
    fits = {
        "": not units,
        "unit": len(units) == 1,
        "set": len(units) > 1,
        "collective": not units,
        "outside": not units,
    }
    if not fits.get(kind, False):
        raise Problem("name_kind", _("单位没有选对。"), _("一个名称对一个单位；统称可以选几个单位，或者保留统称。"))
    if Unit.objects.filter(code__in=units).count() != len(set(units)):
        raise Problem("unit_unknown", _("没有这个单位。"), _("请从单位名录中选择。"), status=acts.NOT_FOUND)


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
    document = _in_review(acting, document_id)
    (proposal,) = _of_document(document, [proposal_id])
    before = snapshot(proposal)
    _apply(proposal, changes)
    proposal.state, proposal.reason = "pending", ""
    proposal.save()
    _revise(acting=acting, at=at, document=document, act="mend", before=[before], after=[proposal])


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
    document = _in_review(acting, document_id)
    (proposal,) = _of_document(document, [proposal_id])
    cuts = sorted({place for place in places if proposal.start < place < proposal.end})
    if not cuts:
        raise Problem("split_where", _("没有标出在哪里拆开。"), _("请把光标放在要拆开的文字之间。"))
    before = [snapshot(proposal)]
    proposal.state = "replaced"
    proposal.save()
    edges = [proposal.start, *cuts, proposal.end]
    parts = [_new(document, proposal, "split", a, b) for a, b in itertools.pairwise(edges)]
    _revise(acting=acting, at=at, document=document, act="split", before=before, after=[proposal, *parts])
    return [each.pk for each in parts]


@transaction.atomic
def do_join(*, acting: Acting, at: dt.datetime, document_id: int, proposal_ids: Sequence[UUID]) -> UUID:
    """Make one proposal of several; title, mode and deadline are the first one's, units those of all."""
    document = _in_review(acting, document_id)
    proposals = _of_document(document, proposal_ids)
    if len(proposals) < 2:
        raise Problem("join_what", _("合并至少要选两条。"), _("请勾选要合并的任务。"))
    before = [snapshot(each) for each in proposals]
    for each in proposals:
        each.state = "replaced"
        each.save()
    first, last = proposals[0], max(proposals, key=lambda each: each.end)
    joined = _new(
        document, first, "joined", first.start, last.end, text="\n".join(each.text for each in proposals),
        note="\n".join(dict.fromkeys(each.note for each in proposals)),
        note_end=max(each.note_end for each in proposals), units=_all_names(proposals),
        doubts=[one for each in proposals for one in each.doubts],
    )  # fmt: skip
    _revise(acting=acting, at=at, document=document, act="join", before=before, after=[*proposals, joined])
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
    document = _in_review(acting, document_id)
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
    _revise(acting=acting, at=at, document=document, act="add", before=[], after=[proposal])
    return proposal.pk


def _where(near: Clause | None) -> dict[str, str]:
    names = ("plan", "chapter", "section", "number")
    return {name: getattr(near, name) if near else "" for name in names}


@transaction.atomic
def do_confirm_name(
    *, acting: Acting, at: dt.datetime, document_id: int, full: str, kind: str, units: Sequence[str] = ()
) -> int:
    """Say what a whole name stands for, everywhere in this document, and remember it; how many proposals it touched."""
    check_name(kind, units)
    if not kind:
        raise Problem("name_kind", _("单位没有选对。"), _("请选择单位，或者说明它是统称、不在本市单位名录。"))
    document = _in_review(acting, document_id)
    touched = [each for each in document.proposals.filter(state__in=ALIVE).order_by("start", "id")
               if any(raw["full"] == full for raw in each.units)]  # fmt: skip
    before = [snapshot(each) for each in touched]
    for each in touched:
        each.units = [{**raw, "kind": kind, "units": list(units)} if raw["full"] == full else raw for raw in each.units]
        each.save()
    _remember(acting, at, full, kind, units)
    _revise(acting=acting, at=at, document=document, act="units", before=before, after=touched)
    return len(touched)


def _remember(acting: Acting, at: dt.datetime, full: str, kind: str, units: Sequence[str]) -> None:
    before = UnitName.objects.filter(name=full, ended_at=None).first()
    if before is not None and (before.kind, list(before.units)) == (kind, list(units)):
        return
    UnitName.objects.filter(name=full, ended_at=None).update(ended_at=at)
    UnitName.objects.create(name=full, kind=kind, units=list(units), at=at, by=acting.id, by_name=acting.name)


@transaction.atomic
def do_confirm_names(*, acting: Acting, at: dt.datetime, document_id: int) -> int:
    """Take over what was confirmed in earlier documents, for names that nobody has confirmed here; how many names."""
    document = _in_review(acting, document_id)
    remembered = {one.name: one for one in UnitName.objects.filter(ended_at=None)}
    touched, before, names = [], [], set()
    for each in document.proposals.filter(state__in=ALIVE).order_by("start", "id"):
        known = [raw["full"] for raw in each.units if not raw["kind"] and raw["full"] in remembered]
        if known:
            before.append(snapshot(each))
            each.units = [_with(raw, remembered) for raw in each.units]
            each.save()
            touched.append(each)
            names.update(known)
    if touched:
        _revise(acting=acting, at=at, document=document, act="units", before=before, after=touched)
    return len(names)


def _with(raw: dict[str, Any], remembered: Mapping[str, UnitName]) -> dict[str, Any]:
    """What was remembered, with the units that came after it since; several that became one are one."""
    one = None if raw["kind"] else remembered.get(raw["full"])
    if one is None:
        return raw
    units = followed(one.units)
    return {**raw, "kind": "unit" if one.kind == "set" and len(units) == 1 else one.kind, "units": units}


@transaction.atomic
def do_mend_head(*, acting: Acting, at: dt.datetime, document_id: int, **head: Any) -> None:
    """Correct title, doc_no, issuer, signed, printed of a document in review; what was read stays in its reading."""
    allowed = ("title", "doc_no", "issuer", "signed", "printed")
    if set(head) - set(allowed) or not str(head.get("title", "-")).strip():
        raise Problem("mend_wrong", _("这样改不了。"), _("标题不能为空。"))
    document = _in_review(acting, document_id)
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
    document = _in_review(acting, document_id)
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
            _restore(proposal, earlier[key])
        else:
            proposal.state, proposal.reason = "void", ""
            proposal.save()
    _revise(acting=acting, at=at, document=document, act="undo", before=before, after=rows.values(), undoes=last)
    return last.act
