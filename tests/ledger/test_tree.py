"""The tree against the published vectors of RFC 6962's logs and against a tree made by the definition."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common.problems import Problem
from goodfaith.ledger import tree

VECTORS = json.loads((Path(__file__).parent / "rfc6962.json").read_text())
LEAVES = [bytes.fromhex(leaf) for leaf in VECTORS["leaves"]]
HASHES = [tree.leaf_hash(leaf) for leaf in LEAVES]


# -- the definition, word for word (RFC 6962, 2.1) -----------------------------------------------------------
def naive_root(hashes: list[bytes]) -> bytes:
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(hashes[:k]) + naive_root(hashes[k:])).digest()


def naive_path(m: int, hashes: list[bytes]) -> list[bytes]:
    if len(hashes) == 1:
        return []
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if m < k:
        return [*naive_path(m, hashes[:k]), naive_root(hashes[k:])]
    return [*naive_path(m - k, hashes[k:]), naive_root(hashes[:k])]


def naive_proof(m: int, hashes: list[bytes], whole: bool = True) -> list[bytes]:
    if m == len(hashes):
        return [] if whole else [naive_root(hashes)]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if m <= k:
        return [*naive_proof(m, hashes[:k], whole), naive_root(hashes[k:])]
    return [*naive_proof(m - k, hashes[k:], False), naive_root(hashes[:k])]


def reader(hashes: list[bytes]) -> tree.HashAt:
    return lambda level, index: tree.full_head(hashes[index << level : (index + 1) << level])


def made(count: int) -> list[bytes]:
    return [tree.leaf_hash(str(n).encode()) for n in range(count)]


# -- published vectors ---------------------------------------------------------------------------------------
def test_published_heads() -> None:
    heads = [tree.root(size, reader(HASHES)).hex() for size in range(9)]
    assert heads == VECTORS["roots"]


@pytest.mark.parametrize("case", VECTORS["inclusion"])
def test_published_inclusion_proofs(case: dict[str, object]) -> None:
    index, size = int(str(case["leaf"])) - 1, int(str(case["size"]))
    path = [bytes.fromhex(str(step)) for step in case["path"]]  # type: ignore[attr-defined]
    assert tree.inclusion(index, size, reader(HASHES)) == path
    assert tree.verify_inclusion(HASHES[index], index, size, path, bytes.fromhex(VECTORS["roots"][size]))


@pytest.mark.parametrize("case", VECTORS["consistency"])
def test_published_consistency_proofs(case: dict[str, object]) -> None:
    old, new = int(str(case["old"])), int(str(case["new"]))
    path = [bytes.fromhex(str(step)) for step in case["path"]]  # type: ignore[attr-defined]
    heads = [bytes.fromhex(head) for head in VECTORS["roots"]]
    assert tree.consistency(old, new, reader(HASHES)) == path
    assert tree.verify_consistency(old, new, heads[old], heads[new], path)


# -- properties ----------------------------------------------------------------------------------------------
@given(st.integers(0, 700))
def test_head_is_the_definitions(size: int) -> None:
    hashes = made(size)
    assert tree.root(size, reader(hashes)) == naive_root(hashes)


@given(st.data())
def test_inclusion_is_the_definitions_and_nothing_else_passes(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 600))
    index = data.draw(st.integers(0, size - 1))
    hashes = made(size)
    head, path = naive_root(hashes), tree.inclusion(index, size, reader(hashes))
    assert path == naive_path(index, hashes)
    assert tree.verify_inclusion(hashes[index], index, size, path, head)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index)) if size > 1 else None
    if other is not None:
        assert not tree.verify_inclusion(hashes[other], index, size, path, head)
        assert not tree.verify_inclusion(hashes[index], other, size, path, head)
        broken = data.draw(st.integers(0, len(path) - 1))
        assert not tree.verify_inclusion(hashes[index], index, size, path[:broken] + path[broken + 1 :], head)
        path[broken] = bytes(32)
        assert not tree.verify_inclusion(hashes[index], index, size, path, head)
    assert not tree.verify_inclusion(hashes[index], index, size, [*path, head], head)
    assert not tree.verify_inclusion(hashes[index], size, size, path, head)


@given(st.data())
def test_consistency_is_the_definitions_and_nothing_else_passes(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 600))
    old = data.draw(st.integers(1, new))
    hashes = made(new)
    before, after = naive_root(hashes[:old]), naive_root(hashes)
    path = tree.consistency(old, new, reader(hashes))
    assert path == naive_proof(old, hashes)
    assert tree.verify_consistency(old, new, before, after, path)
    assert not tree.verify_consistency(old, new, bytes(32), after, path)
    assert not tree.verify_consistency(old, new, before, bytes(32), path)
    assert not tree.verify_consistency(old, new, before, after, [*path, after])
    if path:
        broken = data.draw(st.integers(0, len(path) - 1))
        assert not tree.verify_consistency(old, new, before, after, path[:broken] + path[broken + 1 :])


# -- tiles ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, 256, "tile/0/000"), (273, 256, "tile/0/273"), (1234067, 256, "tile/0/x001/x234/067"),
        (1234067, 8, "tile/0/x001/x234/067.p/8"), (1000, 1, "tile/0/x001/000.p/1"),
    ],
)  # fmt: skip
def test_paths_of_tiles(number: int, width: int, path: str) -> None:
    assert tree.tile_path(0, number, width) == path
    assert tree.parse_path(path.removeprefix("tile/0/")) == (number, width)


@pytest.mark.parametrize(
    "path", ["", "0", "0000", "x000/001", "001.p/0", "001.p/257", "001.p/256", "001.p/01", "1/001", "x001", "-01", "٣٣٣"]
)
def test_no_tile_has_two_names(path: str) -> None:
    with pytest.raises(Problem):
        tree.parse_path(path)


@given(st.integers(0, 2**40))
def test_paths_come_back(number: int) -> None:
    assert tree.parse_path(tree.tile_path(0, number).removeprefix("tile/0/")) == (number, 256)
