"""What units show for their progress: files, links, figures that the platform measures at that moment."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.duties import figures, rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.ledger import made, parts_of
from goodfaith.duties.models import Assignment, Evidence, Notice

MOST = 50


def _add(acting: Acting, at: dt.datetime, assignment: Assignment, title: str, **what: Any) -> UUID:
    if assignment.closed_at is not None:
        raise Problem("duty_closed", _("这项任务已经办结，不能再加材料。"), _("请查看办理记录。"), status=acts.CONFLICT)
    parts_of(acting, assignment, acts.day(at))
    if assignment.evidence.count() >= MOST:
        raise Problem("too_many_files", _("材料太多（最多 %(n)s 份）。") % {"n": MOST}, _("请合并后再上传。"))
    row = Evidence.objects.create(
        id=uuid7(), duty_id=assignment.duty_id, assignment=assignment, unit=acting.unit or "", at=at, by=acting.id,
        by_name=acting.name, title=rules.check_words(title, longest=200), **what,
    )  # fmt: skip
    return row.pk


@transaction.atomic
def do_add_file(*, acting: Acting, at: dt.datetime, assignment_id: UUID, title: str, name: str, data: bytes) -> UUID:
    """A PDF, image or DOCX as evidence. Problem when it is none of these, empty or too large."""
    paper = acts.keep_paper(acting, at, name, data)
    key = _add(acting, at, made(assignment_id, at), title or name, kind="file", paper=paper)
    history.note(
        acting=acting, at=at, action="duties.add_file", object_type="duties_evidence", object_id=key,
        after={"sha256": paper.sha256, "assignment": str(assignment_id)},
    )  # fmt: skip
    return key


@transaction.atomic
def do_add_link(*, acting: Acting, at: dt.datetime, assignment_id: UUID, title: str, url: str) -> UUID:
    """An address on the web as evidence."""
    url = acts.check_url(url)
    key = _add(acting, at, made(assignment_id, at), title or url[:200], kind="link", url=url)
    history.note(
        acting=acting, at=at, action="duties.add_link", object_type="duties_evidence", object_id=key,
        after={"assignment": str(assignment_id)},
    )  # fmt: skip
    return key


@transaction.atomic
def do_add_figure(
    *, acting: Acting, at: dt.datetime, assignment_id: UUID, figure: str, since: dt.date, until: dt.date
) -> UUID:
    """A figure of the actor's own unit from the closed list, as it is at this moment; value and inputs are kept."""
    if acting.unit is None:
        raise who.refused()
    found = figures.measure(figure, acting.unit, since, until, acts.day(at))
    inputs = {**found.inputs, "since": since.isoformat(), "until": until.isoformat()}
    key = _add(
        acting, at, made(assignment_id, at), str(figures.name(figure)), kind="figure", figure=figure, value=found.value,
        inputs=inputs,
    )  # fmt: skip
    history.note(
        acting=acting, at=at, action="duties.add_figure", object_type="duties_evidence", object_id=key,
        after={"figure": figure, "value": found.value, "assignment": str(assignment_id)},
    )  # fmt: skip
    return key


@transaction.atomic
def do_add_notice_file(*, acting: Acting, at: dt.datetime, notice_id: int, title: str, name: str, data: bytes) -> UUID:
    """A file with the reply to a supervision notice."""
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
