"""The browser's arithmetic against the ledger's own: the same answers on every small tree, and on one past 2**32."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from goodfaith.ledger import notes, tree

SCRIPTS = Path(__file__).resolve().parents[2] / "src/goodfaith/faces/static_src/js"
MOST = 20

RUN = """
const [tree, head] = await Promise.all([import(process.argv[1] + "/proof_tree.js"), import(process.argv[1] + "/proof_head.js")]);
const { inclusion, consistency, notes } = JSON.parse(await new Response(process.stdin).text());
const answers = { inclusion: [], consistency: [], notes: [] };
for (const one of inclusion) {
  const root = await tree.rootFrom(tree.fromHex(one.leaf), one.index, one.size, one.path.map(tree.fromHex));
  answers.inclusion.push(root === null ? null : tree.toHex(root));
}
for (const one of consistency)
  answers.consistency.push(await tree.consistent(one.old, tree.fromHex(one.old_root), one.size, tree.fromHex(one.root), one.path.map(tree.fromHex)));
for (const one of notes) answers.notes.push((await head.checkHead(one.note, { keys: one.keys })).signed);
console.log(JSON.stringify(answers));
"""


def _node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("没有找到 Node.js：脚本的算法由浏览器测试核对。")
    return found


def run(**cases: list[dict[str, object]]) -> dict[str, list[object]]:
    """What the scripts answer."""
    asked = json.dumps({"inclusion": [], "consistency": [], "notes": []} | cases)
    done = subprocess.run(
        [_node(), "--input-type=module", "-e", RUN, SCRIPTS.as_uri()], input=asked, capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    answers: dict[str, list[object]] = json.loads(done.stdout)
    return answers


LEAVES = [tree.leaf_hash(hashlib.sha256(bytes([n])).digest()) for n in range(MOST)]


def head(leaves: list[bytes]) -> bytes:
    """The root, by the definition."""
    if len(leaves) == 1:
        return leaves[0]
    k = tree.split(len(leaves))
    return tree.node_hash(head(leaves[:k]), head(leaves[k:]))


def hash_at(level: int, index: int) -> bytes:
    """The head of a full subtree."""
    return head(LEAVES[index << level : (index + 1) << level])


def _inclusion(index: int, size: int) -> dict[str, object]:
    path = tree.inclusion(index, size, hash_at)
    return {"leaf": LEAVES[index].hex(), "index": index, "size": size, "path": [one.hex() for one in path]}


def test_every_leaf_of_every_small_tree_leads_to_the_root() -> None:
    cases = [_inclusion(index, size) for size in range(1, MOST + 1) for index in range(size)]
    roots = [head(LEAVES[: int(str(case["size"]))]).hex() for case in cases]
    assert run(inclusion=cases)["inclusion"] == roots


def test_a_wrong_place_or_path_does_not() -> None:
    right = _inclusion(5, 13)
    path = list(right["path"])  # type: ignore[call-overload]
    cases = [
        right | {"index": 6}, right | {"size": 8}, right | {"index": 13}, right | {"path": path[:-1]},
        right | {"path": [*path, path[0]]}, right | {"path": path[::-1]}, right | {"leaf": LEAVES[6].hex()},
    ]  # fmt: skip
    wrong = head(LEAVES[:13]).hex()
    assert all(root != wrong for root in run(inclusion=cases)["inclusion"])


def test_places_past_four_thousand_million_are_counted_exactly() -> None:
    """JavaScript's bit operators would cut them to 32 bits."""
    index, size = 2**33, 2**33 + 1
    case = {"leaf": LEAVES[0].hex(), "index": index, "size": size, "path": [LEAVES[1].hex()]}
    assert run(inclusion=[case])["inclusion"] == [tree.node_hash(LEAVES[1], LEAVES[0]).hex()]


def _consistency(old: int, size: int) -> dict[str, object]:
    path = tree.consistency(old, size, hash_at)
    return {"old": old, "old_root": head(LEAVES[:old]).hex(), "size": size, "root": head(LEAVES[:size]).hex(),
            "path": [one.hex() for one in path]}  # fmt: skip


def test_growth_is_believed_and_rewriting_is_not() -> None:
    cases = [_consistency(old, size) for size in range(2, MOST + 1) for old in range(1, size)]
    assert all(run(consistency=cases)["consistency"])
    other = hashlib.sha256(b"another log").hexdigest()
    wrong = [case | changed for case in cases for changed in ({"old_root": other}, {"root": other}, {"path": []})]
    assert not any(run(consistency=wrong)["consistency"])


def test_a_head_is_believed_only_with_a_published_key() -> None:
    ours, theirs = notes.Signer("log.example", b"1" * 32), notes.Signer("log.example", b"2" * 32)
    text = notes.Checkpoint("log.example", 13, head(LEAVES[:13]), None).text()
    good, keys = notes.sign(text, [ours]), [ours.verifier.vkey()]
    stranger = notes.Signer("elsewhere.example", b"1" * 32)
    cases: list[dict[str, object]] = [
        {"note": good, "keys": keys},
        {"note": good.replace("\n13\n", "\n14\n"), "keys": keys},
        {"note": good, "keys": [theirs.verifier.vkey()]},
        {"note": notes.sign(text, [stranger]), "keys": [stranger.verifier.vkey()]},
        {"note": notes.sign(text, [theirs, ours]), "keys": keys},
    ]
    assert run(notes=cases)["notes"] == [True, False, False, False, True]
