"""What units show for their progress: files, links, figures that the platform measures at that moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.duties import clearing, figures, rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.ledger import made, parts_of
from goodfaith.duties.models import Assignment, Evidence, Notice

MOST = 50


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed in at once, in one class: any of a file (title, name, bytes), a link (title, address) and a
    figure (code, first day, first day after)."""

    file: tuple[str, str, bytes] | None = None
    link: tuple[str, str] | None = None
    figure: tuple[str, dt.date, dt.date] | None = None
    disclosure: str = "shared"
    attested: bool = False


def _may_add(acting: Acting, at: dt.datetime, assignment_id: UUID, disclosure: str) -> Assignment:
    """The assignment, if the actor may add a piece of this class to it."""
    assignment = made(assignment_id, at)
    if assignment.closed_at is not None:
        raise Problem("duty_closed", _("这项任务已经办结，不能再加材料。"), _("请查看办理记录。"), status=acts.CONFLICT)
    parts_of(acting, assignment, acts.day(at))
    if assignment.evidence.count() >= MOST:
        raise Problem("too_many_files", _("材料太多（最多 %(n)s 份）。") % {"n": MOST}, _("请合并后再上传。"))
    rules.check_class(disclosure, assignment.duty.disclosure)
    return assignment


def _add(
    acting: Acting, at: dt.datetime, assignment: Assignment, title: str, told: dict[str, Any], **what: Any
) -> UUID:
    row = Evidence.objects.create(
        id=uuid7(), duty_id=assignment.duty_id, assignment=assignment, unit=acting.unit or "", at=at, by=acting.id,
        by_name=acting.name, title=rules.check_words(title, longest=200), **what,
    )  # fmt: skip
    after = {**told, "assignment": str(assignment.pk), "disclosure": row.disclosure}
    history.note(
        acting=acting, at=at, action=f"duties.add_{row.kind}", object_type="duties_evidence", object_id=row.pk,
        after=after,
    )  # fmt: skip
    return row.pk


def cleared(acting: Acting, at: dt.datetime, title: str, media: str, data: bytes, *, attested: bool) -> dict[str, Any]:
    """The columns that say how a file was found fit for everybody; Problem when it is not."""
    how = clearing.check_open(title, media, data, attested=attested)
    return {"cleared": how, "cleared_at": at, "cleared_by": acting.id, "cleared_by_name": acting.name}


def check_address(title: str, url: str) -> None:
    """Problem when an address that everybody is to see has a person's number in it."""
    clearing.check_words(title, [(_("链接"), url)])


@transaction.atomic
def do_hand_in(*, acting: Acting, at: dt.datetime, assignment_id: UUID, handed: Handed) -> list[UUID]:
    """All of it, or nothing when a piece is refused."""
    given: dict[str, Any] = {"acting": acting, "at": at, "assignment_id": assignment_id}
    given["disclosure"], keys = handed.disclosure, []
    if handed.file:
        title, name, data = handed.file
        keys.append(do_add_file(**given, title=title, name=name, data=data, attested=handed.attested))
    if handed.link:
        keys.append(do_add_link(**given, title=handed.link[0], url=handed.link[1]))
    if handed.figure:
        figure, since, until = handed.figure
        keys.append(do_add_figure(**given, figure=figure, since=since, until=until))
    return keys


@transaction.atomic
def do_add_file(
    *, acting: Acting, at: dt.datetime, assignment_id: UUID, title: str, name: str, data: bytes,
    disclosure: str = "shared", attested: bool = False,
) -> UUID:  # fmt: skip
    """A PDF, image or DOCX as evidence. Problem when it is none of these, empty or too large; of an open one when it
    names numbers of people, or holds pictures and nobody has ``attested`` that there is nothing personal in them."""
    assignment, title = _may_add(acting, at, assignment_id, disclosure), title.strip() or name
    paper = acts.keep_paper(acting, at, name, data)
    found = cleared(acting, at, title, paper.media, data, attested=attested) if disclosure == "open" else {}
    told = {"sha256": paper.sha256}
    return _add(acting, at, assignment, title, told, kind="file", paper=paper, disclosure=disclosure, **found)


@transaction.atomic
def do_add_link(
    *, acting: Acting, at: dt.datetime, assignment_id: UUID, title: str, url: str, disclosure: str = "shared"
) -> UUID:
    """An address on the web as evidence."""
    assignment, url = _may_add(acting, at, assignment_id, disclosure), acts.check_url(url)
    if disclosure == "open":
        check_address(title or url, url)
    return _add(acting, at, assignment, title or url[:200], {}, kind="link", url=url, disclosure=disclosure)


@transaction.atomic
def do_add_figure(
    *, acting: Acting, at: dt.datetime, assignment_id: UUID, figure: str, since: dt.date, until: dt.date,
    disclosure: str = "shared",
) -> UUID:  # fmt: skip
    """A figure of the actor's own unit from the closed list, as it is at this moment; value and inputs are kept."""
    if acting.unit is None:
        raise who.refused()
    assignment = _may_add(acting, at, assignment_id, disclosure)
    found = figures.measure(figure, acting.unit, since, until, acts.day(at))
    inputs = {**found.inputs, "since": since.isoformat(), "until": until.isoformat()}
    return _add(
        acting, at, assignment, str(figures.name(figure)), {"figure": figure, "value": found.value}, kind="figure",
        figure=figure, value=found.value, inputs=inputs, disclosure=disclosure,
    )  # fmt: skip


@transaction.atomic
def do_add_notice_file(*, acting: Acting, at: dt.datetime, notice_id: int, title: str, name: str, data: bytes) -> UUID:
    """A file with the reply to a supervision notice. It stays between offices."""
    notice = acts.locked(Notice, notice_id)
    who.unit(acting, notice.unit_id)
    acts.act_of("notice", "reply", notice.step, "source")
    paper = acts.keep_paper(acting, at, name, data)
    duty = notice.duties.order_by("number").first()
    if duty is None:
        raise acts.unknown()
    row = Evidence.objects.create(
        id=uuid7(), duty=duty, notice=notice, unit=notice.unit_id, kind="file", paper=paper, at=at, by=acting.id,
        by_name=acting.name, title=rules.check_words(title or name, longest=200),
    )  # fmt: skip
    history.note(
        acting=acting, at=at, action="duties.add_notice_file", object_type="duties_evidence", object_id=row.pk,
        after={"sha256": paper.sha256, "notice": notice_id},
    )  # fmt: skip
    return row.pk
