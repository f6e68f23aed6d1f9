"""The search of organisations by name, part of a name or code, as its page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.words import day, listed, named, number_kind
from goodfaith.subjects import queries as subjects
from goodfaith.subjects.models import Organisation
from goodfaith.subjects.numbers import check_id_number, normalise_id_number

PAGE = 20
LONGEST = 100
SHORTEST = 2
ID_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Hit:
    """An organisation found; ``name`` with the words asked for marked."""

    subject_id: Any
    name: SafeString
    uscc: str
    kind: str
    area: str
    status: str


@dataclass(frozen=True, slots=True)
class Page:
    """``state``: nothing (not asked), short (under two characters), none, person (a number of a person), found."""

    asked: str
    state: str
    hits: tuple[Hit, ...] = ()
    next_url: str = ""
    count: str = ""
    first_url: str = ""


def search(asked: str, after: str = "") -> Page:
    """The page of results for what was typed."""
    asked = re.sub(r"\s+", " ", asked.replace("\0", "")).strip()[:LONGEST]
    if len(asked) < SHORTEST:
        return Page(asked, "short" if asked else "nothing")
    found = _found(asked, after)
    if not found.hits:
        return _nothing(asked, found)
    more = f"?{urlencode({'q': asked, 'after': found.after})}" if found.after else ""
    hits = tuple(_hit(asked, hit) for hit in found.hits)
    return Page(asked, "found", hits, more, found.count_text, f"?{urlencode({'q': asked})}" if after else "")


def _nothing(asked: str, found: subjects.SearchResult) -> Page:
    """Why nothing was found. A person's number is not given back to the page."""
    number = normalise_id_number(asked)
    if len(number) == ID_LENGTH and check_id_number(number) is None:
        return Page("", "person")
    return Page(asked, "short" if found.hint else "none")


def _found(asked: str, after: str) -> subjects.SearchResult:
    """A place in the list that is none of ours is answered from the first page."""
    try:
        return subjects.search_organisations(asked, limit=PAGE, after=after or None)
    except Problem as problem:
        if problem.code != "page_unknown":
            raise
        return subjects.search_organisations(asked, limit=PAGE)


def _hit(asked: str, found: subjects.Hit) -> Hit:
    return Hit(found.subject_id, marked(found.name, asked), found.uscc or "", kind_name(found.kind),
               area_name(found.area_code), found.status)  # fmt: skip


def marked(name: str, asked: str) -> SafeString:
    """The name with the first place marked where it says what was asked."""
    at = name.casefold().find(asked.casefold())
    if at < 0 or len(name.casefold()) != len(name):
        return format_html("{}", name)
    end = at + len(asked)
    return format_html("{}<mark>{}</mark>{}", name[:at], name[at:end], name[end:])


def kind_name(kind: str) -> str:
    """The kind of an organisation in words."""
    return {
        "enterprise": _("企业"),
        "individual_business": _("个体工商户"),
        "public_institution": _("事业单位"),
        "social_organisation": _("社会组织"),
        "public_body": _("机关"),
        "cooperative": _("农民专业合作社"),
    }.get(kind, _("其他组织"))


def area_name(code: str) -> str:
    """The name of an area today, else the code."""
    if not code:
        return ""
    area = lawbook.book().area(code, clock.today())
    return named(area.name) if area else code


def facts_of(found: Organisation, codes: Iterable[subjects.CodeView]) -> list[tuple[str, Any]]:
    """Registration facts in the order in which a reader looks for them."""
    facts: list[tuple[str, Any]] = [
        (_("统一社会信用代码"), found.uscc or _("没有登记")),
        (_("组织类型"), kind_name(found.kind)),
        (_("登记状态"), found.status),
        (_("登记日期"), day(found.registered_on)),
        (_("所在地区"), area_name(found.area_code)),
    ]
    if found.former_names:
        facts.append((_("曾用名"), listed(found.former_names)))
    return facts + [(number_kind(n.kind), n.value) for n in codes if n.kind != "uscc"]
