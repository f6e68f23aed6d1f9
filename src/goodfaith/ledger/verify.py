"""``goodfaith ledger verify``: the whole ledger in the database, every row, tile, head and waiting entry.

The rows are read by COPY and hashed here; nothing that the database says of them is believed. The walk itself is
the one of :mod:`goodfaith.ledger.verifier`, which also checks exports.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from goodfaith.common import clock
from goodfaith.ledger import notes, rows, sealing, tree
from goodfaith.ledger.export import snapshot
from goodfaith.ledger.models import Checkpoint, SigningKey, State
from goodfaith.ledger.verifier import (
    Finding,
    Head,
    Key,
    Refused,
    Report,
    Walk,
    age_findings,
    erased_lines,
    gather,
    read_introduction,
    read_key,
)

Findings = Iterator[Finding]
SHORTLY = dt.timedelta(minutes=10)
"""How far clocks may differ."""


# -- keys and heads ---------------------------------------------------------------------------------------
def _keys(trusted: list[Key] | None) -> tuple[list[Key], list[Finding]]:
    """The keys whose signatures count: those given, or the first in the database, and what these introduce."""
    known, findings = list(trusted or []), []
    for row in SigningKey.objects.order_by("from_size", "since"):
        try:
            key = read_key(notes.Verifier(row.name, bytes(row.public)).vkey())
            if row.statement:
                introduced = read_introduction(row.statement, known)
                known += [introduced] if introduced not in known else []
            elif not known:
                known.append(key)
            if key not in known or key.id.hex() != row.key_id:
                raise Refused("unknown_key", f"密钥 {row.key_id} 不是可信的密钥，也没有经可信的密钥介绍")
        except Refused as refused:
            findings.append(refused.finding)
    return known, findings


def _stored(keys: list[Key], origin: str, first: int, last: int) -> tuple[list[Head], list[Finding]]:
    """The database's heads over ``first`` to ``last`` leaves; the columns beside a note must say what it says."""
    some = Checkpoint.objects.filter(size__gt=first if first else -1, size__lte=last).order_by("id")
    table = list(some.values_list("id", "size", "root", "at", "note"))
    heads, findings = gather(((f"第 {n} 号日志头", note, True) for n, _, _, _, note in table), keys, origin)
    said = {head.label: head for head in heads}
    for number, size, root, at, _ in table:
        head = said.get(f"第 {number} 号日志头")
        if head and (head.size, head.root) != (size, bytes(root)):
            findings.append(Finding("forged_head", f"第 {number} 号日志头：登记的条数或树根与签名的内容不符"))
        elif head and (head.at is None or abs(head.at - at) > dt.timedelta(seconds=1)):
            findings.append(Finding("forged_head", f"第 {number} 号日志头：登记的时间与签名的内容不符"))
    return heads, findings


def dropped(folder: str | Path) -> Iterator[tuple[str, str]]:
    """The heads in a witness's folder, as ``(where, note)``."""
    for path in sorted(Path(folder).rglob("*.txt")):
        yield f"外部留存 {path.parent.name}/{path.name}", path.read_text(encoding="utf-8", errors="replace")


# -- what can be asked of the database ----------------------------------------------------------------------
GAPS = """
    SELECT index, expected FROM (
        SELECT index, row_number() OVER (ORDER BY index) - 1 AS expected FROM ledger_leaf) numbered
    WHERE index <> expected ORDER BY index LIMIT 1
"""
NEVER_SEALED = """
    SELECT e.id, e.at FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = e.id)
    AND NOT EXISTS (SELECT FROM ledger_pending p WHERE p.entry_id = e.id) ORDER BY e.id LIMIT 20
"""
GONE = """
    SELECT l.index, l.entry_id FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id
    WHERE e.id IS NULL ORDER BY 1 LIMIT 20
"""
GONE_WAITING = """
    SELECT p.entry_id, EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = p.entry_id) FROM ledger_pending p
    WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = p.entry_id)
       OR EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = p.entry_id) ORDER BY 1 LIMIT 20
"""
OLDEST_WAITING = "SELECT min(e.at) FROM ledger_pending p JOIN ledger_entry e ON e.id = p.entry_id"


UNWRITTEN = "SELECT coalesce(max(id) - count(*), 0) FROM ledger_entry"
UNWRITTEN_RANGES = """
    SELECT first, last
    FROM (SELECT lag(id, 1, 0::bigint) OVER (ORDER BY id) + 1, id - 1 FROM ledger_entry) n(first, last)
    WHERE last >= first ORDER BY first DESC LIMIT 20
"""


def unwritten() -> tuple[int, list[tuple[int, int]]]:
    """How many numbers below the newest entry's were drawn and never written, and the latest ranges of them.

    An entry and its rows are one transaction: whoever rolls it back has read and leaves no entry, but numbers are not
    given back. A request that failed and a restart of the database (up to 32 at once) leave such gaps as well, so they
    are no finding; they are something to ask about.
    """
    count = rows.fetch(UNWRITTEN)[0][0]
    return count, [(first, last) for first, last in rows.fetch(UNWRITTEN_RANGES)] if count else []


COUNTS = """
    SELECT (SELECT count(*) FROM ledger_leaf), (SELECT coalesce(max(index) + 1, 0) FROM ledger_leaf),
           (SELECT count(*) FROM ledger_pending), (SELECT count(*) FROM ledger_entry)
"""


def _membership(size: int, suspect: bool) -> Findings:
    """Every entry is in the tree once or waits once, and nothing else is.

    When every row stands at its place, no waiting entry is in the tree or gone, and the counts agree, there is nothing
    left that could be elsewhere; only otherwise (or when something else is ``suspect``) is each looked for.
    """
    leaves, end, waiting, entries = rows.fetch(COUNTS)[0]
    if leaves != size:
        yield Finding("wrong_size", f"最新的日志头记有 {size} 条，树中登记了 {leaves} 条")
    wrong = rows.fetch(GONE_WAITING)
    for entry, twice in wrong:
        why = "已经封存过" if twice else "已被删去"
        yield Finding("pending_wrong", f"等待封存的记录 {entry} {why}")
    if suspect or wrong or not leaves == end == size or entries != leaves + waiting:
        yield from _each_looked_for()


def _each_looked_for() -> Findings:
    for index, expected in rows.fetch(GAPS):
        yield Finding("leaf_missing", f"第 {expected} 位的登记不见了（其后是第 {index} 位）")
    for index, entry in rows.fetch(GONE):
        yield Finding("row_missing", f"第 {index} 位：记录 {entry} 被删去")
    for entry, at in rows.fetch(NEVER_SEALED):
        yield Finding("never_sealed", f"记录 {entry}（{at:%Y-%m-%d %H:%M:%S}）既没有封存，也不在等待封存")


def _waiting(sealed: Walk, now: dt.datetime) -> Findings:
    """The entries that wait hold too, and do not wait too long; an erasure's two entries may stand on either side."""
    walk = Walk()
    walk.go(rows.waiting())
    sealed.erased |= walk.erased
    sealed.erasures |= walk.erasures
    yield from (Finding(finding.code, f"等待封存的记录中，{finding.text}") for finding in walk.findings)
    oldest = rows.fetch(OLDEST_WAITING)[0][0]
    limit = settings.LEDGER["open_seconds"]
    if oldest and (now - oldest).total_seconds() > limit:
        yield Finding("pending_old", f"有记录自 {oldest:%Y-%m-%d %H:%M:%S} 起一直没有封存，已超过 {limit} 秒")


def _state(newest: Head | None, now: dt.datetime) -> Findings:
    state = State.objects.filter(id=1).first()
    said = (newest.size, newest.root) if newest else (0, tree.EMPTY)
    if state is None or (state.size, bytes(state.root)) != said:
        yield Finding("state_wrong", "封存状态与最新的日志头不符")
    elif state.sealed_at > now + SHORTLY:
        yield Finding("state_wrong", "登记的封存时间在将来")


# -- tiles ------------------------------------------------------------------------------------------------
UPPER_TILES = "SELECT level, number, hashes FROM ledger_tile WHERE level > 0"
TILES = "SELECT number, sha256(hashes) FROM ledger_tile WHERE level = 0 ORDER BY number"


def _tiles(walk: Walk) -> Findings:
    """Each tile holds the hashes that the rows give; where one of the lowest does not, the rows are named."""
    held = {number: bytes(digest) for number, digest in rows.fetch(TILES)}
    for number, digest in enumerate(walk.tiles):
        if held.pop(number, b"") != digest:
            yield from _parted(number, walk.count)
    for number in sorted(held):
        yield Finding("tile_wrong", f"区块 {tree.tile_path(0, number)} 没有对应的记录")
    yield from _upper(walk)


def _parted(number: int, count: int) -> Findings:
    """Which rows of a tile are not those that were sealed."""
    start = number * tree.WIDTH
    found = rows.fetch("SELECT hashes FROM ledger_tile WHERE level = 0 AND number = %s", number)
    sealed = tree.hashes_of(bytes(found[0][0])) if found else []
    walk = Walk()
    now = [walk.leaf_of(start + n, row) for n, row in enumerate(rows.sealed(start, min(start + tree.WIDTH, count)))]
    if len(sealed) != len(now):
        yield Finding("tile_wrong", f"区块 {tree.tile_path(0, number)} 的长度不对")
    for n, (was, is_now) in enumerate(zip(sealed, now, strict=False)):
        if was != is_now:
            yield Finding("row_replaced", f"第 {start + n} 位：现在的记录不是当初封存的那一条（被改动、替换或调换）")


def _upper(walk: Walk) -> Findings:
    """The tiles above the lowest, from the heads of those below."""
    made: sealing.Tiles = {}
    level, heads = 1, walk.groups
    while heads:
        blocks = [heads[i : i + tree.WIDTH] for i in range(0, len(heads), tree.WIDTH)]
        made |= {(level, n): b"".join(block) for n, block in enumerate(blocks)}
        heads = [tree.full_head(block) for block in blocks if len(block) == tree.WIDTH]
        level += 1
    held = {(up, number): bytes(hashes) for up, number, hashes in rows.fetch(UPPER_TILES)}
    for level, number in sorted(made.keys() | held.keys()):
        if made.get((level, number)) != held.get((level, number)):
            yield Finding("tile_wrong", f"区块 {tree.tile_path(level, number)} 与记录不符")


# -- the whole --------------------------------------------------------------------------------------------
def _origin(trusted: list[Key] | None) -> str:
    first = SigningKey.objects.order_by("from_size", "since").first()
    return trusted[0].name if trusted else first.name if first else ""


def _last(keys: list[Key], origin: str) -> tuple[int, Head | None]:
    """How many leaves the newest head says there are, and the head itself when its signature holds."""
    row = Checkpoint.objects.order_by("-size", "-id").first()
    heads, _ = gather([("最新的日志头", row.note, True)] if row else [], keys, origin)
    return row.size if row else 0, heads[0] if heads else None


def _newest(heads: Iterable[Head]) -> Head | None:
    return max(heads, key=lambda head: (head.size, head.at or dt.datetime.min.replace(tzinfo=dt.UTC)), default=None)


def _older(stored: Head | None, outside: Iterable[Head]) -> Findings:
    """Whether somebody outside holds a later head than we do: then this database is an old one."""
    last = _newest(outside)
    if last and (stored is None or last.size > stored.size):
        size = stored.size if stored else 0
        text = f"数据库中最新的日志头只有 {size} 条，而{last.label}已有 {last.size} 条：这是旧的或被截短的"
        yield Finding("old_head", text)


def verify(
    *,
    outside: Iterable[tuple[str, str]] = (),
    trusted: list[Key] | None = None,
    max_age: dt.timedelta | None = None,
    progress: Callable[[int], None] = lambda _count: None,
) -> Report:
    """Check the whole ledger as of one moment. ``outside``: heads kept elsewhere, as ``(where, note)``; ``trusted``:
    keys got elsewhere; ``max_age``: how old the newest head may be; ``progress`` is told each count of rows."""
    with transaction.atomic(durable=True):
        snapshot()
        return examine(outside, trusted, max_age, progress)


def examine(
    outside: Iterable[tuple[str, str]] = (),
    trusted: list[Key] | None = None,
    max_age: dt.timedelta | None = None,
    progress: Callable[[int], None] = lambda _count: None,
) -> Report:
    """:func:`verify` in the transaction that runs."""
    now, origin = clock.now(), _origin(trusted)
    keys, findings = _keys(trusted)
    elsewhere, foreign = gather(((label, note, False) for label, note in outside), keys, origin)
    size, newest = _last(keys, origin)
    walk, heads = Walk(keep_tiles=True), len(elsewhere)
    findings += [*foreign, *_older(newest, elsewhere)]
    for first in range(0, max(size, 1), rows.CHUNK):
        last = min(first + rows.CHUNK, size)
        stored, wrong = _stored(keys, origin, first, last)
        here = [head for head in elsewhere if first < head.size <= last or head.size == first == 0]
        findings += [*wrong, *_split(stored, here)]
        heads += len(stored)
        walk.heads = [*stored, *here]
        walk.go(rows.sealed(first, last))
        progress(walk.count)
    walk.heads = [head for head in elsewhere if head.size > size]
    walk.go([])
    findings += [*_waiting(walk, now), *_tiles(walk), *_state(newest, now)]
    findings += _membership(size, suspect=bool(findings or walk.findings))
    walk.match_erasures()
    findings += walk.summary()
    if newest:
        findings += age_findings(newest, max_age, now)
    return Report(_once(findings), walk.count, heads, newest, keys, erased_lines(walk))


def _split(stored: Iterable[Head], outside: Iterable[Head]) -> Findings:
    """Whether a head outside contradicts one of the same size here."""
    ours = {head.size: head for head in stored}
    for head in outside:
        if head.size in ours and ours[head.size].root != head.root:
            yield Finding("two_histories", f"{head.label}与{ours[head.size].label}条数同为 {head.size}，内容却不同")


def _once(findings: list[Finding]) -> list[Finding]:
    return list(dict.fromkeys(findings))

