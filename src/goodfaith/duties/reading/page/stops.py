"""Full stops that a text writes as ``.``: half-width punctuation throughout, as some programs make it."""

from __future__ import annotations

import re

_DOT = re.compile(
    r"(?<=[\u4e00-\u9fff）”》%])\.(?![\dA-Za-z.])|(?<=[\u4e00-\u9fff）”》])\.(?=(?:19|20)\d\d年|\d{1,2}(?:月|[.、](?!\d)))"
)
"""After a word, and not before a number's or an address's next part; a year or month may begin a sentence."""
_NUMERAL = re.compile(r"(?:^|[。.；：，）])(?:第?[一二三四五六七八九十百]{1,4}|（[一二三四五六七八九十百\d]{1,4}）)$")
_LEAST = 2


def full(dense: str) -> str:
    """The same text with full stops, where it has more of the other kind."""
    found = [one.start() for one in _DOT.finditer(dense)]
    if len(found) < _LEAST or dense.count("。") > len(found):
        return dense
    letters = list(dense)
    for place in found:
        if not _NUMERAL.search(dense, max(0, place - 7), place):
            letters[place] = "。"
    return "".join(letters)
