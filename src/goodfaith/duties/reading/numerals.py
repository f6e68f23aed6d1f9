"""Chinese and circled numerals."""

from __future__ import annotations

import unicodedata

DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def number(word: str) -> int:
    """``十二`` → 12, ``二〇一七`` → 2017, ``12`` → 12, ``③`` → 3; 0 when it is no numeral."""
    if word.isdecimal():
        return int(word)
    if len(word) == 1 and word not in DIGITS and word not in "十百":
        return int(unicodedata.numeric(word, 0))
    if not set(word) & set("十百"):
        return int("".join(str(DIGITS[letter]) for letter in word)) if set(word) <= DIGITS.keys() else 0
    return _with_places(word)


def _with_places(word: str) -> int:
    total, digit = 0, 0
    for letter in word:
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in "十百":
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            return 0
    return total + digit
