"""What the pages of a delivery show, from the delivery's own facts; no row of the file."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goodfaith.faces.desk import delivery_words as words
from goodfaith.faces.desk.delivery_forms import MappingForm
from goodfaith.faces.desk.work_words import delivery_tag, item_name
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.templatetags.goodfaith_parts import status_tag
from goodfaith.faces.parts.words import aside, day, moment, named
from goodfaith.intake.models import Delivery
from goodfaith.intake.remembering import Proposed

TEMPLATES = {
    "received": "busy", "checking": "busy", "committing": "busy", "checked": "checked", "committed": "committed",
    "repeated": "ended", "failed": "ended", "abandoned": "ended",
}  # fmt: skip
"""Template of each state; ``mapped`` has a page of its own."""
MAY_ABANDON = ("mapped", "checked", "failed")
"""States in which the pages offer to give a delivery up."""
KINDS = {"csv": "CSV", "xlsx": "XLSX", "xls": "XLS"}
KIB, MIB = 2**10, 2**20
WHOLE = 100
"""Per cent."""


def tag(kind_and_text: tuple[str, str]) -> SafeString:
    """A status tag."""
    return status_tag(*kind_and_text)


def size(count: int) -> str:
    """Bytes in words."""
    if count < MIB:
        return f"{max(1, round(count / KIB)):,} KiB"
    return f"{count / MIB:,.1f} MiB"


def frame(found: Delivery, *, own: bool) -> dict[str, Any]:
    """What every page of a delivery has."""
    has_columns = bool(found.layout.get("columns"))
    at = words.place(found.state, has_columns=has_columns)
    return {
        "work": "deliveries",
        "crumbs": [(_("收件"), reverse("desk:deliveries")), (found.filename, "")],
        "delivery": found,
        "item": lawbook.item(found.item_id),
        "item_name": item_name(found.item_id),
        "negative": lawbook.item(found.item_id).polarity == "negative",
        "own": own,
        "tag": tag(delivery_tag(found.state)),
        "steps": words.steps() if at is not None else [],
        "at": at,
        "has_columns": has_columns,
        "facts": _facts(found),
        "events": _events(found),
        "count": {name: f"{getattr(found, name):,}" for name in ("rows", "good", "refused")},
        "done": f"{found.progress / WHOLE:.2f}",
        "busy_label": words.busy_label(found.state, found.progress) if found.state in words.BUSY else "",
    }


def _facts(found: Delivery) -> list[tuple[str, str]]:
    """Where it came from and how it was read."""
    layout = found.layout
    read = [KINDS.get(layout.get("kind") or "", ""), layout.get("encoding") or ""]
    sheet = _("工作表“%(name)s”") % {"name": layout["sheet"]} if layout.get("sheet") else ""
    header = _("表头在第%(row)s行") % {"row": layout["header_row"]} if layout.get("header_row") else ""
    return [
        (_("报送单位"), found.unit.name),
        (_("经办人"), found.created_by_name),
        (_("收到时间"), moment(found.created_at)),
        (_("报送日期"), day(found.report_on)),
        (_("文件大小"), size(found.bytes)),
        (_("读取方式"), _("，").join(part for part in (*read, sheet, header) if part)),
        (_("采用表式"), _edition_name(found)),
    ]


def _events(found: Delivery) -> list[dict[str, Any]]:
    """What happened to it, newest first."""
    who = found.created_by_name
    listed = [
        (found.committed_at, _("入库"), found.receipt_no or "", "order"),
        (found.checked_at, _("逐行检查完毕"), "", ""),
        (found.created_at, _("收到文件"), who, ""),
    ]
    return [{"at": at, "title": title, "text": text, "kind": kind} for at, title, text, kind in listed if at]


def _edition_name(found: Delivery) -> str:
    editions = lawbook.item(found.item_id).editions
    return next((named(one.name) for one in editions if one.code == found.edition), "")


def counts(found: Delivery) -> dict[str, Any]:
    """The figures of a checked or committed delivery: (label, value, note)."""
    limit = _("超过规定时限的合格行")
    figures = [
        (_("总行数"), f"{found.rows:,}", ""),
        (_("合格"), f"{found.good:,}", _("可以入库") if found.state == "checked" else ""),
        (_("未通过"), f"{found.refused:,}", _("不会入库") if found.refused else ""),
        (_("重复"), f"{found.repeated:,}", _("以前报过或文件内重复") if found.repeated else ""),
        (_("有提醒"), f"{found.warned:,}", _("不影响入库") if found.warned else ""),
        (_("超期"), f"{found.late:,}", limit if found.late else ""),
    ]
    return {"figures": figures, "receipt": _receipt(found)}


def _receipt(found: Delivery) -> list[tuple[str, str]]:
    """The lines of the receipt; empty before the commit."""
    if not found.receipt_no:
        return []
    taken = _("%(n)s行（新增%(added)s，更新%(revised)s）") % {
        "n": f"{found.added + found.revised:,}", "added": f"{found.added:,}", "revised": f"{found.revised:,}"
    }  # fmt: skip
    return [
        (_("回执号"), found.receipt_no),
        (_("报送单位"), found.unit.name),
        (_("目录条目"), item_name(found.item_id) + aside(found.item_id)),
        (_("文件"), found.filename + aside(f"{found.bytes:,} {_('字节')}")),
        ("SHA-256", found.sha256),
        (_("收到时间"), moment(found.created_at)),
        (_("入库时间"), moment(found.committed_at)),
        (_("总行数"), f"{found.rows:,}"),
        (_("入库"), taken),
        (_("未通过"), f"{found.refused:,}"),
        (_("重复未入库"), f"{found.repeated:,}"),
        (_("有提醒"), f"{found.warned:,}"),
        (_("超期报送"), f"{found.late:,}"),
        (_("经办人"), found.created_by_name),
    ]


def columns(proposed: Proposed, form: MappingForm) -> dict[str, Any]:
    """The page of the columns: each with its choice, and what lacks one."""
    sure = sum(1 for column in proposed.columns if proposed.mapping.get(column))
    return {
        "form": form,
        "edition": proposed.edition,
        "columns": [
            (column, form[f"column-{place}"], column in proposed.unknown)
            for place, column in enumerate(proposed.columns)
        ],
        "understood": sure,
        "missing": [named(field.name) for field in getattr(form, "missing", proposed.missing)],
        "unknown": proposed.unknown,
        "memory": proposed.memory,
        "asks_anyway": form.is_bound and bool(getattr(form, "missing", [])),
    }
