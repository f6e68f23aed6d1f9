"""Values under a subject's key: they open in their own place with their own key, and nowhere else."""

from __future__ import annotations

import uuid

import pytest
from cryptography.exceptions import InvalidTag
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common import crypto, crypto_subject
from goodfaith.common.crypto_subject import NAME, Opener

SUITES = st.sampled_from(["aes", "sm"])
PLACES = st.one_of(st.just(NAME), st.sampled_from(["id_number", "passport"]).map(crypto_subject.number_place))


def sealed(subject: uuid.UUID, key: bytes, place: str, data: bytes, number: int = 1) -> bytes:
    return crypto_subject.seal_each([number], [key], [data], [crypto_subject.context(subject, place)])[0]


def opener(subject: uuid.UUID, key: bytes | None, number: int = 1) -> Opener:
    wrapped = None if key is None else crypto_subject.wrap_many([subject.bytes], [number], [key])[0]
    return Opener([(subject, number, wrapped)])


@given(st.uuids(), st.binary(), PLACES, st.integers(1, 255), SUITES)
def test_what_goes_in_comes_out(subject: uuid.UUID, data: bytes, place: str, number: int, suite: str) -> None:
    (key,) = crypto_subject.new_keys(1)
    crypto.forget()
    with override_settings(CRYPTO_SUITE=suite):
        value, reader = sealed(subject, key, place, data, number), opener(subject, key, number)
    crypto.forget()
    assert reader.open(subject, place, value) == data
    assert len(data) < 4 or data not in value
    assert value[0] == crypto_subject.SUITES[suite] and not crypto_subject.is_older(value)


@given(st.uuids(), st.uuids(), st.binary(min_size=1), PLACES, PLACES)
def test_a_value_is_refused_in_any_other_place(
    mine: uuid.UUID, yours: uuid.UUID, data: bytes, place: str, other: str
) -> None:
    """Rows swapped between subjects, or between columns of one subject, don't open, even under one and the same key."""
    key = crypto_subject.new_keys(1)[0]
    value = sealed(mine, key, place, data)
    if mine != yours:
        with pytest.raises(InvalidTag):
            opener(yours, key).open(yours, place, value)
    if place != other:
        with pytest.raises(InvalidTag):
            opener(mine, key).open(mine, other, value)


@given(st.uuids(), st.uuids(), st.integers(1, 255))
def test_a_wrapped_key_is_bound_to_its_subject_and_number(mine: uuid.UUID, yours: uuid.UUID, number: int) -> None:
    key = crypto_subject.new_keys(1)[0]
    wrapped = crypto_subject.wrap_many([mine.bytes], [number], [key])[0]
    assert crypto_subject.unwrap(wrapped, mine.bytes, number) == key
    for subject, n in ((yours, number), (mine, number % 255 + 1)):
        if (subject, n) != (mine, number):
            with pytest.raises(InvalidTag):
                crypto_subject.unwrap(wrapped, subject.bytes, n)


@given(st.binary(min_size=15), st.data())
def test_a_changed_byte_is_noticed(data: bytes, draw: st.DataObject) -> None:
    subject, key = uuid.uuid4(), crypto_subject.new_keys(1)[0]
    value = bytearray(sealed(subject, key, NAME, data))
    value[draw.draw(st.integers(crypto.HEAD, len(value) - 1))] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(InvalidTag):
        opener(subject, key).open(subject, NAME, bytes(value))


def test_an_erased_key_is_told_from_a_missing_one() -> None:
    subject, key = uuid.uuid4(), crypto_subject.new_keys(1)[0]
    value = sealed(subject, key, NAME, b"x")
    with pytest.raises(crypto_subject.Erased):
        opener(subject, None).open(subject, NAME, value)
    with pytest.raises(crypto.KeyMissing):
        Opener().open(subject, NAME, value)


def test_what_was_sealed_before_subjects_had_keys_is_still_read() -> None:
    assert Opener().text(uuid.uuid4(), NAME, crypto.seal_text("李四")) == "李四"


def test_a_subjects_value_is_not_taken_for_one_of_the_installation() -> None:
    subject = uuid.uuid4()
    with pytest.raises(ValueError, match="not sealed under a key of the installation"):
        crypto.unseal(sealed(subject, crypto_subject.new_keys(1)[0], NAME, b"x"))
