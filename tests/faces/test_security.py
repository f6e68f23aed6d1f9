"""The one security battery: every address, asked by everybody, answers as this table says.

An address that is not in the table fails :func:`test_every_address_is_in_the_table`, so a new page cannot be
forgotten. Addresses of the API are tried in ``test_api.py`` with tokens.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.city import PENALTY, City
from tests.conftest import WebClient

WHO = ("anonymous", "citizen", "enterprise", "clerk", "credit_office", "auditor")
OPEN = (200, 200, 200, 200, 200, 200)
OWN = (302, 200, 200, 403, 403, 403)
DESK = (302, 403, 403, 200, 200, 200)
OFFICE = (302, 403, 403, 403, 200, 403)
CLERKS = (302, 403, 403, 200, 200, 403)
AUDIT = (302, 403, 403, 403, 403, 200)
NO_DELIVERY = (302, 403, 403, 404, 404, 403)
GONE = (404, 404, 404, 404, 404, 404)

NOWHERE = uuid.UUID(int=7)
TABLE: dict[str, tuple[tuple[int, ...], list[object]]] = {
    "log_in": ((200, 302, 302, 302, 302, 302), []),
    "log_out": ((405,) * 6, []),
    "language": ((302,) * 6, ["en"]),
    "welcome": ((302,) * 6, []),
    "public:home": (OPEN, []),
    "public:organisations": (OPEN, []),
    "public:organisation": (OPEN, ["organisation"]),
    "public:record": (GONE, ["organisation", NOWHERE]),
    "public:double_publicity": (OPEN, []),
    "public:double_publicity_export": (OPEN, []),
    "public:coverage": (OPEN, []),
    "public:boundaries": (OPEN, []),
    "public:catalogue": (OPEN, []),
    "public:item": (OPEN, ["licensing.administrative_penalty"]),
    "public:contest": (OPEN, []),
    "public:privacy": (OPEN, []),
    "public:robots": (OPEN, []),
    "my:home": (OWN, []),
    "my:record": ((302, 404, 404, 403, 403, 403), [NOWHERE]),
    "my:looks": (OWN, []),
    "my:copy": (OWN, []),
    "desk:home": (DESK, []),
    "desk:intake": (CLERKS, []),
    "desk:intake_item": ((302, 403, 403, 403, 403, 403), [PENALTY]),  # an item that the unit does not report
    "desk:intake_template": (CLERKS, [PENALTY]),
    "desk:deliveries": (CLERKS, []),
    "desk:deliveries_export": (CLERKS, []),
    "desk:delivery": (NO_DELIVERY, [NOWHERE]),
    "desk:delivery_progress": (NO_DELIVERY, [NOWHERE]),
    "desk:delivery_refused": (NO_DELIVERY, [NOWHERE]),
    "desk:delivery_columns": ((405,) * 6, [NOWHERE]),
    "desk:delivery_check": ((405,) * 6, [NOWHERE]),
    "desk:delivery_commit": (NO_DELIVERY, [NOWHERE]),
    "desk:delivery_abandon": (NO_DELIVERY, [NOWHERE]),
    "desk:subjects": (DESK, []),
    "desk:person": (CLERKS, []),
    "desk:subject": (DESK, ["organisation"]),
    "desk:duplicates": (OFFICE, []),
    "desk:duplicate": (OFFICE, ["suspicion"]),
    "desk:duplicate_withdraw": ((302, 403, 403, 403, 405, 403), ["suspicion"]),
    "desk:catalogue": (DESK, []),
    "desk:item": (DESK, [PENALTY]),
    "desk:item_template": (DESK, [PENALTY, "v2018"]),
    "desk:quality": (DESK, []),
    "desk:quality_export": (DESK, []),
    "desk:audit": (AUDIT, []),
}


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def test_every_address_is_in_the_table() -> None:
    names = {name for name in _names(get_resolver().url_patterns) if not name.startswith("api")}
    assert names - {"token"} == set(TABLE)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_battery(city: City, web: WebClient, name: str, who: str) -> None:
    expected, arguments = TABLE[name]
    if who != "anonymous":
        web.force_login(city.users[who])
    address = reverse(name, args=[getattr(city, a) if isinstance(a, str) and hasattr(city, a) else a for a in arguments])
    response = web.get(address)
    assert response.status_code == expected[WHO.index(who)]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    if who != "anonymous":
        assert "no-store" in response.get("Cache-Control", "no-store") and response.get("Cache-Control")


@pytest.mark.parametrize("whose", ["person", "namesake"])
def test_no_public_page_shows_a_person(city: City, web: WebClient, whose: str) -> None:
    """Boundary 9: the address of a person's id answers like one that does not exist."""
    subject = getattr(city, whose)
    assert web.get(reverse("public:organisation", args=[subject])).status_code == 404
    assert web.get(reverse("public:record", args=[subject, NOWHERE])).status_code == 404


def test_people_are_not_found_by_name(city: City, web: WebClient) -> None:
    """Boundary 8."""
    from tests.city import ID_NUMBER, NAME

    for query in (NAME, ID_NUMBER, NAME[:2]):
        answer = web.get(reverse("public:organisations"), {"q": query}).content.decode()
        assert str(city.person) not in answer
