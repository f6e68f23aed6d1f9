"""The life of a delivery as its clerk moves it: receive, confirm the columns, commit, abandon.

These run in the web's role, which can neither read rows about people nor write records: each leaves the
work to a job (:mod:`.work`), deferred in the same transaction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import orjson
from django.conf import settings
from django.db import connection, transaction

from goodfaith.common import clock, crypto, history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.intake import staging
from goodfaith.intake.mapping import header_signature
from goodfaith.intake.models import Delivery, MappingMemory
from goodfaith.intake.precheck import check_edition, precheck_rows
from goodfaith.intake.queueing import later
from goodfaith.intake.rules import OPEN_STATES, Take, check_step
from goodfaith.law import queries as law
from goodfaith.law import schema
from goodfaith.parties.models import Unit, UnitItem

__all__ = [
    "check_may_deliver", "do_abandon", "do_commit", "do_confirm_mapping", "do_receive", "do_submit_rows",
    "precheck_rows",
]  # fmt: skip

PIECE = 2**20
"""Bytes of the file in one sealed piece."""
TAKES: tuple[Take, ...] = ("good", "all_or_none")
PIECE_IN = "INSERT INTO intake_deliverychunk (delivery_id, number, sealed) VALUES (%s, %s, %s)"


def check_may_deliver(*, acting: Acting, item: str, unit: str | None = None) -> tuple[Unit, schema.Item]:
    """The unit and the item, if the actor's unit reports this item; Problem otherwise."""
    code = unit or acting.unit
    if acting.kind in ("officer", "machine") and code != acting.unit:
        raise Problem("unit_not_own", "只能以本单位的名义报送数据。", "请由该单位的经办人报送。", status=403)
    found = Unit.objects.filter(code=code, active=True).first()
    if found is None:
        raise Problem("unit_unknown", f"没有代码为“{code}”的在用报送单位。", "请核对单位代码。", status=404)
    definition = law.item(item)
    if not UnitItem.objects.filter(unit=found, item_code=item).exists():
        what = f"{found.name}不是“{definition.name.zh}”的信源单位，不能报送这一条目。"
        raise Problem(
            "item_not_of_unit", what, "请核对所选目录条目；确由本单位产生的，请联系信用主管部门登记。", status=403
        )
    return found, definition


def pieces(data: bytes | BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    """The file in pieces of :data:`PIECE` bytes."""
    if isinstance(data, bytes):
        yield from (data[start : start + PIECE] for start in range(0, len(data), PIECE))
        return
    chunks = iter(lambda: data.read(PIECE), b"") if hasattr(data, "read") else data
    rest = b""
    for chunk in chunks:
        rest += chunk
        while len(rest) >= PIECE:
            yield rest[:PIECE]
            rest = rest[PIECE:]
    if rest:
        yield rest


def _store_pieces(delivery: Delivery, data: bytes | BinaryIO | Iterable[bytes], most: int) -> None:
    """Seal and keep the file; sets ``bytes`` and ``sha256``. Problem when it is empty or too large."""
    digest, size = hashlib.sha256(), 0
    with connection.cursor() as cursor:
        for number, piece in enumerate(pieces(data)):
            digest.update(piece)
            size += len(piece)
            if size > most:
                what = f"文件超过{most // PIECE}MB的上限。"
                raise Problem("file_too_big", what, "请拆成几个文件分批报送，或压缩成zip。", status=413)
            cursor.execute(PIECE_IN, [delivery.pk, number, crypto.seal(piece)])
    if size == 0:
        raise Problem("file_empty", "文件是空的（0字节），可能没有保存或没有传完。", "请重新导出或保存后再报送。")
    delivery.bytes, delivery.sha256 = size, digest.hexdigest()


def _earlier(delivery: Delivery) -> Delivery | None:
    """The committed delivery of the same bytes by the same unit for the same item."""
    same = Delivery.objects.filter(unit=delivery.unit_id, item=delivery.item_id, sha256=delivery.sha256)
    return same.filter(state="committed").exclude(pk=delivery.pk).order_by("-committed_at").first()


def _note(delivery: Delivery, action: str, acting: Acting, at: dt.datetime, **after: Any) -> None:
    history.note(
        acting=acting, at=at, action=f"intake.{action}", object_type="delivery", object_id=delivery.pk,
        after={"state": delivery.state, **after},
    )  # fmt: skip


@transaction.atomic
def do_receive(
    *, acting: Acting, at: dt.datetime, item: str, filename: str, data: bytes | BinaryIO | Iterable[bytes],
    unit: str | None = None, report_on: dt.date | None = None, channel: str = "file", edition: str = "",
    take: str = "", max_bytes: int | None = None, defer: bool = True,
) -> Delivery:  # fmt: skip
    """Keep a delivered file, sealed, and have it read. The same file again is ``repeated`` and changes nothing."""
    owner, definition = check_may_deliver(acting=acting, item=item, unit=unit)
    check_edition(definition, edition or None)
    day = report_on or clock.today()
    if day > clock.today():
        raise Problem("report_in_future", "报送日期不能晚于今天。", "请核对报送日期。")
    delivery = Delivery(
        unit=owner, item_id=definition.code, edition=edition, channel=channel, filename=filename[-255:], bytes=0,
        sha256="", report_on=day, take=take, created_by=acting.id, created_by_name=acting.name, created_at=at,
    )  # fmt: skip
    delivery.save(force_insert=True)
    with transaction.atomic():
        _store_pieces(delivery, data, max_bytes or settings.MAX_UPLOAD_BYTES)
        earlier = _earlier(delivery)
        transaction.set_rollback(earlier is not None)  # a repeated file is not kept a second time
    if earlier is not None:
        _mark_repeated(delivery, earlier)
    delivery.save()
    _note(delivery, "receive", acting, at, item=item, bytes=delivery.bytes, sha256=delivery.sha256)
    if defer and delivery.state == "received":
        later("intake.read", delivery.pk)
    return delivery


def _mark_repeated(delivery: Delivery, earlier: Delivery) -> None:
    """Says when the same file was committed, and under which receipt."""
    delivery.state = "repeated"
    at = earlier.committed_at.astimezone(clock.CHINA) if earlier.committed_at else None
    delivery.summary = {
        "earlier": str(earlier.pk), "receipt_no": earlier.receipt_no, "committed_at": at.isoformat() if at else None
    }  # fmt: skip
    delivery.problem = {
        "code": "file_repeated",
        "what": f"同一文件已于{at:%Y年%m月%d日%H:%M}入库，回执号{earlier.receipt_no}。本次没有改变任何数据。",
        "next": "不需要再次报送；如内容有更正，请修改后再报送。",
    }


def locked(delivery_id: uuid.UUID) -> Delivery:
    """The delivery, held until the transaction ends; Problem when there is none."""
    found = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if found is None:
        raise Problem("delivery_unknown", "没有这一批数据。", "请返回列表重新选择。", status=404)
    return found


def _own(delivery_id: uuid.UUID, acting: Acting, target: str) -> Delivery:
    delivery = locked(delivery_id)
    if acting.kind in ("officer", "machine") and acting.unit != delivery.unit_id:
        raise Problem("not_own_delivery", "这不是贵单位的批次。", "请由报送单位的经办人办理。", status=403)
    check_step(delivery.state, target)
    return delivery


@transaction.atomic
def do_confirm_mapping(
    *, acting: Acting, at: dt.datetime, delivery_id: uuid.UUID, edition: str, mapping: dict[str, str | None],
    defer: bool = True,
) -> Delivery:  # fmt: skip
    """The clerk has said which column is which field: remember it for the unit, and have every row checked."""
    delivery = _own(delivery_id, acting, "checking")
    item = law.item(delivery.item_id)
    try:
        form = item.edition(edition)
    except KeyError:
        raise Problem("edition_unknown", f"没有“{edition}”这一表式。", "请从该条目的表式中选择。") from None
    staging.check_mapping(mapping, form)
    headers = [str(name) for name in delivery.layout.get("columns", list(mapping))]
    MappingMemory.objects.update_or_create(
        unit_id=delivery.unit_id, item_id=delivery.item_id, edition=edition, headers_key=header_signature(headers),
        defaults={"mapping": mapping, "updated_at": at},
    )  # fmt: skip
    delivery.edition, delivery.mapping, delivery.state = edition, mapping, "checking"
    delivery.progress, delivery.problem = 0, None
    delivery.save()
    _note(delivery, "confirm_mapping", acting, at, edition=edition)
    if defer:
        later("intake.check", delivery.pk)
    return delivery


def check_commit(delivery: Delivery, take: str) -> None:
    """Whether the rows may be taken so; Problem otherwise."""
    if take not in TAKES:
        raise Problem("take_unknown", "没有这种入库方式。", "请选择“合格的入库”或“全部合格才入库”。")
    if take == "all_or_none" and delivery.refused:
        what = f"有{delivery.refused}行不合格，按“全部合格才入库”的选择，本批一行也没有入库。"
        raise Problem("not_all_good", what, "请下载不合格行改正后重新报送，或改为只收合格行。")
    if not delivery.good:
        what = "没有可以入库的行：全部不合格，或者此前都已报送。"
        raise Problem("nothing_good", what, "请改正不合格的行后重新报送。")


@transaction.atomic
def do_commit(*, acting: Acting, at: dt.datetime, delivery_id: uuid.UUID, take: str, defer: bool = True) -> Delivery:
    """The clerk takes the good rows, or all or none: have them written."""
    delivery = _own(delivery_id, acting, "committing")
    check_commit(delivery, take)
    delivery.take, delivery.state, delivery.progress, delivery.problem = take, "committing", 0, None
    delivery.save()
    _note(delivery, "commit", acting, at, take=take)
    if defer:
        later("intake.commit", delivery.pk)
    return delivery


@transaction.atomic
def do_abandon(*, acting: Acting, at: dt.datetime, delivery_id: uuid.UUID) -> Delivery:
    """Give a delivery up before it is committed. Its file and findings are removed by the worker."""
    delivery = _own(delivery_id, acting, "abandoned")
    assert delivery.state in OPEN_STATES  # noqa: S101 - the table of steps says the same
    delivery.state = "abandoned"
    delivery.save()
    _note(delivery, "abandon", acting, at)
    later("intake.clear", delivery.pk)
    return delivery


@transaction.atomic
def do_submit_rows(
    *, acting: Acting, at: dt.datetime, item: str, rows: list[dict[str, Any]], edition: str | None = None,
    take: str = "good", unit: str | None = None,
) -> Delivery:  # fmt: skip
    """Rows by API become a delivery, which is read, checked and committed without further questions."""
    if take not in TAKES:
        raise Problem("take_unknown", "没有这种入库方式。", "take 请填 good 或 all_or_none。")
    if not rows:
        raise Problem("file_no_rows", "没有数据行。", "rows 请至少给一行。")
    data = orjson.dumps(rows, option=orjson.OPT_SORT_KEYS)
    filename = f"api-{at.astimezone(clock.CHINA):%Y%m%d-%H%M%S}.json"
    return do_receive(
        acting=acting, at=at, item=item, unit=unit, filename=filename, data=data, channel="api",
        edition=edition or "", take=take,
    )  # fmt: skip
