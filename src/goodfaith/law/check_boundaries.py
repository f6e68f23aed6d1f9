"""Boundaries 2, 3, 5 and 6: what an item's words give away (see :mod:`goodfaith.law.vocabulary`)."""

from __future__ import annotations

from collections.abc import Iterator

from goodfaith.law.findings import Finding
from goodfaith.law.forbidden import Forbidden, without_denials
from goodfaith.law.packs import Catalogue, Defined
from goodfaith.law.schema import ItemField
from goodfaith.law.vocabulary import FORBIDDEN
from goodfaith.law.yamlfile import Key

Place = tuple[str, str, tuple[Key, ...]]
"""(what it is, its text, where it stands)"""


def check_boundaries(item: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """One finding for each place that names something that is never recorded."""
    entries = [entry for entry in FORBIDDEN if entry.applies_to(item.value.subjects)]
    for kind, text, path in _places(item, catalogue):
        for entry in entries:
            if (words := entry.found_in(text)) is not None:
                yield _refused(item, entry, kind, words, path)
                break


def _refused(item: Defined, entry: Forbidden, kind: str, words: str, path: tuple[Key, ...]) -> Finding:
    what = f"{kind}里的“{words}”涉及{entry.thing}，无论以什么为依据都不记录（{entry.boundary}；{entry.why}）。"
    return item.finding(entry.code, what, "请删去；若另有所指，请换成不会误解的名称。", *path)


def _places(item: Defined, catalogue: Catalogue) -> Iterator[Place]:
    value = item.value
    yield "条目名称", value.name.zh, ("name", "zh")
    yield "条目英文名称", value.name.en, ("name", "en")
    yield "条目说明", without_denials(value.description.zh), ("description", "zh")
    yield "条目英文说明", without_denials(value.description.en), ("description", "en")
    for n, edition in enumerate(value.editions):
        for m, field in enumerate(edition.fields):
            yield from _field_places(field, ("editions", n, "fields", m), catalogue)


def _field_places(field: ItemField, path: tuple[Key, ...], catalogue: Catalogue) -> Iterator[Place]:
    yield f"字段“{field.name.zh}”", field.name.zh, (*path, "name", "zh")
    yield f"字段“{field.name.zh}”的英文名称", field.name.en, (*path, "name", "en")
    for n, alias in enumerate(field.aliases):
        yield f"字段“{field.name.zh}”的别名", alias, (*path, "aliases", n)
    code_list = catalogue.code_lists.get(field.code_list or "")
    if code_list is not None:
        yield f"字段“{field.name.zh}”的代码表名称", code_list.name.zh, (*path, "code_list")
