"""Masked names and numbers show what they may, and nothing more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.subjects.masking import mask_document_number, mask_id_number, mask_name

from .strategies import id_numbers


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("李明", "李*"), ("李小明", "李**"), ("欧阳明", "欧阳*"), ("欧阳", "欧*"), ("王", "*"), ("", ""),
     ("阿不都·热合曼", "阿**·***"), ("John Smith", "J*** *****")],
)  # fmt: skip
def test_names(name: str, wanted: str) -> None:
    assert mask_name(name) == wanted


@given(id_numbers())
def test_id_numbers_show_seven_characters(number: str) -> None:
    masked = mask_id_number(number)
    assert masked == number[:3] + "*" * 11 + number[-4:]


@given(st.text(max_size=25))
def test_other_numbers_show_at_most_three_characters(number: str) -> None:
    masked = mask_document_number(number)
    assert len(masked) == len(number)
    shown = [c for c in masked if c != "*"]
    assert len(shown) <= 3
