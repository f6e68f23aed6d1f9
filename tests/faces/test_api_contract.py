"""The API keeps its own description: schemathesis makes requests of every operation, right and wrong ones, as
each kind of token; nothing breaks the server, every answer has the described shape, every error is a problem."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from goodfaith.faces.api import auth
from tests.city import PENALTY, City
from tests.conftest import WebClient, as_role
from tests.counter import LISTED, PERSON, PURPOSE, Counter, ask
from tests.faces.test_api import SCOPES, call, machine, token  # noqa: F401

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 8
BOUNDED = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def application(db: None) -> Any:
    """The program as WSGI under the web's role, in the test's own transaction (which nothing may close)."""
    whole = get_wsgi_application()

    def as_web(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        signals.request_started.disconnect(close_old_connections)
        try:
            with as_role("goodfaith_web"):
                return [b"".join(whole(environ, start_response))]
        finally:
            signals.request_started.connect(close_old_connections)

    return as_web


def is_a_problem(response: Any) -> bool:
    """Whether an error says what, why and what next, in the form of RFC 9457."""
    told = response.json()
    kind = response.headers.get("content-type", [""])
    return (
        "application/problem+json" in str(kind)
        and told["status"] == response.status_code
        and all(told[part] for part in ("type", "title", "code", "detail", "next"))
    )


def probe(operation: Any, mode: GenerationMode, bearer: str | None) -> set[int]:
    """Call one operation with generated requests; the statuses that came back."""
    seen: set[int] = set()

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        response = case.call(headers=headers)
        seen.add(response.status_code)
        case.validate_response(response, checks=CHECKS)
        assert response.status_code < 400 or is_a_problem(response), response.text

    ask()
    return seen


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
@pytest.mark.parametrize("scope", [None, *SCOPES])
def test_every_operation_keeps_the_contract(
    city: City, web: WebClient, machine: tuple[str, str], application: Any, scope: str | None, mode: GenerationMode  # noqa: F811
) -> None:
    bearer = token(web, machine, scope) if scope else None
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 9
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (list(operation.query) or list(operation.body)):
            continue  # a path has nothing that could be wrong in form
        seen = probe(operation, mode, bearer)
        if scope is None and operation.definition.raw.get("security"):
            assert seen <= {401, 422}, (operation.label, seen)


@pytest.mark.parametrize("place", ["item", "key", "value"])
def test_the_character_nul_is_refused_in_words(web: WebClient, machine: tuple[str, str], place: str) -> None:  # noqa: F811
    """Found by schemathesis: PostgreSQL takes no text with NUL, and the request broke the server."""
    item = "a\0b" if place == "item" else PENALTY
    row = {"a\0b": "x"} if place == "key" else {"CF_WSH": "示罚\0号" if place == "value" else "x"}
    bearer = token(web, machine, "intake:check")
    answer = call(web, "POST", "/api/intake/check", bearer, {"item": item, "rows": [row]})
    assert answer.status_code == 422
    assert answer.json()["errors"] and answer.json()["next"]


BY_PURPOSE = ("/api/checks", "/api/inquiries", "/api/consent")
ALL_PURPOSES = (PURPOSE, "administrative_check", "honour_check", "entrusted_inquiry")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
def test_every_operation_by_purpose_keeps_the_contract(
    counter: Counter, web: WebClient, application: Any, mode: GenerationMode
) -> None:
    """As a client that may do all of it: what is generated reaches the operations themselves."""
    auth.forget()
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    found = [operation for operation in operations if operation.path.startswith(BY_PURPOSE)]
    assert len(found) == 6
    for operation in found:
        if mode is GenerationMode.NEGATIVE and not (list(operation.query) or list(operation.body)):
            continue
        seen = probe(operation, mode, counter.bearer(*ALL_PURPOSES))
        assert not seen & {401} or operation.method.upper() == "POST", operation.label  # the purpose may be another


ODD = st.one_of(
    st.text(max_size=40), st.none(), st.integers(), st.booleans(), st.lists(st.text(max_size=5), max_size=3),
    st.sampled_from(["\x00", "\ud800", "😀" * 60, "'; --", "%s", "\\", "９９０１０１１９８５０６０７００２Ｘ", " ", "۱۲۳"]),
)  # fmt: skip
PLACES = ("kind", "number", "name", "matter", "case_no", "purpose", "items", "until", "uses", "reason", "delay")


@pytest.mark.parametrize("path", ["/api/checks", "/api/inquiries", "/api/consent-requests"])
def test_a_good_request_with_one_odd_value_never_breaks_the_server(counter: Counter, web: WebClient, path: str) -> None:
    """Generated requests seldom get past the check digits; these do, with one place or two made odd."""
    auth.forget()
    token = counter.bearer(*ALL_PURPOSES)
    good = ask(PERSON) | {"purpose": "entrusted_inquiry", "items": [LISTED], "until": "2099-01-01", "uses": 1, "reason": "x"}

    @settings(BOUNDED, max_examples=60)
    @given(odd=st.dictionaries(st.sampled_from(PLACES), ODD, min_size=1, max_size=2))
    def send(odd: dict[str, Any]) -> None:
        inner = {key: odd.pop(key) for key in ("kind", "number") if key in odd}
        body = good | {"subject": good["subject"] | inner} | odd
        answer = call(web, "POST", path, token, body)
        assert answer.status_code < 500, (answer.status_code, odd)
        assert answer.status_code < 400 or answer.json()["next"]

    send()
