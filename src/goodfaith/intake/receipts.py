"""The receipt of a delivery: what came in, what became of it, when, and the digest that proves which file."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from goodfaith.common import clock
from goodfaith.intake.models import Delivery


@dataclass(frozen=True)
class Receipt:
    """All that a receipt says; holds nothing of the rows."""

    number: str
    delivery_id: uuid.UUID
    unit: str
    unit_name: str
    item: str
    item_name: str
    edition: str
    filename: str
    bytes: int
    sha256: str
    channel: str
    take: str
    received_at: dt.datetime
    committed_at: dt.datetime
    delivered_by: str
    rows: int
    good: int
    refused: int
    repeated: int
    warned: int
    added: int
    revised: int
    late: int

    def lines(self) -> list[tuple[str, str]]:
        """The receipt as pairs of Chinese label and text, for printing."""
        return [
            ("回执号", self.number),
            ("报送单位", self.unit_name),
            ("目录条目", f"{self.item_name}（{self.item}）"),
            ("文件", f"{self.filename}，{self.bytes:,}字节"),
            ("SHA-256", self.sha256),
            ("接收时间", _moment(self.received_at)),
            ("入库时间", _moment(self.committed_at)),
            ("总行数", f"{self.rows:,}"),
            ("入库", f"{self.added + self.revised:,}（新增{self.added:,}，更新{self.revised:,}）"),
            ("重复未入库", f"{self.repeated:,}"),
            ("不合格", f"{self.refused:,}"),
            ("有提示", f"{self.warned:,}"),
            ("超期报送", f"{self.late:,}"),
        ]

    def as_json(self) -> dict[str, Any]:
        """The receipt for machines."""
        return asdict(self)


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(clock.CHINA):%Y-%m-%d %H:%M:%S}"


COUNTS = ("rows", "good", "refused", "repeated", "warned", "added", "revised", "late")


def receipt_of(delivery: Delivery) -> Receipt | None:
    """The receipt of a committed delivery; None before that."""
    if delivery.receipt_no is None or delivery.committed_at is None:
        return None
    return Receipt(
        number=delivery.receipt_no,
        delivery_id=delivery.pk,
        unit=delivery.unit_id,
        unit_name=delivery.unit.name,
        item=delivery.item_id,
        item_name=delivery.item.name_zh,
        edition=delivery.edition,
        filename=delivery.filename,
        bytes=delivery.bytes,
        sha256=delivery.sha256,
        channel=delivery.channel,
        take=delivery.take,
        received_at=delivery.created_at,
        committed_at=delivery.committed_at,
        delivered_by=delivery.created_by_name,
        **{name: getattr(delivery, name) for name in COUNTS},
    )
