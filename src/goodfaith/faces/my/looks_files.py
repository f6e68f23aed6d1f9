"""The list of looks as a file for oneself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.faces.my.looking import Look
from goodfaith.faces.parts.words import listed, moment

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(looks: Iterable[Look]) -> HttpResponse:
    """``{made_at, looks: [...]}``; each look with its codes and its words."""
    body = {"made_at": clock.now().isoformat(), "looks": [_facts(look) for look in looks]}
    return attached(orjson.dumps(body, option=orjson.OPT_INDENT_2), "application/json", "json")


def as_csv(looks: Iterable[Look]) -> HttpResponse:
    """One line a look, with a byte-order mark for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("编号"), _("时间"), _("谁"), _("目的"), _("办理事项"), _("办件编号或事由"), _("信息范围"),
                     _("结果"), _("说明"), _("推迟告知")])  # fmt: skip
    writer.writerows([_plain(cell) for cell in _cells(look)] for look in looks)
    return attached(("\ufeff" + out.getvalue()).encode(), "text/csv; charset=utf-8", "csv")


def attached(body: bytes, kind: str, ending: str, stem: str = "who-looked") -> HttpResponse:
    """An answer to save, named by what it is and the day."""
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{stem}-{clock.today().isoformat()}.{ending}"'
    return response


def _facts(look: Look) -> dict[str, object]:
    entry = look.entry
    return {
        "entry": entry.id,
        "at": entry.at.isoformat(),
        "who": look.who,
        "unit": entry.unit,
        "purpose": entry.purpose,
        "purpose_name": look.why,
        "matter": entry.matter,
        "case_no": entry.case_no,
        "items": entry.items,
        "consents": [str(one) for one in entry.consents or []],
        "outcome": entry.outcome,
        "refusal": entry.refusal,
        "records": entry.records,
        "in_words": look.seen,
        "told_late": look.told_late and look.told_late.words,
    }


def _cells(look: Look) -> list[object]:
    entry = look.entry
    return [entry.id, moment(entry.at), look.who, look.why, look.matter, entry.case_no or "", listed(look.items),
            look.tag.text, look.seen, look.told_late.words if look.told_late else ""]  # fmt: skip


def _plain(cell: object) -> str:
    """A cell that a spreadsheet would run as a formula is made text."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
