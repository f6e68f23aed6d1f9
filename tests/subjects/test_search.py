"""Search against a naive twin, under the web's role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goodfaith.common.crypto import plain_name
from goodfaith.common.problems import Problem
from goodfaith.subjects import queries, search
from goodfaith.subjects.models import Organisation
from tests.conftest import as_role

from .conftest import firm, resolve, uscc

pytestmark = pytest.mark.django_db
NAMES = [
    "云岭茶业有限公司", "云岭", "示例市云岭（茶业）有限公司", "岭云建筑有限公司", "青云岭旅行社", "百分之100%有限公司",
    "A_B科技有限公司", "AB科技有限公司", "阿依·古丽餐馆", "阿依•古丽商店", "云云岭岭公司",
]  # fmt: skip
QUERIES = [
    "云岭", "有限", "公司", "茶业有限", "(茶业)", "0%", "a_b", "ab", "依·古", "岭云", "云岭茶业有限公司", "无此",
    "云 岭",
]  # fmt: skip


@pytest.fixture(autouse=True)
def names(db: None) -> Iterator[None]:
    resolve(*(firm(name, uscc=uscc(n)) for n, name in enumerate(NAMES)))
    with as_role("goodfaith_web"):
        yield


@pytest.mark.parametrize("q", QUERIES)
def test_finds_what_a_naive_search_finds(q: str) -> None:
    plain = plain_name(q)
    wanted = {name for name in NAMES if plain in plain_name(name)}
    result = queries.search_organisations(q)
    assert {hit.name for hit in result.hits} == wanted
    assert result.count == len(wanted) and result.after is None


@pytest.mark.parametrize("few", [search.FEW, 2])
def test_best_first(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "FEW", few)
    tiers = [(hit.tier, hit.name) for hit in queries.search_organisations("云岭").hits]
    assert tiers[:2] == [("exact", "云岭"), ("prefix", "云岭茶业有限公司")]
    assert {tier for tier, _ in tiers[2:]} == {"contains"}


@pytest.mark.parametrize("few", [search.FEW, 2])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_go_through_all_once(size: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "FEW", few)
    seen: list[str] = []
    after: str | None = None
    while True:
        result = queries.search_organisations("公司", limit=size, after=after)
        assert result.count_text == "7"
        seen += [hit.name for hit in result.hits]
        after = result.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("q", ["", " ", "云", "\u3000云"])
def test_too_short(q: str) -> None:
    result = queries.search_organisations(q)
    assert not result.hits and "两个字" in result.hint


def test_by_code_part_of_it_and_old_code() -> None:
    code = uscc(0)
    assert [hit.name for hit in queries.search_organisations(code).hits] == [NAMES[0]]
    assert [hit.name for hit in queries.search_organisations(f" {code.lower()} ").hits] == [NAMES[0]]
    assert len(queries.search_organisations(code[:8]).hits) == len(NAMES)
    inner = queries.search_organisations(f"{code[8:16]}-{code[16]}")
    assert [hit.tier for hit in inner.hits] == ["code"]
    found = queries.organisation_by_code(code[8:17])
    assert found and queries.codes_of(found.pk)[0] == queries.CodeView("uscc", code)


def test_a_broken_page_mark() -> None:
    with pytest.raises(Problem):
        queries.search_organisations("公司", after="contains.x")


def test_no_person_can_be_searched() -> None:
    assert "grams" in {field.name for field in Organisation._meta.get_fields()}
    assert not queries.search_organisations("李明").hits
