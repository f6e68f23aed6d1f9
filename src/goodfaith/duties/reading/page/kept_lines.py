"""Which lines of a text are the document's words, and which a page or a site put around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodfaith.duties.reading.page import index, running_heads, web_lines
from goodfaith.duties.reading.page.furniture import is_furniture, is_page_number, lines_are_wide, numbers_are_pages

_LONGEST_BUTTON = 8
_ENDED = tuple("。日发」】）)知")
_FULL_LINE = 20
_AFTER_NUMBER = tuple("年月日号个项条家％%．.、）〕万亿")


def of(text: str, lines: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The lines that are the document's words."""
    numbers = numbers_are_pages(text)
    stripped = [line[0].strip() for line in lines]
    pages = [is_page_number(words) and (numbers or not words.isdecimal()) for words in stripped]
    running = running_heads.find(stripped, pages)
    around = _of_site(text, lines, stripped)
    for number, words in enumerate(stripped):
        if number in running or number in around:
            continue
        if pages[number] and not (words.isdecimal() and _is_piece(stripped, number, running)):
            continue
        if not is_furniture(words, numbers=False, at_head=lines[number].start() < index.HEAD):
            yield lines[number]


def _of_site(text: str, lines: list[re.Match[str]], stripped: list[str]) -> set[int]:
    """Lines that a website put around the document."""
    web = {
        number
        for number, words in enumerate(stripped)
        if web_lines.is_web(words, at_head=lines[number].start() < index.HEAD)
    }
    head = [words for line, words in zip(lines, stripped, strict=True) if line.start() < index.HEAD]
    web.update(place for below in index.values_below(head) for place in (below - 1, below))
    if lines_are_wide(text):
        web.update(
            number
            for number, words in enumerate(stripped)
            if len(words) <= _LONGEST_BUTTON
            and web_lines.is_button(words, at_edge=lines[number].start() < index.HEAD and _is_apart(stripped, number))
        )
    web |= web_lines.foot(stripped, web)
    return web | web_lines.around(stripped, web)


def _is_apart(stripped: list[str], number: int) -> bool:
    """Whether the line before is no full line of a paragraph that goes on."""
    return number == 0 or stripped[number - 1].endswith(_ENDED) or len(stripped[number - 1]) < _FULL_LINE


def _is_piece(stripped: list[str], number: int, running: set[int]) -> bool:
    """Whether a line of digits is a piece of the words around it, and not the number beside a running head."""
    if number - 1 in running or number + 1 in running:
        return False
    after = stripped[number + 1] if number + 1 < len(stripped) else ""
    return _torn(stripped[number - 1][-1:] if number else "", after)


def _torn(before: str, after: str) -> bool:
    """Whether a line of digits is a piece of the words around it."""
    return (
        before.isdecimal()
        or before in tuple("〔（第约近达至到—")
        or after[:1].isdecimal()
        or after.startswith(_AFTER_NUMBER)
    )
