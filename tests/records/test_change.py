"""The page in memory is gone as soon as what it is made from changes; and only then."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.urls import reverse

from goodfaith.faces.parts import page_cache
from goodfaith.records import queries as records
from tests.city import City, judge_same, make_record
from tests.conftest import WebClient


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    page_cache.kept.forget()
    monkeypatch.setattr(page_cache, "FRESH_SECONDS", 0.0)


def test_the_stamp_moves_with_every_writer(city: City) -> None:
    seen = [records.stamp()]
    make_record(city.organisation, unit="t_a", person=False)
    seen.append(records.stamp())
    connection.cursor().execute("UPDATE subjects_organisation SET status = '注销'")
    seen.append(records.stamp())
    connection.cursor().execute("UPDATE records_record SET superseded_at = now()")
    seen.append(records.stamp())
    judge_same(city)
    seen.append(records.stamp())
    assert seen == sorted(set(seen))


def test_what_is_rolled_back_moves_nothing(city: City) -> None:
    before = records.stamp()
    with transaction.atomic():
        make_record(city.organisation, unit="t_a", person=False)
        transaction.set_rollback(True)
    assert records.stamp() == before


def test_a_withdrawn_record_is_gone_from_the_next_answer(city: City, web: WebClient) -> None:
    address = reverse("public:organisation", args=[city.organisation])
    first = web.get(address).content.decode()
    assert "示罚〔2026〕1号" in first
    assert web.get(address).content.decode() == first
    connection.cursor().execute("UPDATE records_record SET superseded_at = now()")
    assert "示罚〔2026〕1号" not in web.get(address).content.decode()


def test_who_is_logged_in_never_gets_a_kept_page(city: City, web: WebClient) -> None:
    address = reverse("public:organisation", args=[city.organisation])
    web.get(address)
    web.force_login(city.users["clerk"])
    assert "clerk" in web.get(address).content.decode()


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "MOST_PAGES", 3)
    kept = page_cache.Kept()
    for n in range(10):
        kept.put((str(n), "", ""), b"x", None)
    assert [kept.get((str(n), "", "")) for n in range(10)] == [None] * 7 + [b"x"] * 3
    kept.put(("large", "", ""), b"x" * (page_cache.LARGEST + 1), None)
    assert kept.get(("large", "", "")) is None
