"""Column-wise names and grams, against their scalar twins."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common.crypto import plain_name
from goodfaith.subjects.matching import COLUMNS, complete, grams, plain_names, with_signature

LETTERS = "示例甲乙（）()·•．‧ \u3000\tabßＡ"
ANY = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Cn"])
NAMES = st.text(st.one_of(st.sampled_from(LETTERS), ANY), max_size=12)


@given(st.lists(st.one_of(st.none(), NAMES)))
def test_plain_names(names: list[str | None]) -> None:
    wanted = [None if name is None else plain_name(name) for name in names]
    assert plain_names(pl.Series(names, dtype=pl.String)).to_list() == wanted


@given(NAMES, NAMES)
def test_every_part_of_a_name_is_in_its_grams(name: str, former: str) -> None:
    found = set(grams(name, [former]))
    for plain in map(plain_name, (name, former)):
        assert all(plain[i : i + 2] in found for i in range(len(plain) - 1))
    assert all(len(gram) == 2 for gram in found)


def test_signatures_tell_numbers_of_different_kinds_apart() -> None:
    frame = pl.DataFrame(
        [{"subject_kind": "organisation", "name": "示例", "uscc": "1"},
         {"subject_kind": "organisation", "name": "示例", "tax_no": "1"},
         {"subject_kind": "person", "name": "示例", "uscc": "1"}],
        infer_schema_length=None,
    )  # fmt: skip
    whole = with_signature(complete(frame))
    assert whole.columns == [*COLUMNS, "signature"]
    assert whole["signature"].n_unique() == 3
    assert whole["uscc"].to_list() == ["1", None, None]
