"""What waits on the clerks' desks when the demo begins: deliveries in every state, made by intake's own actions."""

from __future__ import annotations

import datetime as dt

from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.demo import files
from goodfaith.demo.city import City
from goodfaith.demo.deliveries import moment
from goodfaith.demo.own import LICENCE, PENALTY
from goodfaith.intake import actions, work
from goodfaith.intake.models import Delivery
from goodfaith.parties.models import User

JOB = Acting(kind="job", id="demo", name="归集作业")


def _receive(clerk: Acting, item: str, name: str, data: bytes, at: dt.datetime) -> Delivery:
    return actions.do_receive(
        acting=clerk, at=at, item=item, filename=name, data=data, report_on=at.date(), defer=False
    )  # fmt: skip


def _read(delivery: Delivery, at: dt.datetime) -> Delivery:
    """Read the file; a file that cannot be read fails, as the worker would tell it."""
    try:
        work.do_read(delivery.pk, acting=JOB, at=at, defer=False)
    except Problem as problem:
        work.do_fail(delivery.pk, problem, acting=JOB, at=at)
    return Delivery.objects.get(pk=delivery.pk)


def _check(clerk: Acting, delivery: Delivery, at: dt.datetime) -> Delivery:
    actions.do_confirm_mapping(
        acting=clerk, at=at, delivery_id=delivery.pk, edition=delivery.edition, mapping=delivery.mapping, defer=False
    )
    work.do_check(delivery.pk, acting=JOB, at=at, defer=False)
    return Delivery.objects.get(pk=delivery.pk)


def _commit(clerk: Acting, delivery: Delivery, at: dt.datetime) -> None:
    actions.do_commit(acting=clerk, at=at, delivery_id=delivery.pk, take="good", defer=False)
    work.do_commit_rows(delivery.pk, acting=JOB, at=at)


def lay(made: City, at: dt.datetime) -> int:
    """Lay the deliveries on the desks of the two clerks of the demo; how many."""
    users = {user.username: user.acting for user in User.objects.filter(username__in=("clerk", "court_clerk"))}
    clerk, court = users["clerk"], users["court_clerk"]
    third, second, first = (min(moment(made.today - dt.timedelta(days=n)), at) for n in (9, 2, 1))
    before = _receive(clerk, PENALTY, "行政处罚上旬.xlsx", files.dirty_xlsx(made, third.date(), 31), third)
    _commit(clerk, _check(clerk, _read(before, third), third), third)
    checked = _receive(clerk, PENALTY, "行政处罚双公示.xlsx", files.dirty_xlsx(made, second.date(), 32), second)
    _check(clerk, _read(checked, second), second)
    _read(_receive(clerk, LICENCE, "行政许可.csv", files.clean_csv(made, first.date(), 33), first), first)
    _read(_receive(clerk, LICENCE, "许可证扫描件.xlsx", files.PICTURE, first), first)
    _read(
        _receive(
            court, "courts.judgment_defaulter", "失信被执行人.zip", files.court_zip(made, first.date(), 34), first
        ),
        first,
    )
    return 5
