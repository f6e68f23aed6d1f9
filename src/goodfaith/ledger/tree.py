"""The Merkle tree of RFC 6962, kept in tiles as C2SP tlog-tiles lays them out. Pure: bytes in, bytes out.

A *leaf* is 32 bytes (an entry's commitment), its hash SHA-256(0x00 · leaf); a node's is SHA-256(0x01 · left ·
right). Tile ``(level, number)`` holds up to 256 hashes, each the head of a full subtree of 256**level leaves.
Readers of hashes are passed in as ``hash_at(level, index)``, where ``level`` counts single steps up the tree
(8 to a tile) and only full subtrees are asked for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable

from goodfaith.common.problems import Problem

HASH = 32
HEIGHT = 8
WIDTH = 1 << HEIGHT
EMPTY = hashlib.sha256(b"").digest()
"""The head of a tree without leaves."""
HashAt = Callable[[int, int], bytes]
_PATH = re.compile(r"(?:x\d{3}/)*\d{3}(?:\.p/([1-9]\d{0,2}))?")
MOST_TILES = 1 << 63 - HEIGHT
TOP_LEVEL = 7
"""The highest level of tiles: 8 levels hold more leaves than a bigint counts."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two smaller than ``size`` (2 or more): where RFC 6962 parts a tree."""
    return 1 << (size - 1).bit_length() - 1


def full_head(hashes: list[bytes]) -> bytes:
    """The head of a full subtree over neighbouring hashes, 2**k of them."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def hashes_of(tile: bytes) -> list[bytes]:
    """The single hashes of a tile."""
    return [tile[i : i + HASH] for i in range(0, len(tile), HASH)]


# -- heads ------------------------------------------------------------------------------------------------
def peaks(size: int) -> list[tuple[int, int]]:
    """The full subtrees that make up a tree, largest first: ``(level, index at that level)``."""
    found, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def fold(heads: Iterable[bytes]) -> bytes:
    """The head over the heads of :func:`peaks`."""
    rest = list(heads)
    if not rest:
        return EMPTY
    whole = rest.pop()
    while rest:
        whole = node_hash(rest.pop(), whole)
    return whole


def root(size: int, hash_at: HashAt) -> bytes:
    """The head of the first ``size`` leaves."""
    return fold(hash_at(level, index) for level, index in peaks(size))


def _range_head(start: int, end: int, hash_at: HashAt) -> bytes:
    """The head of leaves ``start`` to ``end``, a subtree of RFC 6962: ``start`` is a multiple of its span."""
    return fold(hash_at(level, (start >> level) + index) for level, index in peaks(end - start))


# -- proofs -----------------------------------------------------------------------------------------------
def inclusion(index: int, size: int, hash_at: HashAt) -> list[bytes]:
    """The audit path of leaf ``index`` in the tree of ``size`` leaves, nearest sibling first (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise Problem("proof_range", f"序号 {index} 不在 0 与 {size - 1} 之间。", "请核对序号和日志大小。", status=400)
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(_range_head(middle, end, hash_at))
            end = middle
        else:
            path.append(_range_head(start, middle, hash_at))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, hash_at: HashAt) -> list[bytes]:
    """The proof that the tree of ``new`` leaves begins with that of ``old`` leaves (RFC 6962, 2.1.2)."""
    if not 0 <= old <= new:
        raise Problem("proof_range", f"旧大小 {old} 大于新大小 {new}。", "请核对两个日志头的大小。", status=400)
    if old in (0, new):
        return []
    start, end, path, whole = 0, new, [], True
    while end != old:
        middle = start + split(end - start)
        if old <= middle:
            path.append(_range_head(middle, end, hash_at))
            end = middle
        else:
            path.append(_range_head(start, middle, hash_at))
            start, whole = middle, False
    return [*([] if whole else [_range_head(start, end, hash_at)]), *path[::-1]]


def verify_inclusion(leaf: bytes, index: int, size: int, path: list[bytes], head: bytes) -> bool:
    """Whether the leaf with this hash stands at ``index`` in the tree of that size and head (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == head


def verify_consistency(old: int, new: int, old_head: bytes, new_head: bytes, path: list[bytes]) -> bool:
    """Whether the tree with the new head begins with that of the old (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old in (0, new):
        return not path and (old_head == new_head if old == new else old_head == EMPTY)
    proof = [old_head, *path] if old & old - 1 == 0 else list(path)
    if not proof:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_head and second == new_head


# -- tiles ------------------------------------------------------------------------------------------------
def tile_widths(size: int) -> list[tuple[int, int, int]]:
    """The last tile of each level of a tree that is not full: ``(level, number, width)``; the *edge*."""
    found, level = [], 0
    while size >> HEIGHT * level:
        count = size >> HEIGHT * level
        if count % WIDTH:
            found.append((level, count // WIDTH, count % WIDTH))
        level += 1
    return found


def tile_of(level: int, index: int) -> tuple[int, int, int, int]:
    """Where the hash ``(level, index)`` is to be had: tile level and number, and from which to which hash of it.

    The head of those hashes (1, 2, 4 … 128 of them) is the hash.
    """
    tile_level, steps = divmod(level, HEIGHT)
    first = index << steps
    return tile_level, first // WIDTH, first % WIDTH, first % WIDTH + (1 << steps)


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """The path of a tile below the log's prefix: ``tile/0/x001/x234/067`` or ``tile/0/000.p/5``."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return f"tile/{level}/{'/'.join(groups)}{'' if width == WIDTH else f'.p/{width}'}"


def parse_path(path: str) -> tuple[int, int]:
    """The number and width that the end of a tile's path (``x001/234.p/5``) names; Problem when it names none."""
    found = _PATH.fullmatch(path)
    number = int(path.partition(".")[0].replace("x", "").replace("/", "")) if found else 0
    width = int(found[1] or WIDTH) if found else 0
    if not found or width > WIDTH or number >= MOST_TILES or tile_path(0, number, width) != f"tile/0/{path}":
        raise Problem("no_such_tile", f"没有名为 {path[:60]} 的区块。", "路径格式见 C2SP tlog-tiles。", status=404)
    return number, width
