"""One document, read whole: :func:`read_document` for files, :func:`read_text` for words already at hand."""

from __future__ import annotations

import bisect
import contextlib
import dataclasses
import gc
import re
from collections.abc import Iterator

from goodfaith.duties.reading import limit_scopes, markers, outline, plans, tasks
from goodfaith.duties.reading.doubts import Doubting
from goodfaith.duties.reading.files.opening import check_text, open_document
from goodfaith.duties.reading.head import header
from goodfaith.duties.reading.head.header import Head
from goodfaith.duties.reading.limit_scopes import Part
from goodfaith.duties.reading.markers import Marker
from goodfaith.duties.reading.note import first_leading
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.note.prefixes import home_of, with_sections
from goodfaith.duties.reading.outline import Block
from goodfaith.duties.reading.page import traditional
from goodfaith.duties.reading.page.flow import Flow, build
from goodfaith.duties.reading.page.pieces import Pieces
from goodfaith.duties.reading.plans import Region
from goodfaith.duties.reading.shapes import Document, Doubt, Plan
from goodfaith.duties.reading.table import tables
from goodfaith.duties.reading.table.table_notes import Table
from goodfaith.duties.reading.tasks import Context


def read_document(data: bytes, name: str) -> Document:
    """Read a file. Raises Problem (what is wrong with it, what to do) when it can't be read."""
    opened = open_document(data, name)
    with _no_collecting():
        return _read(opened.text, opened.remarks)


def read_text(text: str) -> Document:
    """Read a text. Problems: ``document_empty``, ``document_language``, ``document_too_long``."""
    check_text(text)
    with _no_collecting():
        return _read(text, ())


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing that is made here refers to itself, and a long table makes so many objects that Python would go over all
    that the process holds again and again to look for such: a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(text: str, remarks: tuple[tuple[str, str], ...]) -> Document:
    flow = build(text.replace("\r\n", "\n").replace("\r", "\n"))
    found = list(markers.find(flow.dense))
    head = header.read(flow, _first_block(flow, found))
    doubting = Doubting(flow)
    pieces = Pieces(flow, head)
    regions = plans.regions(flow, head, head.body)
    first_leads = first_leading.scopes(flow, regions)
    home = with_sections(home_of(head.issuer, traditional.simplified(head.header.title)), head.issuer, flow.dense)
    contexts, parts = list[Context](), list[Part]()
    for region, first in zip(regions, first_leads, strict=True):
        contexts.append(Context(flow, _calendar(head, region), home, doubting, first))
        parts.append(_part(contexts[-1], region, found, pieces))
    limited = limit_scopes.spread(flow, parts, doubting)
    made = [
        Plan(region.title, tuple(done), tuple(context.clauses), flow.span(region.start, region.end))
        for region, done, context in zip(regions, limited, contexts, strict=True)
    ]
    kept = tuple(plan for plan in made if plan.tasks) or tuple(made[-1:] if len(made) > 1 else made)
    cites = header.citations(flow, {plan.title for plan in kept})
    return Document(
        text=flow.original,
        header=dataclasses.replace(head.header, cites=cites),
        plans=kept,
        pieces=pieces.all(),
        doubts=tuple(_about_whole(doubting, head, kept, remarks)),
    )


def _first_block(flow: Flow, found: list[Marker]) -> int:
    for marker in found:
        if (
            marker.number == 1
            and marker.start in flow.starts
            and marker.kind in ("一", "chapter", "（一）", "1", "article")
        ):
            return marker.start
    return len(flow.dense)


def _calendar(head: Head, region: Region) -> Calendar:
    signed = head.header.signed
    for words in (region.title, head.header.title):
        years = set(re.findall(r"(?<!\d)20\d\d(?=年)(?!年—|年-|年至)", words))
        if len(years) == 1 and not re.search(r"20\d\d年?[—\-至~]+20\d\d", words):
            return Calendar(int(years.pop()), True, signed)
    return Calendar(signed.year if signed else None, False, signed)


def _part(context: Context, region: Region, found: list[Marker], pieces: Pieces) -> Part:
    flow = context.flow
    found_tables = tables.find(flow, region.body, region.end, context.on)
    inside = (marker for marker in found if region.body <= marker.start < region.end)
    outside = [marker for marker in inside if not any(one.start <= marker.start < one.end for one in found_tables)]
    blocks = _up_to_tables(outline.blocks(flow, outside, region.body, region.end), found_tables)
    first = min([block.start for block in blocks[:1]] + [table.start for table in found_tables[:1]] + [region.end])
    pieces.region(region, blocks, found_tables)
    tasks.of_stretch(context, region.body, first)
    tasks.of_blocks(context, blocks)
    for table in found_tables:
        tasks.of_table(context, table)
    context.tasks.sort(key=lambda task: task.span)
    return Part(region, blocks, found_tables, context.tasks, context.on, context.said)


def _up_to_tables(blocks: list[Block], found: list[Table]) -> list[Block]:
    """A clause's own words end where a table begins."""
    starts = [table.start for table in found]
    for block in blocks:
        after = bisect.bisect_right(starts, block.start)
        if after < len(starts):
            block.end = min(block.end, starts[after])
    return blocks


def _about_whole(
    doubting: Doubting, head: Head, made: tuple[Plan, ...], remarks: tuple[tuple[str, str], ...]
) -> list[Doubt]:
    codes = [(code, words) for code, words in remarks]
    missing = {
        "no_title": not head.header.title,
        "no_issuer": not head.header.issuer,
        "no_signed": not head.header.signed,
        "no_notes": not any(plan.tasks for plan in made),
    }
    codes += [(code, "") for code, is_so in missing.items() if is_so]
    return [doubting.about(code, (0, 0), words) for code, words in codes]
