"""Units that report penalties, and the steps of a delivery without the queue."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.intake import actions, work
from goodfaith.intake.models import Delivery
from goodfaith.parties.models import Unit, UnitItem
from tests.intake.sample import GOOD, GOOD_PERSON

PENALTY = "licensing.administrative_penalty"
JOB = Acting(kind="job", id="test", name="归集作业")
CLERK = Acting(kind="officer", id="1", name="经办人", unit="market")
OTHER = Acting(kind="officer", id="2", name="经办人", unit="tax")
ROW = GOOD
PERSON_ROW = GOOD_PERSON


def make_world() -> None:
    """Two units; one of them reports penalties."""
    units = (("market", "示例市市场监督管理局", "11320100MB1886843H"), ("tax", "示例市税务局", None))
    for code, name, uscc in units:
        Unit.objects.update_or_create(
            code=code, defaults={"name": name, "short_name": name, "kind": "department", "uscc": uscc}
        )
    for item in (PENALTY, "market.organisation_registration", "courts.judgment_defaulter"):
        UnitItem.objects.get_or_create(unit_id="market", item_code=item)


@pytest.fixture
def world(db: None) -> None:
    """:func:`make_world`, gone after the test."""
    make_world()


@pytest.fixture
def lasting_world(lasting: None) -> None:
    """The same for tests with real transactions."""
    make_world()


def csv_bytes(*rows: dict[str, str | None], encoding: str = "utf-8") -> bytes:
    """Rows as a file; the headers are the keys."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def numbered(count: int, start: int = 1, **change: str | None) -> list[dict[str, str | None]]:
    """``count`` good rows, each with its own document."""
    return [GOOD | {"CF_WSH": f"示市监罚〔2026〕{n}号"} | change for n in range(start, start + count)]


def receive(data: bytes, filename: str = "penalties.csv", **more: Any) -> Delivery:
    """Receive and read."""
    delivery = actions.do_receive(
        acting=CLERK, at=clock.now(), item=more.pop("item", PENALTY), filename=filename, data=data, defer=False, **more
    )
    if delivery.state == "received":
        work.run(lambda key, **rest: work.do_read(key, defer=False, **rest), str(delivery.pk), acting=JOB)
    return again(delivery)


def again(delivery: Delivery) -> Delivery:
    """The delivery as it is now."""
    return Delivery.objects.get(pk=delivery.pk)


def check(delivery: Delivery) -> Delivery:
    """Confirm the proposed columns and check."""
    actions.do_confirm_mapping(
        acting=CLERK,
        at=clock.now(),
        delivery_id=delivery.pk,
        edition=delivery.edition,
        mapping=delivery.mapping,
        defer=False,
    )
    work.run(lambda key, **rest: work.do_check(key, defer=False, **rest), str(delivery.pk), acting=JOB)
    return again(delivery)


def commit(delivery: Delivery, take: str = "good") -> Delivery:
    """Commit what was checked."""
    actions.do_commit(acting=CLERK, at=clock.now(), delivery_id=delivery.pk, take=take, defer=False)
    work.run(work.do_commit_rows, str(delivery.pk), acting=JOB)
    return again(delivery)


def deliver(data: bytes, take: str = "good", **more: Any) -> Delivery:
    """All steps of a delivery."""
    delivery = receive(data, **more)
    if delivery.state != "mapped":
        return delivery
    delivery = check(delivery)
    return commit(delivery, take) if delivery.state == "checked" else delivery
