"""``goodfaith packs check``: everything a pack must not get wrong, each finding with file and line.

The shape is :mod:`goodfaith.law.schema`'s business; here are the references, the dates and the boundaries.
Needs no database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from goodfaith.law import packs
from goodfaith.law.check_boundaries import check_boundaries
from goodfaith.law.check_display import check_item_display, check_rule
from goodfaith.law.check_editions import check_editions
from goodfaith.law.check_governing import check_assessment, check_campaign, check_department
from goodfaith.law.check_items import (
    check_disclosure,
    check_document,
    check_domain,
    check_item_bases,
    check_item_references,
    check_occupations,
)
from goodfaith.law.check_limits import check_limit
from goodfaith.law.check_measures import check_measure
from goodfaith.law.check_people import check_people
from goodfaith.law.check_purposes import check_matter, check_purpose
from goodfaith.law.check_repairs import check_item_levels, check_repair
from goodfaith.law.domains import DOMAINS as DOMAINS  # the schema points here
from goodfaith.law.findings import Finding
from goodfaith.law.packs import Catalogue, Defined, Loaded

Check = Callable[[Defined, Catalogue], Iterator[Finding]]


def _check_codes(code_list: Defined, _: Catalogue) -> Iterator[Finding]:
    """Codes once; an alias or name leads to one code only (entries of different times may share a name)."""
    seen: dict[str, int] = {}
    for n, entry in enumerate(code_list.value.entries):
        first = seen.setdefault(entry.code, n)
        if first != n and code_list.value.entries[first].valid.meets(entry.valid):
            what = f"代码“{entry.code}”写了两次。"
            yield code_list.finding("duplicate_code", what, "请删去重复的一项。", "entries", n, "code")
    owner: dict[str, str] = {}
    for n, entry in enumerate(code_list.value.entries):
        for k, alias in enumerate(entry.aliases):
            if owner.setdefault(alias, entry.code) != entry.code:
                what = f"别名“{alias}”同时指 {owner[alias]} 和 {entry.code}。"
                yield code_list.finding("alias_clash", what, "请删去其中一处。", "entries", n, "aliases", k)


def _check_area(area: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    entry = area.value
    if entry.successor is not None and entry.successor not in catalogue.areas:
        what = f"区划“{entry.code}”的后继“{entry.successor}”不存在。"
        yield area.finding("area_unknown", what, "请补上后继区划，或改正代码。", "successor")
    earlier = [each for each in catalogue.areas[entry.code] if each is not entry]
    if any(each.valid.meets(entry.valid) for each in earlier):
        what = f"区划代码“{entry.code}”在同一时间写了两次。"
        yield area.finding("duplicate_code", what, "请删去一处，或写明各自的 valid 期间。", "code")


CHECKS: dict[str, tuple[Check, ...]] = {
    "items": (
        check_domain, check_document, check_disclosure, check_occupations, check_item_references,
        check_item_bases, check_editions, check_people, check_item_display, check_item_levels, check_boundaries,
    ),
    "repairs": (check_repair,),
    "display_rules": (check_rule,),
    "limits": (check_limit,),
    "departments": (check_department,),
    "assessments": (check_assessment,),
    "campaigns": (check_campaign,),
    "code_lists": (_check_codes,),
    "purposes": (check_purpose,),
    "matters": (check_matter,),
    "measures": (check_measure,),
    "areas": (_check_area,),
}  # fmt: skip

UNKNOWN: dict[str, str] = {
    "instrument_unknown": "instruments",
    "code_list_unknown": "code_lists",
    "repair_unknown": "repairs",
    "display_rule_unknown": "display_rules",
    "sector_unknown": packs.PACK_FILE,
    "item_unknown": "items",
    "purpose_unknown": "purposes",
    "matter_unknown": "matters",
    "area_unknown": "areas",
}
"""Findings that say nothing while a file that may hold the thing cannot be read."""


def check(directory: Path) -> list[Finding]:
    """All findings about a packs folder, or about one pack's folder, in order of file and line."""
    return check_loaded(packs.load(directory))


def check_loaded(loaded: Loaded) -> list[Finding]:
    """The same for packs already read."""
    catalogue = packs.catalogue_of(loaded.definitions)
    found = set(loaded.findings)
    found.update(_twice(loaded))
    for each in loaded.definitions:
        if each.pack in loaded.shown:
            for one in CHECKS.get(each.kind, ()):
                found.update(one(each, catalogue))
    return sorted(each for each in found if UNKNOWN.get(each.code) not in loaded.broken)


def _twice(loaded: Loaded) -> Iterator[Finding]:
    """A code is defined once over all packs."""
    first: dict[tuple[str, str], Defined] = {}
    for each in loaded.definitions:
        before = first.setdefault((each.kind, each.code), each)
        if before is not each and each.kind != "areas" and each.pack in loaded.shown:
            where = f"{before.file.name}:{before.file.line(before.path)}"
            what = f"代码“{each.code}”在 {where} 已经定义过。"
            yield each.finding("duplicate_code", what, "请删去一处，或改用别的代码。", "code")
