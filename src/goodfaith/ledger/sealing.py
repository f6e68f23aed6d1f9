"""What a seal does to the tree: new leaves into the tiles, and the head over them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodfaith.ledger import tree

Tiles = dict[tuple[int, int], bytes]
"""Tiles by level and number."""


@dataclass(frozen=True)
class Grown:
    """A tree that has grown: the tiles that changed, its size and head."""

    tiles: Tiles
    size: int
    root: bytes


def edge_root(size: int, edge: Mapping[tuple[int, int], bytes]) -> bytes | None:
    """The head of a tree from the last, unfilled tile of each level; None when they do not fit the size."""
    heads: list[bytes] = []
    widths = tree.tile_widths(size)
    for level, number, width in reversed(widths):
        tile = edge.get((level, number), b"")
        if len(tile) != width * tree.HASH:
            return None
        hashes = tree.hashes_of(tile)
        heads += [tree.full_head(hashes[i << n : (i + 1) << n]) for n, i in tree.peaks(width)]
    return tree.fold(heads)


def grow(size: int, edge: Mapping[tuple[int, int], bytes], leaves: list[bytes]) -> Grown:
    """Append leaves (their hashes are made here) to the tree whose unfilled tiles are ``edge``."""
    changed: Tiles = {}
    fresh, level, count = [tree.leaf_hash(leaf) for leaf in leaves], 0, size
    while fresh:
        fresh, count = _append(changed, edge, level, count, fresh), count >> tree.HEIGHT
        level += 1
    whole = {**edge, **changed}
    total = size + len(leaves)
    head = edge_root(total, whole)
    assert head is not None  # noqa: S101 -- the tiles were just made to that size
    return Grown(changed, total, head)


def _append(
    changed: Tiles, edge: Mapping[tuple[int, int], bytes], level: int, count: int, fresh: list[bytes]
) -> list[bytes]:
    """Append hashes to one level of ``count`` hashes; the heads of the tiles that became full."""
    filled, number, held = [], count // tree.WIDTH, count % tree.WIDTH
    tile = edge[level, number] if held else b""
    for start in range(-held, len(fresh), tree.WIDTH):
        tile = b"".join([tile, *fresh[max(start, 0) : start + tree.WIDTH]])
        changed[level, number] = tile
        if len(tile) == tree.WIDTH * tree.HASH:
            filled.append(tree.full_head(tree.hashes_of(tile)))
        tile, number = b"", number + 1
    return filled
