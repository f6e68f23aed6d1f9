"""A letter, whatever its kind, and its way onto paper."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodfaith.common.clock import CHINA
from goodfaith.common.typeset import Typeset, typeset
from goodfaith.rights.letters.blocks import Block
from goodfaith.rights.letters.parts import Head, demand
from goodfaith.rights.letters.words import day, numeral

FREE = "办理异议、投诉和信用修复不收取任何费用"
ENGLISH = "This is an official letter, valid in Chinese. For help in English please call {phone} and quote case {case}."

SETTINGS = ((140, 240), (140, 215), (130, 200))
"""Tenths of a point: size of the type and distance of the lines. 1.7 em is for reading; the others may save a page that
would hold two lines and a signature."""
MOST_TRIED = 6
"""Pages past which one more or less does not matter."""


@dataclass(frozen=True)
class Letter:
    """``kind`` is stable (``acceptance``); ``blocks`` as :mod:`.blocks` makes them; ``attached``: names of what
    goes with it."""

    kind: str
    title: str
    head: Head
    blocks: tuple[Block, ...]
    attached: tuple[str, ...] = ()


def compose(
    kind: str, title: str, head: Head, facts: object, body: Sequence[Block], attached: Sequence[str] = ()
) -> Letter:
    """The letter; Problem ``letter_fact_missing`` when its head or its facts are not whole."""
    demand(head)
    demand(facts)
    return Letter(kind, title, head, tuple(_numbered(body)), tuple(attached))


def _numbered(body: Sequence[Block]) -> Iterator[Block]:
    """The blocks, their headings numbered 一、二、三."""
    count = itertools.count(1)
    for block in body:
        is_heading = block["kind"] == "heading"
        yield block | {"text": f"{numeral(next(count))}、{block['text']}"} if is_heading else block


def render(letter: Letter, *, draft: bool = False, english: bool = False) -> Typeset:
    """The letter as PDF. ``draft``: marked on every page as having no effect; ``english``: with a line for those who
    don't read Chinese. It is set closer when that saves a page. Problems: those of :mod:`goodfaith.common.typeset`.
    """
    data, at = _data(letter, draft, english), _moment(letter)
    tried = []
    for setting in SETTINGS:
        tried.append(typeset(_template(), data | {"setting": list(setting)}, at=at))
        if tried[-1].pages == 1 or tried[-1].pages > MOST_TRIED:
            break
    return min(tried, key=lambda one: one.pages)


@functools.cache
def _template() -> str:
    return Path(__file__).with_name("letter.typ").read_text(encoding="utf-8")


def _moment(letter: Letter) -> dt.datetime:
    return dt.datetime.combine(letter.head.dated, dt.time(), CHINA)


def _data(letter: Letter, draft: bool, english: bool) -> dict[str, Any]:
    head, office = letter.head, letter.head.office
    return {
        "title": letter.title, "number": head.number, "case": head.case_number, "addressee": head.addressee,
        "dated": day(head.dated), "office": office.name, "contact": _contact(head), "blocks": list(letter.blocks),
        "attached": list(letter.attached), "free": FREE, "draft": draft,
        "english": ENGLISH.format(phone=office.phone, case=head.case_number) if english else "",
    }  # fmt: skip


def _contact(head: Head) -> list[list[str]]:
    office = head.office
    rows = [("承办", office.clerk), ("电话", office.phone), ("地址", office.address), ("办公时间", office.hours)]
    return [[name, value] for name, value in rows if value]
