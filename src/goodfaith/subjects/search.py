"""Search of organisations by name, part of a name or number, over the n-gram array under GIN.

Four tiers, best first: the name itself, names that begin so, names that contain it, former names. Most
queries have few answers: one query fetches them all, and they are put in order here. A pair that half the
city has (有限, 公司) takes one LIMITed query a tier instead, in the order of the ids, so that PostgreSQL may
walk the primary key. The array's statistics tell it which way is shorter; what only rechecks stands inside
a CASE, because PostgreSQL would guess that a LIKE lets almost nothing through and sort the whole city.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from goodfaith.common.crypto import plain_name
from goodfaith.common.problems import Problem
from goodfaith.subjects.notation import normalise

SHORTEST, LONGEST = 2, 100
CODE_SHORTEST, USCC_LENGTH = 6, 18
MOST, FEW = 1000, 200
TIERS = ("exact", "prefix", "contains", "former")
PLAIN = "translate(upper(normalize({}, NFKC)), '•‧ ', '··')"
"""A stored name as :func:`goodfaith.common.crypto.plain_name` makes it, in SQL."""

COLUMNS = "o.subject_id, o.name, o.uscc, o.kind, o.status, o.area_code, o.former_names"
NAMES = f"SELECT {COLUMNS} FROM subjects_organisation o WHERE "  # noqa: S608 - constants only
NUMBERED = "SELECT i.subject_id FROM open.organisation_identifier i WHERE i.value = %s"
_code = re.compile(r"[0-9A-Z]{6,50}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Hit:
    """One organisation found; ``tier`` says how: exact, prefix, contains, former, code."""

    subject_id: UUID
    name: str
    uscc: str | None
    kind: str
    status: str
    area_code: str
    former_names: list[str]
    tier: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``after`` is given to the next call to go on; None at the end. ``count`` is capped: see ``count_text``."""

    hits: Sequence[Hit]
    count: int
    after: str | None
    hint: str = ""

    @property
    def count_text(self) -> str:
        """``37``, or ``1000+``."""
        return f"{MOST}+" if self.count > MOST else str(self.count)


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _pairs(plain: str) -> list[str]:
    return sorted({plain[i : i + 2] for i in range(len(plain) - 1)})


NAME, FORMER = PLAIN.format("o.name"), PLAIN.format("array_to_string(o.former_names, '|')")
TIER = {
    "exact": f"{NAME} = %(plain)s",
    "prefix": f"{NAME} LIKE %(prefix)s AND {NAME} <> %(plain)s",
    "contains": f"{NAME} LIKE %(part)s AND {NAME} NOT LIKE %(prefix)s",
    "former": f"o.former_names <> '{{}}' AND {FORMER} LIKE %(part)s AND {NAME} NOT LIKE %(part)s",
}
"""The condition of each tier. Every organisation is in one tier at most."""
ANY = f"({NAME} LIKE %(part)s OR {FORMER} LIKE %(part)s)"


def _given(plain: str, tier: str | None = None) -> dict[str, Any]:
    """The parameters of a query for one tier, or for all."""
    pairs, like = _pairs(plain), _like(plain)
    ends = {"exact": ["^" + plain[0], plain[-1] + "$"], "prefix": ["^" + plain[0]]}.get(tier or "", [])
    return {"grams": ends + pairs, "plain": plain, "prefix": f"{like}%", "part": f"%{like}%"}


def _where(condition: str) -> str:
    return f"o.grams @> %(grams)s::varchar[] AND CASE WHEN {condition} THEN TRUE ELSE FALSE END"


def _tier_of(hit: Hit, plain: str) -> str:
    name = plain_name(hit.name)
    if name == plain:
        return "exact"
    if name.startswith(plain):
        return "prefix"
    return "contains" if plain in name else "former"


def _few(plain: str) -> list[Hit] | None:
    """All answers, best first; None when there are too many to fetch them all."""
    with connection.cursor() as cursor:
        cursor.execute(f"{NAMES}{_where(ANY)} LIMIT {FEW}", _given(plain))
        hits = [Hit(*(*row, "")) for row in cursor.fetchall()]
    if len(hits) == FEW:
        return None
    ranked = [replace(hit, tier=_tier_of(hit, plain)) for hit in hits]
    return sorted(ranked, key=_place)


def ids_of_name(text: str, limit: int) -> list[UUID] | None:
    """At most ``limit`` organisations with ``text`` in their name, present or former; None for under two characters."""
    plain = plain_name(text)
    if len(plain) < SHORTEST:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT o.subject_id FROM subjects_organisation o WHERE {_where(ANY)} LIMIT %(limit)s",  # noqa: S608
            {**_given(plain), "limit": limit},
        )
        return [row[0] for row in cursor.fetchall()]


def _place(hit: Hit) -> tuple[int, UUID]:
    return TIERS.index(hit.tier), hit.subject_id


def _rows(tier: str, plain: str, limit: int, after: UUID | None) -> list[Hit]:
    since = "AND o.subject_id > %(after)s" if after else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{NAMES}{_where(TIER[tier])} {since} ORDER BY o.subject_id LIMIT %(limit)s",
            {**_given(plain, tier), "after": after, "limit": limit},
        )
        return [Hit(*(*row, tier)) for row in cursor.fetchall()]


def _count(plain: str) -> int:
    """Names, present and former, that contain it; stops counting past :data:`MOST`."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM subjects_organisation o WHERE {_where(ANY)}"  # noqa: S608
            f" LIMIT {MOST + 1}) n",
            _given(plain),
        )
        return int(cursor.fetchone()[0])


def _by_code(code: str, limit: int) -> SearchResult:
    """Credit codes that begin so (six characters suffice); else organisations with that very number of any kind."""
    tries: tuple[tuple[str, Any], ...] = (
        (f"{NAMES}o.uscc LIKE %s ORDER BY o.uscc USING ~<~ LIMIT %s", code + "%"),
        (f"{NAMES}o.subject_id IN ({NUMBERED}) ORDER BY o.subject_id LIMIT %s", code),
    )
    for query, value in tries:
        with connection.cursor() as cursor:
            cursor.execute(query, [value, limit])
            hits = [Hit(*(*row, "code")) for row in cursor.fetchall()]
        if hits:
            return SearchResult(hits, len(hits), None)
    return SearchResult([], 0, None)


def _page(hits: list[Hit], limit: int, count: int) -> SearchResult:
    """The first ``limit`` of ``hits``, and where to go on when there are more."""
    more = f"{hits[limit - 1].tier}.{hits[limit - 1].subject_id}" if len(hits) > limit else None
    return SearchResult(hits[:limit], count, more)


def _many(plain: str, limit: int, start: int, since: UUID | None) -> SearchResult:
    hits: list[Hit] = []
    for index in range(start, len(TIERS)):
        hits += _rows(TIERS[index], plain, limit + 1 - len(hits), since if index == start else None)
        if len(hits) > limit:
            break
    return _page(hits, limit, _count(plain))


def _names(plain: str, limit: int, after: str | None) -> SearchResult:
    tier, _sep, last = (after or f"{TIERS[0]}.").partition(".")
    start, since = TIERS.index(tier), UUID(last) if last else None
    few = _few(plain)
    if few is None:
        return _many(plain, limit, start, since)
    return _page([hit for hit in few if since is None or _place(hit) > (start, since)], limit, len(few))


def search_organisations(q: str, *, limit: int = 20, after: str | None = None) -> SearchResult:
    """Organisations whose name, former name or number fits ``q``. A query too short answers with a hint.

    ``after``: what the call before returned as ``after``; Problem ``page_unknown`` when it is none of ours.
    """
    plain = plain_name(q)[:LONGEST]
    if len(plain) < SHORTEST:
        return SearchResult([], 0, None, _("请至少输入名称中的两个字，或统一社会信用代码的前6位。"))
    code = normalise(q)
    try:
        if _code.fullmatch(code) and any(c.isdigit() for c in code):
            found = _by_code(code, limit)
            if found.hits:
                return found
        return _names(plain, limit, after)
    except ValueError as error:
        raise Problem("page_unknown", _("翻页参数不正确。"), _("请回到第一页重新查询。"), status=400) from error
