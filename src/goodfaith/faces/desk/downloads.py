"""Files that the desk hands out: the workbook of refused rows, the list of deliveries."""

from __future__ import annotations

import csv
import itertools
import tempfile
from collections.abc import Iterator
from typing import Any, TypeVar, cast
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.faces.desk.work_words import delivery_tag
from goodfaith.faces.parts.words import moment, named
from goodfaith.gate import queries as gate
from goodfaith.intake import messages, staging, workbook
from goodfaith.intake.models import Delivery
from goodfaith.law import queries as law

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
STEP = 5_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Answer = TypeVar("Answer", bound=HttpResponseBase)


def attached(response: Answer, filename: str, kind: str) -> Answer:
    """``response`` as a file to save."""
    response["Content-Type"] = TYPES[kind]
    response["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(filename, safe='')}"
    return response


def refusals(acting: Acting, delivery: Delivery) -> dict[int, dict[str, tuple[str, str]]]:
    """Sheet row → column (the field's name when it has no column, "" for the whole row) → (code, sentence)."""
    columns = {code: column for column, code in delivery.mapping.items() if code}
    names = {field.code: field.name.zh for field in law.item(delivery.item_id).edition(delivery.edition).fields}
    rows: dict[int, dict[str, tuple[str, str]]] = {}
    for found in _all_refused(acting, delivery):
        place = columns.get(found.field or "") or names.get(found.field or "", "")
        say = messages.told(found.code, found.message, found.value)
        said = rows.setdefault(found.row, {}).get(place)
        rows[found.row][place] = (said[0], f"{said[1]}\n{say}") if said else (found.code, say)
    return rows


def _all_refused(acting: Acting, delivery: Delivery) -> Iterator[gate.Finding]:
    after = 0
    while found := gate.open_delivery(acting, delivery.pk, ["refused"], after=after, limit=STEP):
        yield from found
        after = found[-1].id


def _rows(table: staging.Table, wanted: dict[int, dict[str, tuple[str, str]]]) -> Iterator[workbook.RefusedRow]:
    """The refused rows as they were delivered, in the order of the sheet."""
    left = len(wanted)
    for batch in table.batches():
        for cells in batch.select("__row", *table.columns).iter_rows():
            if cells[0] in wanted:
                yield cells[0], cells[1:], wanted[cells[0]]
                left -= 1
        if not left:
            return


def refused_file(request: HttpRequest, acting: Acting, delivery: Delivery) -> FileResponse:
    """The refused rows with their cells marked, as a workbook that can be mended and delivered again."""
    wanted = refusals(acting, delivery)
    if not wanted:
        raise Problem("nothing_refused", _("本批没有未通过的行。"), _("不需要下载。"), status=404)
    pieces = gate.open_delivery_file(acting, delivery.pk)
    first = next(pieces, None)
    if first is None:
        what, then = _("本批文件已经清除，不能再生成带标注的文件。"), _("请按清单在原文件中改正后重新报送。")
        raise Problem("file_gone", what, then, status=410)
    item = law.item(delivery.item_id)
    whole = itertools.chain([first], pieces)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with staging.table(whole, delivery.bytes, delivery.filename, delivery.channel, item) as table:
        workbook.refused_workbook(cast(Any, out), table.columns, None, _rows(table, wanted))
    out.seek(0)
    stem = delivery.filename.rsplit(".", 1)[0][:80]
    return attached(FileResponse(out), _("未通过-%(name)s.xlsx") % {"name": stem}, "xlsx")


class Echo:
    """A file whose write gives back what was written, for csv to stream through."""

    def write(self, value: str) -> str:
        return value


def list_lines(deliveries: Iterator[Delivery]) -> Iterator[str]:
    """The list of deliveries as lines of CSV, with a byte-order mark for spreadsheets."""
    writer = csv.writer(cast(Any, Echo()))
    heads = [_("收到时间"), _("报送单位"), _("目录条目"), _("文件名"), _("状态"), _("总行数"), _("合格"), _("未通过"),
             _("重复"), _("提醒"), _("超期"), _("回执号"), _("入库时间"), _("经办人"), "SHA-256"]  # fmt: skip
    yield "\ufeff" + cast(str, writer.writerow(heads))
    for one in deliveries:
        yield cast(str, writer.writerow([_plain(cell) for cell in _cells(one)]))


def _cells(one: Delivery) -> list[object]:
    item = named(law.item(one.item_id).name)
    return [
        moment(one.created_at), one.unit.name, item, one.filename, delivery_tag(one.state)[1], one.rows, one.good,
        one.refused, one.repeated, one.warned, one.late, one.receipt_no or "",
        moment(one.committed_at) if one.committed_at else "", one.created_by_name, one.sha256,
    ]  # fmt: skip


def _plain(cell: object) -> str:
    """A cell that a spreadsheet would run as a formula is made text."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
