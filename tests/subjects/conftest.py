"""Frames of invented parties, and the one call that puts them on subjects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM, Acting
from goodfaith.parties.models import Unit, User
from goodfaith.subjects import actions, numbers
from goodfaith.subjects import organisation_codes as codes

Row = dict[str, Any]


def uscc(serial: int, prefix: str = "91", area: str = "990100") -> str:
    body = f"MA{serial:06d}"
    first17 = prefix + area + body + codes.organisation_check_digit(body)
    return first17 + codes.uscc_check_digit(first17)


def id_number(serial: int, born: str = "19900101") -> str:
    body = f"990100{born}{serial:03d}"
    return body + numbers.id_check_digit(body)


def firm(name: str, **ids: str) -> Row:
    return {"subject_kind": "organisation", "name": name, **ids}


def person(name: str, number: str, kind: str | None = None) -> Row:
    return {"subject_kind": "person", "name": name, "document_kind": kind, "document_no": number}


def resolve(*rows: Row, **given: Any) -> list[dict[str, Any]]:
    frame = pl.DataFrame(list(rows), infer_schema_length=None)
    return actions.resolve_many(acting=SYSTEM, at=clock.now(), delivery_id=None, frame=frame, **given).to_dicts()


@pytest.fixture
def officers(db: None) -> Callable[[str], Acting]:
    office, _ = Unit.objects.get_or_create(
        code="t_credit", defaults={"name": "示例市信用办", "short_name": "信用办", "kind": "credit_office"}
    )

    def make(role: str) -> Acting:
        user = User.objects.create(username=f"t_{role}", kind="officer", role=role, unit=office)
        return user.acting

    return make
