"""A database that is away or too slow: a page that says so and when to come again, never a bare 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError

from goodfaith.faces.parts import page_cache
from goodfaith.settings.database import database
from tests.city import City
from tests.conftest import WebClient


def _away(*_: Any, **__: Any) -> Any:
    raise OperationalError("canceling statement due to statement timeout")


def test_a_page_says_so(city: City, web: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodfaith.records.queries.double_publicity", _away)
    answer = web.get("/double-publicity/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "statement" not in answer.content.decode()


def test_the_api_says_so(web: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    page_cache.kept.forget()
    monkeypatch.setattr("goodfaith.law.queries.catalogue", _away)
    answer = web.get("/api/catalogue/items")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["code"] == "unavailable"


def test_only_pages_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODFAITH_DB_ROLE", "web")
    assert database()["OPTIONS"]["options"] == "-c statement_timeout=15s"
    monkeypatch.setenv("GOODFAITH_DB_ROLE", "jobs")
    assert "options" not in database()["OPTIONS"]
