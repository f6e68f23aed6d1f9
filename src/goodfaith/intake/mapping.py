"""Which column of a delivered file is which field of the item."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from goodfaith.intake.headers import plain
from goodfaith.law import schema

_BRACKETED = re.compile(r"[(\[【<《〔]([^)\]】>》〕]+)[)\]】>》〕]")
_UNITS = {"元", "万元", "千元", "亿元", "人民币元", "人民币万元", "平方米", "亩", "公顷", "吨", "%", "天", "月", "年"}


@dataclass(frozen=True)
class Proposal:
    """``mapping``: column → field code, or None when it is not used. ``missing``: required fields without a
    column; ``unknown``: columns that fit no field. ``score``: share of the columns that were understood.

    ``twice``: field → all columns that claim it (the first of them got it). ``units``: column → the unit its
    header names, where that is not the field's unit.
    """

    edition: str
    mapping: dict[str, str | None]
    missing: list[str]
    unknown: list[str]
    score: float
    twice: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)


def known_names(item: schema.Item) -> set[str]:
    """Codes, names and aliases of all fields of all editions; ``open_file`` finds the header row by them."""
    return {name for edition in item.editions for one in edition.fields for name in _names(one)}


def header_signature(columns: Sequence[str]) -> str:
    """SHA-256 (hex) of the headers, whatever their order, case, width and spacing."""
    forms = sorted(plain(column, brackets=False) for column in columns)
    return hashlib.sha256("\n".join(forms).encode()).hexdigest()


def propose(
    columns: Sequence[str],
    item: schema.Item,
    remembered: Mapping[str, str | None] | None = None,
    edition: str | None = None,
) -> Proposal:
    """The mapping for the edition that fits best (the newest of equals), or for ``edition`` when it is named.

    ``remembered``: {column: field code or None} as the unit had it last time; it wins over the names.
    """
    editions = [item.edition(edition)] if edition else item.editions
    return max((_for_edition(columns, one, remembered or {}) for one in editions), key=_fitness)


def _fitness(proposal: Proposal) -> int:
    return sum(1 for code in proposal.mapping.values() if code) - len(proposal.missing)


def _for_edition(
    columns: Sequence[str], edition: schema.Edition, remembered: Mapping[str, str | None]
) -> Proposal:
    fields = {one.code: one for one in edition.fields}
    memory = {plain(column, brackets=False): code for column, code in remembered.items()}
    claims = _claims(columns, edition, {form: code for form, code in memory.items() if code in fields or not code})
    mapping: dict[str, str | None] = dict.fromkeys(columns)
    claimed: dict[str, list[str]] = {}
    for _, column, code in sorted(claims, key=lambda claim: claim[0]):
        claimed.setdefault(code, []).append(column)
    for code, claiming in claimed.items():
        mapping[claiming[0]] = code
    taken = set(claimed)
    forgotten = {column for column in columns if memory.get(plain(column, brackets=False), "") is None}
    return Proposal(
        edition=edition.code,
        mapping=mapping,
        missing=[one.code for one in edition.fields if one.required is True and one.code not in taken],
        unknown=[c for c in columns if c not in forgotten and not any(c in group for group in claimed.values())],
        score=round(len(taken) / max(len(columns), 1), 3),
        twice={code: group for code, group in claimed.items() if len(group) > 1},
        units=_other_units(mapping, fields),
    )


def _claims(
    columns: Sequence[str], edition: schema.Edition, memory: Mapping[str, str | None]
) -> list[tuple[int, str, str]]:
    """(strength, 0 the strongest; column; field code)."""
    strong, weak = _strong(edition), _weak(edition)
    claims = []
    for column in columns:
        form = plain(column, brackets=False)
        if form in memory:
            remembered = memory[form]
            if remembered:
                claims.append((0, column, remembered))
        elif code := strong.get(form):
            claims.append((1, column, code))
        elif code := strong.get(plain(column)) or weak.get(plain(column)) or weak.get(form):
            claims.append((2, column, code))
    return claims


def _names(one: schema.ItemField) -> list[str]:
    return [one.code, one.name.zh, *one.aliases, one.name.en]


def _strong(edition: schema.Edition) -> dict[str, str]:
    """Plain form → field, by code, then Chinese name, then alias, then English name."""
    forms: dict[str, str] = {}
    by_rank = sorted((rank, one.code, name) for one in edition.fields for rank, name in _ranked(one))
    for _, code, name in by_rank:
        forms.setdefault(plain(name, brackets=False), code)
    forms.pop("", None)
    return forms


def _ranked(one: schema.ItemField) -> list[tuple[int, str]]:
    return [(0, one.code), (1, one.name.zh), *((2, alias) for alias in one.aliases), (3, one.name.en)]


def _weak(edition: schema.Edition) -> dict[str, str]:
    """Names without their brackets, and what stands in the brackets, where only one field has it."""
    owners: dict[str, set[str]] = {}
    for one in edition.fields:
        for name in _names(one):
            for form in (plain(name), *map(plain, _bracketed(name))):
                owners.setdefault(form, set()).add(one.code)
    return {form: codes.pop() for form, codes in owners.items() if form and len(codes) == 1}


def _bracketed(name: str) -> Iterable[str]:
    inner = _BRACKETED.findall(unicodedata.normalize("NFKC", name))
    return [text for text in inner if text.removeprefix("单位:").strip() not in _UNITS and len(text) > 1]


def _other_units(mapping: Mapping[str, str | None], fields: Mapping[str, schema.ItemField]) -> dict[str, str]:
    found = {}
    for column, code in mapping.items():
        unit = fields[code].unit if code else None
        for text in _BRACKETED.findall(unicodedata.normalize("NFKC", column)) if unit else ():
            named = re.sub(r"^单位:?", "", text).strip()
            if named in _UNITS and named.removeprefix("人民币") != unit:
                found[column] = named
    return found
