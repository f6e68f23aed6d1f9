"""Numbers of people in running text: resident identity numbers with a right check digit, and mobile numbers. Pure.

For what is about to be shown to everybody. What comes out is masked; nobody who reads a refusal learns a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from goodfaith.subjects.masking import mask_id_number
from goodfaith.subjects.notation import NOISE, normalise
from goodfaith.subjects.numbers import check_id_number

Kind = Literal["id_number", "mobile"]
_gap = f"{NOISE}{{0,3}}"
_born = (
    rf"(?:1{_gap}[89]|2{_gap}0){_gap}\d{_gap}\d{_gap}"
    rf"(?:0{_gap}[1-9]|1{_gap}[0-2]){_gap}(?:[012]{_gap}\d|3{_gap}[01])"
)
"""What may be a day: columns of figures fall away here, before anything is computed."""
_identity = re.compile(rf"(?<!\d)(?=((?:\d{_gap}){{6}}{_born}{_gap}(?:\d{_gap}){{3}}[\dXx])(?![\dA-Za-z]))", re.ASCII)
"""Looks ahead, so that a number which begins inside another row of digits is tried as well."""
_mobile = re.compile(rf"(?<![\dA-Za-z.])(?:\+?86{_gap})?(1[3-9]\d{_gap}\d{{4}}{_gap}\d{{4}})(?!\d|\.\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Seen:
    """A number of a person, masked."""

    kind: Kind
    masked: str


def numbers_in(text: str) -> Iterator[Seen]:
    """Each number of a person in the text: full-width digits, gaps and line breaks inside it hide nothing."""
    plain = unicodedata.normalize("NFKC", text)
    for found in _identity.finditer(plain):
        number = normalise(found[1])
        if check_id_number(number) is None:
            yield Seen("id_number", mask_id_number(number))
    for found in _mobile.finditer(plain):
        yield Seen("mobile", mask_mobile(normalise(found[1])))


def mask_mobile(number: str) -> str:
    """``139****5678``."""
    return f"{number[:3]}****{number[-4:]}"
