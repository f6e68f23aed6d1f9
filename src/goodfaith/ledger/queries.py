"""What others may read of the ledger's seals: heads, proofs, tiles, keys, witnesses. Nothing here tells an entry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from goodfaith.common.problems import Problem
from goodfaith.ledger import notes, tree
from goodfaith.ledger.models import Checkpoint, SigningKey, State, Tile, Witness


@dataclass(frozen=True)
class CheckpointView:
    """A signed head; ``root`` is 32 bytes, ``note`` what is handed out."""

    size: int
    root: bytes
    at: dt.datetime
    note: str


@dataclass(frozen=True)
class KeyView:
    """A signing key and when it signed; ``until`` None: it signs now."""

    id: str
    vkey: str
    since: dt.datetime
    from_size: int
    until: dt.datetime | None
    statement: str


@dataclass(frozen=True)
class WitnessView:
    """How the last handing-over to one witness went, and the last that succeeded."""

    name: str
    at: dt.datetime
    failed: bool
    message: str
    given_at: dt.datetime | None
    given_size: int | None


def standing() -> bool:
    """Whether the ledger is being sealed; when it is not, people's files stay shut."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.standing()")
        return bool(cursor.fetchone()[0])


def sealed_at() -> dt.datetime:
    """When the ledger was last found to be sealed whole."""
    return State.objects.values_list("sealed_at", flat=True).get(id=1)


def newest_checkpoint() -> CheckpointView | None:
    """The latest signed head; None before the first seal."""
    found = Checkpoint.objects.order_by("-size", "-id").first()
    return CheckpointView(found.size, bytes(found.root), found.at, found.note) if found else None


def signing_keys() -> list[KeyView]:
    """Every key that signs or signed, oldest first."""
    return [
        KeyView(
            row.key_id, notes.Verifier(row.name, bytes(row.public)).vkey(), row.since, row.from_size, row.until,
            row.statement,
        )
        for row in SigningKey.objects.order_by("from_size", "since")
    ]  # fmt: skip


def witnesses() -> list[WitnessView]:
    """Each witness that was ever handed a head, by name."""
    last = Witness.objects.order_by("name", "-id").distinct("name")
    given = {row.name: row for row in Witness.objects.filter(outcome="given").order_by("name", "-id").distinct("name")}
    return [
        WitnessView(
            row.name, row.at, row.outcome == "failed", row.message,
            given[row.name].at if row.name in given else None, given[row.name].size if row.name in given else None,
        )
        for row in last
    ]  # fmt: skip


# -- tiles and proofs -------------------------------------------------------------------------------------
def tile(level: int, number: int, width: int) -> bytes | None:
    """``width`` hashes of a tile, of the signed tree only; None when it does not have so many."""
    held = Tile.objects.filter(level=level, number=number).values_list("hashes", flat=True).first()
    hashes = bytes(held or b"")[: width * tree.HASH]
    return hashes if len(hashes) == width * tree.HASH else None


def bundle(number: int, width: int) -> bytes | None:
    """The commitments of ``width`` leaves of entry bundle ``number``, 32 bytes each; None when there are fewer."""
    start = number * tree.WIDTH
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.leaf_bundle(%s, %s)", [start, start + width])
        found = bytes(cursor.fetchone()[0] or b"")
    return found if len(found) == width * tree.HASH else None


class _Tiles:
    """Reads single hashes of the tree, each tile once."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, index: int) -> bytes:
        tile_level, number, start, end = tree.tile_of(level, index)
        if (tile_level, number) not in self._held:
            found = Tile.objects.filter(level=tile_level, number=number).values_list("hashes", flat=True).first()
            self._held[tile_level, number] = bytes(found or b"")
        hashes = tree.hashes_of(self._held[tile_level, number][start * tree.HASH : end * tree.HASH])
        if len(hashes) != end - start:
            raise Problem("tile_missing", "日志的区块不完整。", "请运行 goodfaith ledger verify。", status=503)
        return tree.full_head(hashes)


def _within(size: int) -> None:
    sealed = State.objects.values_list("size", flat=True).get(id=1)
    if not 0 <= size <= sealed:
        raise Problem("proof_range", f"日志现有 {sealed} 条，没有 {size} 条。", "请先取最新的日志头。", status=400)


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """The audit path of leaf ``index`` in the tree of ``size`` leaves; Problem ``proof_range`` outside of it."""
    _within(size)
    return tree.inclusion(index, size, _Tiles())


def consistency_proof(old: int, new: int) -> list[bytes]:
    """The proof that the log of ``new`` leaves continues that of ``old``; Problem ``proof_range``."""
    _within(new)
    return tree.consistency(old, new, _Tiles())


def root(size: int) -> bytes:
    """The head of the first ``size`` leaves, from the tiles."""
    _within(size)
    return tree.root(size, _Tiles())
