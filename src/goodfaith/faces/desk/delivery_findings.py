"""What was found in a delivery's rows, as the gate hands it out: groups, a filtered list, the preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.faces.desk import delivery_words as words
from goodfaith.faces.desk.delivery_forms import FindingFilter
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.cards import shown
from goodfaith.faces.parts.tables import Column, Table
from goodfaith.faces.parts.words import aside, named
from goodfaith.gate import queries as gate
from goodfaith.intake import messages
from goodfaith.intake.models import Delivery
from goodfaith.law.schema import Edition, ItemField
from goodfaith.subjects.masking import mask_id_number

STATES = ("checked", "committed")
PAGE = 50
STEP = 2_000
STEPS = 10
"""A filter looks at STEP × STEPS findings for one page, then goes on with the next."""
FIRST_COLUMNS = 6
PREVIEW = 20


@dataclass(frozen=True)
class Asked:
    """What the officer wants to see: the kind of finding, narrowed to a code or a field, after an id."""

    show: str
    code: str = ""
    field: str = ""
    after: int = 0

    @property
    def narrowed(self) -> bool:
        """Whether findings have to be picked out."""
        return bool(self.code or self.field)


def section(acting: Acting, delivery: Delivery, query: QueryDict) -> dict[str, Any]:
    """Tabs, and what the present tab shows. One look through the gate for each page of findings."""
    levels = _levels(delivery)
    asked = _asked(query, [level for level, _count in levels])
    tabs = [
        (f"{words.level_name(level)} {count:,}", f"?show={level}#findings", level == asked.show)
        for level, count in levels
    ]
    found = {"show": asked.show, "tabs": tabs, "asked": asked}
    if asked.show == "preview":
        return found | _preview(acting, delivery)
    rows, after = gathered(acting, delivery, asked)
    return found | {
        "table": _table(delivery, rows, asked.show),
        "rows": rows,
        "codes": _codes(delivery, asked),
        "fields": _fields(delivery) if asked.show == "refused" else [],
        "next_url": _url(asked, after) if after else "",
        "first_url": _url(asked, 0) if asked.after else "",
    }


def _levels(delivery: Delivery) -> list[tuple[str, int]]:
    """The kinds of findings that there are, with their counts, those to be mended first."""
    counts = [("refused", delivery.refused), ("warning", delivery.warned), ("repeated", delivery.repeated)]
    listed = [(level, count) for level, count in counts if count]
    if delivery.state == "checked" and delivery.good:
        listed.append(("preview", min(PREVIEW, delivery.good)))
    return listed


def _asked(query: QueryDict, levels: list[str]) -> Asked:
    form = FindingFilter(query)
    said = form.cleaned_data if form.is_valid() else {}
    show = said.get("show") or ""
    first = levels[0] if levels else ""
    if show not in levels:
        return Asked(first)
    return Asked(show, said.get("code") or "", said.get("field") or "", said.get("after") or 0)


def gathered(acting: Acting, delivery: Delivery, asked: Asked) -> tuple[list[gate.Finding], int]:
    """One page of findings, and the id after which the next begins (0: there is none)."""
    if not asked.show:
        return [], 0
    kept: list[gate.Finding] = []
    after, step = asked.after, STEP if asked.narrowed else PAGE + 1
    for _turn in range(STEPS):
        found = gate.open_delivery(acting, delivery.pk, [asked.show], after=after, limit=step)
        kept += [one for one in found if _fits(one, asked)]
        if len(kept) > PAGE:
            return kept[:PAGE], kept[PAGE - 1].id
        if len(found) < step:
            return kept, 0
        after = found[-1].id
    return kept, after


def _fits(one: gate.Finding, asked: Asked) -> bool:
    return asked.code in ("", one.code) and asked.field in ("", one.field or "")


def _url(asked: Asked, after: int) -> str:
    query = QueryDict(mutable=True)
    query.update({"show": asked.show, "code": asked.code, "field": asked.field, "after": str(after or "")})
    return f"?{'&'.join(part for part in query.urlencode().split('&') if not part.endswith('='))}#findings"


def _codes(delivery: Delivery, asked: Asked) -> list[dict[str, Any]]:
    """The findings by code with their counts, most first; a link narrows the list to one."""
    known: dict[str, int] = delivery.summary.get({"refused": "codes", "warning": "warnings"}.get(asked.show, ""), {})
    most = max(known.values(), default=1)
    listed = sorted(known.items(), key=lambda pair: -pair[1])
    return [
        {
            "code": code, "title": words.title(code), "says": f"{count:,}", "here": code == asked.code,
            "share": max(1, round(100 * count / most)), "url": _url(Asked(asked.show, code), 0),
        }
        for code, count in listed
    ]  # fmt: skip


def _fields(delivery: Delivery) -> list[tuple[str, str]]:
    """The fields in which rows were refused: (code, name with count)."""
    names = _names(_edition(delivery))
    listed = sorted(delivery.summary.get("fields", {}).items(), key=lambda pair: -pair[1])
    return [(code, names.get(code, code) + aside(f"{count:,}")) for code, count in listed]


def _edition(delivery: Delivery) -> Edition:
    return lawbook.item(delivery.item_id).edition(delivery.edition)


def _names(edition: Edition) -> dict[str, str]:
    return {field.code: named(field.name) for field in edition.fields}


def _table(delivery: Delivery, rows: list[gate.Finding], level: str) -> Table:
    """Row, field, value, and how to mend it."""
    names = _names(_edition(delivery))
    secret = {field.code for field in _edition(delivery).fields if field.sensitivity == "person_number"}
    columns = [
        Column("row", _("行号"), "num"),
        Column("field", _("栏目")),
        Column("value", _("填写的内容")),
        Column("say", _("怎样改正") if level == "refused" else _("说明"), "main"),
    ]
    shown_rows = [
        {
            "row": one.row,
            "field": names.get(one.field or "", _("整行")),
            "value": _value(one, secret),
            "say": messages.told(one.code, one.message, one.value),
        }
        for one in rows
    ]
    return Table("findings-table", columns=columns, rows=shown_rows)


def _value(one: gate.Finding, secret: set[str]) -> str | None:
    """The cell as it was delivered. A person's number is shown whole only where it has to be mended."""
    if one.value in (None, ""):
        return _("（空）") if one.field else None
    return mask_id_number(one.value) if one.field in secret and one.level != "refused" else str(one.value)


def _preview(acting: Acting, delivery: Delivery) -> dict[str, Any]:
    """The first good rows as they will stand."""
    rows = gate.open_delivery(acting, delivery.pk, ["preview"], limit=PREVIEW)
    edition = _edition(delivery)
    filled = {code for one in rows for code in one.value}
    fields = [field for field in edition.fields if field.code in filled]
    columns = [Column("row", _("行号"), "num")]
    first = _first(edition, [field.code for field in fields])
    kinds = {"date": "day"}
    columns += [Column(f.code, named(f.name), kinds.get(f.type, "text"), shown=f.code in first) for f in fields]
    lines = [{"row": one.row, **_cells(fields, one.value)} for one in rows]
    table = Table("preview-table", columns=columns, rows=lines, folds=False)
    return {"table": table, "rows": rows}


def _first(edition: Edition, codes: list[str]) -> set[str]:
    """The columns that a preview shows at once: whom, which document, when, by whom; then as many as fit."""
    subject = edition.subject
    told = (subject.name, subject.uscc, edition.document_no, edition.decided_on, edition.authority, *codes)
    return set(list(dict.fromkeys(code for code in told if code in codes))[:FIRST_COLUMNS])


def _cells(fields: list[ItemField], values: dict[str, str]) -> dict[str, str]:
    """A good row's fields as a reader sees them."""
    return {field.code: shown(field, values[field.code]) for field in fields if field.code in values}
