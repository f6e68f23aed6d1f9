"""How many statements each main page costs, held to a baseline in the repository.

A difference prints the statements. When it is meant: UPDATE_QUERY_COUNTS=1 pytest tests/faces/test_query_counts.py
The counts are taken on a second request, so that what a process keeps (catalogue, names of units) is there.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goodfaith.faces.parts import page_cache
from tests.city import City, make_record
from tests.conftest import WebClient

BASELINE = Path(__file__).with_name("query_counts.json")
PAGES: list[tuple[str, str, list[object]]] = [
    # who, page, arguments
    ("anonymous", "public:home", []),
    ("anonymous", "public:organisations", []),
    ("anonymous", "public:organisation", ["organisation"]),
    ("anonymous", "public:double_publicity", []),
    ("anonymous", "public:coverage", []),
    ("anonymous", "public:catalogue", []),
    ("anonymous", "public:duties", []),
    ("anonymous", "public:campaigns", []),
    ("anonymous", "public:assessments", []),
    ("citizen", "my:duty_questions", []),
    ("citizen", "my:home", []),
    ("citizen", "my:cases", []),
    ("citizen", "my:requests", []),
    ("citizen", "my:looks", []),
    ("citizen", "my:consents", []),
    ("citizen", "my:hold", []),
    ("citizen", "my:messages", []),
    ("citizen", "my:complaints", []),
    ("citizen", "my:give", []),
    ("enterprise", "my:home", []),
    ("clerk", "desk:home", []),
    ("credit_office", "desk:home", []),
    ("clerk", "desk:intake", []),
    ("clerk", "desk:deliveries", []),
    ("credit_office", "desk:deliveries", []),
    ("credit_office", "desk:duplicates", []),
    ("credit_office", "desk:quality", []),
    ("clerk", "desk:catalogue", []),
    ("clerk", "desk:checks", []),
    ("clerk", "desk:batches", []),
    ("auditor", "desk:batches", []),
    ("clerk", "desk:inquiries", []),
    ("clerk", "desk:inquiry", ["entrusted_inquiry"]),
    ("clerk", "desk:consents", []),
    ("clerk", "desk:rights", []),
    ("clerk", "desk:duties", []),
    ("credit_office", "desk:duties", []),
    ("credit_office", "desk:duty_documents", []),
    ("credit_office", "desk:duty_matrix", []),
    ("credit_office", "desk:duty_timeline", []),
    ("credit_office", "desk:rights", []),
    ("auditor", "desk:rights", []),
    ("credit_office", "desk:rights_figures", []),
    ("clerk", "desk:recalls", []),
    ("clerk", "desk:repair_guide", []),
    ("clerk", "desk:duty_rounds", []),
    ("credit_office", "desk:duty_campaigns", []),
    ("credit_office", "desk:duty_reports", []),
    ("auditor", "desk:audit", []),
    ("auditor", "desk:audit_ledger", []),
    ("auditor", "desk:audit_unusual", []),
    ("auditor", "desk:audit_samples", []),
    ("auditor", "desk:audit_complaints", []),
    ("auditor", "desk:audit_misuse", []),
]


def _count(web: WebClient, address: str) -> CaptureQueriesContext:
    page_cache.kept.forget()
    web.get(address)
    page_cache.kept.forget()
    with CaptureQueriesContext(connection) as queries:
        assert web.get(address).status_code == 200
    return queries


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize(("who", "page", "arguments"), PAGES, ids=[f"{who} {page}" for who, page, _ in PAGES])
def test_the_page_costs_what_it_did(
    city: City, web: WebClient, who: str, page: str, arguments: list[object]
) -> None:
    for _ in range(5):  # more records must not cost more statements
        make_record(city.organisation, unit="t_a", person=False)
        make_record(city.person, unit="t_a", person=True)
    if who != "anonymous":
        web.force_login(city.users[who])
    queries = _count(web, reverse(page, args=[getattr(city, str(a), a) for a in arguments]))
    known = json.loads(BASELINE.read_text())
    key, count = f"{who} {page}", len(queries)
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        BASELINE.write_text(json.dumps(known | {key: count}, indent=2, sort_keys=True) + "\n")
        return
    listing = "\n".join(query["sql"][:200] for query in queries.captured_queries)
    assert count == known.get(key), f"{key}: {count} statements, baseline {known.get(key)}\n{listing}"
