"""Numbers as they come: good ones, good ones spoilt, and garbage."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from goodfaith.subjects import numbers
from goodfaith.subjects import organisation_codes as codes

AREAS = ["110105", "530502", "990100", "320500", "110103", "000000"]


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    day = draw(st.dates(dt.date(1880, 1, 1), dt.date(2026, 11, 1)))
    body = f"{draw(st.sampled_from(AREAS))}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + numbers.id_check_digit(body)


@st.composite
def old_id_numbers(draw: st.DrawFn) -> str:
    day = draw(st.dates(dt.date(1900, 1, 1), dt.date(1999, 12, 31)))
    return f"{draw(st.sampled_from(AREAS))}{day:%y%m%d}{draw(st.integers(0, 999)):03d}"


@st.composite
def usccs(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from([*sorted(codes.PREFIXES), "94", "Y9"]))
    body = draw(st.text(codes.USCC_SYMBOLS, min_size=8, max_size=8))
    last = codes.organisation_check_digit(body)
    first17 = prefix + draw(st.sampled_from(AREAS)) + body + last
    return first17 + codes.uscc_check_digit(first17)


@st.composite
def spoilt(draw: st.DrawFn, numbers_: st.SearchStrategy[str]) -> str:
    """One character changed, added, dropped or written in another width."""
    number = draw(numbers_)
    at = draw(st.integers(0, len(number) - 1))
    put = draw(st.sampled_from("09xXOIZSＡ１ \u3000-\u200bé省"))
    return number[:at] + put + number[at + draw(st.integers(0, 1)) :]


KNOWN = st.characters(exclude_categories=["Cs", "Cn"])
"""Characters that Python's Unicode knows; polars' is newer and normalises some that Python leaves alone."""
GARBAGE = st.one_of(
    st.text(KNOWN, max_size=24),
    st.text("0123456789XEe+.-OISVZ ０１", max_size=22),
    st.sampled_from(["", "5.13E+17", "9.15E+17", "513022199001010000", "915301007000000000", "1.234567890123E+17"]),
)


def column(good: st.SearchStrategy[str]) -> st.SearchStrategy[list[str | None]]:
    return st.lists(st.one_of(st.none(), good, spoilt(good), GARBAGE), max_size=30)
