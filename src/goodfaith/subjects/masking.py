"""What is shown of a person's name and number where the whole may not be seen. Never for organisations,
except the operator of an individual business, who is a person."""

from __future__ import annotations

import re

STAR = "*"
ID_LENGTH = 18
_compound = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|司空|夏侯|轩辕|宇文|长孙|端木|南宫|独孤|闻人|澹台|淳于|"
    "单于|申屠|太叔|钟离|呼延|赫连|濮阳|公冶|宗政|仲孙|鲜于|闾丘|拓跋|百里|东郭|西门|公羊|第五|梁丘|左丘|歐陽|東方"
)
"""Surnames of two characters, shown whole when a given name follows."""


def _cover(text: str, first: int, last: int) -> str:
    """Keep ``first`` and ``last`` characters; a text too short for that is covered whole."""
    if len(text) <= first + last:
        return STAR * len(text)
    return text[:first] + STAR * (len(text) - first - last) + (text[-last:] if last else "")


def mask_id_number(number: str) -> str:
    """``530***********1234``: the province and prefecture's first digit, and the last four."""
    return _cover(number, 3, 4) if len(number) == ID_LENGTH else mask_document_number(number)


def mask_document_number(number: str) -> str:
    """``E******78``: the first and the last two characters."""
    return _cover(number, 1, 2)


def mask_name(name: str) -> str:
    """``李*``, ``李**``, ``欧阳*``, ``阿***·***``: the surname or first letter; the dots of long names stay."""
    text = name.strip()
    kept = 2 if len(text) > 2 and _compound.match(text) else 1
    if len(text) <= 1:
        return STAR * len(text)
    return text[:kept] + "".join(c if c in "·• " else STAR for c in text[kept:])
