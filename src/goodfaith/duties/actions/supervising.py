"""Supervision notices: sent by the office, answered by the unit, closed with a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import OFFICE, SOURCE
from goodfaith.duties import rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.evidence import do_add_notice_file
from goodfaith.duties.actions.ledger import line_units
from goodfaith.duties.models import Duty, Notice
from goodfaith.parties.queries import unit as unit_of

FINDINGS = ("resolved", "partly", "unresolved")


def check_notice(*, unit: str, duties: Sequence[Duty], due_on: dt.date, on: dt.date) -> None:
    """Problem when no duty is named, one is not the unit's, or the day for the reply is past."""
    if not duties:
        raise Problem("duties_missing", _("没有选任务。"), _("请选择要督办的任务。"))
    strange = [duty.number for duty in duties if unit not in line_units(duty, on)]
    if strange:
        what = _("这些任务没有该单位：%(numbers)s。") % {"numbers": "、".join(strange)}
        raise Problem("duty_of_others", what, _("请改选任务或者单位。"))
    if due_on <= on:
        raise Problem("due_past", _("回复期限应当晚于今天。"), _("请留出办理时间。"))


@transaction.atomic
def do_send_notice(
    *, acting: Acting, at: dt.datetime, unit: str, duty_ids: Sequence[UUID], asks: str, due_on: dt.date
) -> Notice:
    """Send a numbered notice to a unit about duties that it has a part in."""
    who.office(acting)
    unit_of(unit)
    asks = rules.check_words(asks)
    duties = list(Duty.objects.filter(pk__in=duty_ids).order_by("document_id", "place"))
    check_notice(unit=unit, duties=duties, due_on=due_on, on=acts.day(at))
    year = acts.day(at).year
    acts.one_at_a_time(f"notice.{year}")
    count = Notice.objects.filter(number__startswith=f"督〔{year}〕").count() + 1
    notice = Notice.objects.create(
        number=f"督〔{year}〕{count}号", unit_id=unit, asks=asks, due_on=due_on, step="sent", sent_at=at,
        sent_by=acting.id, sent_by_name=acting.name,
    )  # fmt: skip
    notice.duties.set(duties)
    acts.event(
        acting=acting, at=at, procedure="notice", key=notice.pk, act="send", frm="", to="sent", text=asks,
        facts={"due_on": due_on.isoformat(), "duties": [duty.number for duty in duties]},
    )  # fmt: skip
    history.note(
        acting=acting, at=at, action="duties.send_notice", object_type="duties_notice", object_id=notice.pk,
        after={"number": notice.number, "unit": unit, "duties": [duty.number for duty in duties]},
    )  # fmt: skip
    return notice


@transaction.atomic
def do_reply_notice(
    *, acting: Acting, at: dt.datetime, notice_id: int, text: str, file: tuple[str, bytes] | None = None
) -> None:
    """The unit's reply with its file (name, bytes): both, or nothing when one is refused."""
    if file is not None:
        do_add_notice_file(acting=acting, at=at, notice_id=notice_id, title="", name=file[0], data=file[1])
    notice = acts.locked(Notice, notice_id)
    who.unit(acting, notice.unit_id)
    written = acts.move(notice, "notice", "reply", SOURCE, acting=acting, at=at, text=text)
    notice.reply, notice.replied_at = written.text, at
    notice.save()
    history.note(acting=acting, at=at, action="duties.reply_notice", object_type="duties_notice", object_id=notice_id)


@transaction.atomic
def do_ask_again(*, acting: Acting, at: dt.datetime, notice_id: int, text: str) -> None:
    """The reply is not enough: the unit is asked again."""
    who.office(acting)
    notice = acts.locked(Notice, notice_id)
    acts.move(notice, "notice", "ask_again", OFFICE, acting=acting, at=at, text=text)
    notice.save()
    history.note(acting=acting, at=at, action="duties.ask_again", object_type="duties_notice", object_id=notice_id)


@transaction.atomic
def do_close_notice(*, acting: Acting, at: dt.datetime, notice_id: int, finding: str, text: str) -> None:
    """Close with a finding (resolved, partly, unresolved) and its words. Not by whoever replied."""
    who.office(acting)
    if finding not in FINDINGS:
        raise Problem("finding_unknown", _("没有这种认定。"), _("请选择：已解决、部分解决、没有解决。"))
    notice = acts.locked(Notice, notice_id)
    who.another(acting, acts.last_actor("notice", notice.pk, "reply"))
    written = acts.move(notice, "notice", "close", OFFICE, acting=acting, at=at, text=text, facts={"finding": finding})
    notice.finding, notice.finding_text, notice.closed_at = finding, written.text, at
    notice.closed_by, notice.closed_by_name = acting.id, acting.name
    notice.save()
    history.note(
        acting=acting, at=at, action="duties.close_notice", object_type="duties_notice", object_id=notice_id,
        after={"finding": finding},
    )  # fmt: skip
