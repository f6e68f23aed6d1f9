"""A database that is away or too slow: a page that says so and when to come again, never a bare 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

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


@pytest.mark.parametrize("path", ["/", "/my/", "/ledger/"])
def test_a_database_that_is_gone_before_any_view_begins_is_a_503_too(
    city: City, web: WebClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """The log-in is looked up on the way in, where no view's errors are caught."""
    web.force_login(city.users["citizen"])
    web.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore._get_session_from_db", _away)
    answer = web.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


def test_only_pages_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODFAITH_DB_ROLE", "web")
    assert database()["OPTIONS"]["options"] == "-c statement_timeout=15s"
    monkeypatch.setenv("GOODFAITH_DB_ROLE", "jobs")
    assert "options" not in database()["OPTIONS"]


def test_a_desk_page_about_people_says_in_both_languages_that_it_is_shut(city: City, web: WebClient) -> None:
    """Both files of a suspicion about people, while nothing is being sealed."""
    web.force_login(city.users["credit_office"])
    address = reverse("desk:duplicate", args=[city.suspicion])
    assert web.get(address).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_state SET sealed_at = '2020-01-01'")
    answer = web.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    said = answer.content.decode()
    assert "查询日志" in said and "no look without a trace" in said
