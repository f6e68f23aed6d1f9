"""Sealing: what goes in comes out, nothing else does, in both suites."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common import crypto, ids


@pytest.fixture(params=["aes", "sm"])
def suite(request: pytest.FixtureRequest) -> object:
    crypto.forget()
    with override_settings(CRYPTO_SUITE=request.param):
        yield request.param
    crypto.forget()


def test_round_trip_and_tampering(suite: str) -> None:
    for text in ("", "李四", "990101199003070011" * 50):
        sealed = crypto.seal_text(text, b"here")
        assert crypto.unseal_text(sealed, b"here") == text
        assert text.encode() not in sealed or not text
        broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
        for wrong, context in ((broken, b"here"), (sealed, b"there")):
            with pytest.raises(InvalidTag):
                crypto.unseal(wrong, context)


def test_the_same_text_is_never_sealed_the_same(suite: str) -> None:
    assert crypto.seal_text("李四") != crypto.seal_text("李四")


def test_bulk_and_single_agree(suite: str) -> None:
    values = ["甲", "乙", "丙" * 300]
    assert [crypto.unseal_text(s) for s in crypto.seal_many(v.encode() for v in values)] == values
    assert crypto.index_many("k", values) == [crypto.index_key("k", v) for v in values]


def test_values_of_the_other_suite_stay_readable() -> None:
    crypto.forget()
    with override_settings(CRYPTO_SUITE="sm"):
        sealed = crypto.seal_text("李四")
    crypto.forget()
    assert crypto.unseal_text(sealed) == "李四"


@given(st.text(), st.text())
def test_the_index_parts_kind_and_value(kind: str, value: str) -> None:
    assert len(crypto.index_key("a", value)) == 16
    assert crypto.index_key("a", value) == crypto.index_key("a", value)
    if kind != "a":
        assert crypto.index_key(kind, "x") != crypto.index_key("a", "x")


NAMES = [("阿不都·热合曼", "阿不都•热合曼", True), ("李 四", "李四", True), ("ＡＢ有限公司", "ab有限公司", True), ("李四", "李思", False)]


@pytest.mark.parametrize(("left", "right", "same"), NAMES)
def test_names_are_compared_as_they_are_read(left: str, right: str, same: bool) -> None:
    assert (crypto.name_key(left) == crypto.name_key(right)) is same


def test_ids_are_version_7_and_grow() -> None:
    first, second = ids.uuid7(), ids.uuid7()
    assert first.version == second.version == 7
    bulk = ids.uuid7_bytes(1000)
    assert len({bytes(row) for row in bulk}) == 1000
    import uuid

    assert {uuid.UUID(bytes=bytes(row)).version for row in bulk} == {7}
    assert {uuid.UUID(bytes=bytes(row)).variant for row in bulk} == {uuid.RFC_4122}
