"""Sealing: every entry exactly one leaf, whatever happens; nothing is signed over a tree that is not ours."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM
from goodfaith.common.problems import Problem
from goodfaith.common.roles import SEALER
from goodfaith.ledger import actions, notes, queries, sealing, tree
from goodfaith.ledger.models import Checkpoint, Leaf, Pending, State
from tests.conftest import as_role
from tests.ledger.conftest import OwnDatabase, append
from tests.ledger.test_tree import naive_root


@given(st.lists(st.integers(0, 600), min_size=1, max_size=5), st.integers(0, 9))
def test_growing_in_parts_makes_the_same_tree(parts: list[int], salt: int) -> None:
    tiles: sealing.Tiles = {}
    leaves: list[bytes] = []
    for part in parts:
        fresh = [bytes([salt]) + (len(leaves) + n).to_bytes(31, "big") for n in range(part)]
        edge = {(level, n): tiles[level, n] for level, n, _ in tree.tile_widths(len(leaves))}
        grown = sealing.grow(len(leaves), edge, fresh)
        tiles |= grown.tiles
        leaves += fresh
        assert grown.size == len(leaves)
        assert grown.root == naive_root([tree.leaf_hash(leaf) for leaf in leaves])
    assert b"".join(tiles[0, n] for n in range(-(-len(leaves) // 256))) == b"".join(map(tree.leaf_hash, leaves))


def test_a_seal_gives_every_entry_its_place(sealed: Any) -> None:
    with connection.cursor() as cursor:
        entries = append(cursor, 300)
    assert sealed(200).count == 200
    assert sealed().count == 100
    assert list(Leaf.objects.order_by("index").values_list("index", "entry_id")) == list(enumerate(entries))
    assert not Pending.objects.exists()
    head = queries.newest_checkpoint()
    assert head is not None
    assert head.size == 300
    signed = notes.open_checkpoint(head.note, [notes.parse_vkey(key.vkey) for key in queries.signing_keys()])
    assert (signed.size, signed.root) == (300, queries.root(300)) == (300, bytes(State.objects.get().root))
    assert [key.from_size for key in queries.signing_keys()] == [0]


@pytest.mark.parametrize("waiting", [0, 1, 300])
def test_sealing_goes_by_the_keys_whatever_the_planner_believes(city: Any, waiting: int) -> None:
    """A plan made for an empty table read the whole ledger for each entry when entries came in meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        if waiting:
            append(cursor, waiting)
        cursor.execute(actions.BEGIN, [actions.LOCK])
        cursor.execute("EXPLAIN " + actions.TAKE, [actions.BATCH])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert plan.count("Index Cond: (id = ") == 2 and "Join Filter" not in plan and "Seq Scan" not in plan, plan


def test_proofs_from_the_tiles_hold(sealed: Any) -> None:
    with connection.cursor() as cursor:
        append(cursor, 300)
    sealed(260), sealed()
    head, old = queries.root(300), queries.root(260)
    leaf = tree.leaf_hash(bytes(queries.bundle(1, 44) or b"")[-32:])
    assert tree.verify_inclusion(leaf, 299, 300, queries.inclusion_proof(299, 300), head)
    assert tree.verify_consistency(260, 300, old, head, queries.consistency_proof(260, 300))
    for wrong in ((300, 300), (0, 301), (-1, 10)):
        with pytest.raises(Problem):
            queries.inclusion_proof(*wrong)


def test_an_idle_seal_only_says_that_it_is_sealed(sealed: Any) -> None:
    with connection.cursor() as cursor:
        append(cursor, 3)
        sealed()
        cursor.execute("UPDATE ledger_state SET sealed_at = '2020-01-01'")
        assert not queries.standing()
    assert sealed().count == 0
    assert queries.standing()
    assert Checkpoint.objects.count() == 1


def test_a_head_is_signed_anew_every_hour(sealed: Any, db: None) -> None:
    with connection.cursor() as cursor:
        append(cursor)
    sealed()
    actions.do_seal(acting=SYSTEM, at=clock.now() + actions.RENEW)
    first, second = Checkpoint.objects.order_by("id")
    assert (first.size, first.root) == (second.size, second.root)
    assert first.at < second.at


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE ledger_tile SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1)",
        "DELETE FROM ledger_tile",
        "UPDATE ledger_state SET size = size - 1",
        "UPDATE ledger_state SET root = sha256('x')",
        "DELETE FROM ledger_checkpoint",
        "UPDATE ledger_checkpoint SET note = replace(note, 'goodfaith', 'goodfaitH')",
    ],
)
def test_nothing_is_signed_over_a_tree_that_is_not_ours(sealed: Any, damage: str) -> None:
    with connection.cursor() as cursor:
        append(cursor, 5)
        sealed()
        append(cursor)
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(damage)
        cursor.execute("SET session_replication_role = origin")
    heads = Checkpoint.objects.count()
    with pytest.raises(Problem) as refused, transaction.atomic():
        sealed()
    assert refused.value.code in {"ledger_broken", "note_unsigned"}
    assert Checkpoint.objects.count() == heads
    assert Pending.objects.count() == 1


def test_without_the_key_nothing_is_sealed(sealed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        append(cursor)
        sealed()
        append(cursor)
    monkeypatch.setenv("GOODFAITH_SIGNING_KEYS", '{"origin": "x", "keys": ["%s="]}' % ("B" * 43))
    with pytest.raises(Problem, match="没有日志现用的签名密钥"), transaction.atomic():
        sealed()
    monkeypatch.setenv("GOODFAITH_SIGNING_KEYS", '{"origin": "x", "keys": ["short"]}')
    with pytest.raises(Problem, match="无法识别"), transaction.atomic():
        sealed()
    assert Pending.objects.count() == 1


def test_a_new_key_signs_once_beside_the_old(sealed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODFAITH_SIGNING_KEYS", '{"origin": "goodfaith/test/x", "keys": ["%s="]}' % ("A" * 43))
    with connection.cursor() as cursor:
        append(cursor)
    sealed()
    held = actions.do_rotate_key(acting=SYSTEM, at=clock.now())
    assert held
    monkeypatch.setenv("GOODFAITH_SIGNING_KEYS", held)
    with pytest.raises(Problem, match="还没有签署过"):
        actions.do_rotate_key(acting=SYSTEM, at=clock.now())
    sealed()
    old, new = (notes.parse_vkey(key.vkey) for key in queries.signing_keys())
    first, both = (row.note for row in Checkpoint.objects.order_by("id"))
    assert notes.open_checkpoint(first, [old]).size == 1
    assert notes.open_note(both, [old, new])[1] == [old, new]
    with connection.cursor() as cursor:
        append(cursor)
    sealed()
    last = queries.newest_checkpoint()
    assert last is not None
    assert notes.open_note(last.note, [new])[1] == [new]
    with pytest.raises(Problem):
        notes.open_note(last.note, [old])
    assert [key.until is None for key in queries.signing_keys()] == [False, True]
    statement, signers = notes.open_note(queries.signing_keys()[1].statement, [old])
    assert new.vkey() in statement
    assert signers == [old]


# -- the role -----------------------------------------------------------------------------------------------
def test_the_sealers_role_seals_and_sees_nothing_else(city: Any, sealed: Any) -> None:
    with connection.cursor() as cursor:
        append(cursor, 2)
    with as_role(SEALER):
        assert sealed().count == 2
        actions.do_note_witness(acting=SYSTEM, at=clock.now(), name="x", size=2)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN"
            " ('r', 'v', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
            " AND n.nspname NOT LIKE 'pg_toast%%' AND has_any_column_privilege(%s, c.oid, 'SELECT')",
            [SEALER],
        )
        assert {row[0] for row in cursor.fetchall()} == {
            "ledger_entry", "ledger_pending", "ledger_leaf", "ledger_tile", "ledger_checkpoint", "ledger_state",
            "ledger_signingkey", "ledger_witness",
        }  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM ledger_entry", "SELECT subject_id FROM ledger_entry", "SELECT salt FROM ledger_entry",
        "INSERT INTO ledger_entry (id) VALUES (1)", "UPDATE ledger_entry SET commitment = '\\x00'",
        "DELETE FROM ledger_entry", "DELETE FROM ledger_leaf", "UPDATE ledger_leaf SET index = 9",
        "UPDATE ledger_checkpoint SET size = 1", "DELETE FROM ledger_tile", "INSERT INTO ledger_pending VALUES (1)",
        "UPDATE ledger_signingkey SET public = '\\x00'", "SELECT * FROM subjects_person", "SELECT * FROM records_record",
        "SELECT * FROM parties_user", "SELECT * FROM open.record", "DELETE FROM ledger_witness",
        "SELECT ledger.append('x','x','x',null,null,null,'x',null,null,'x',null,0)",
    ],
)  # fmt: skip
def test_the_sealers_role_is_denied(city: Any, statement: str) -> None:
    with as_role(SEALER), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_tile SET hashes = sha256('x')", "DELETE FROM ledger_tile",
        "UPDATE ledger_state SET size = size - 1", "UPDATE ledger_state SET root = sha256('x')",
        "DELETE FROM ledger_state", "UPDATE ledger_signingkey SET public = '\\x00'", "DELETE FROM ledger_witness",
        "UPDATE ledger_leaf SET entry_id = 0", "DELETE FROM ledger_checkpoint",
    ],
)  # fmt: skip
def test_not_even_the_owner_takes_a_seal_back(sealed: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        append(cursor)
    sealed()
    actions.do_note_witness(acting=SYSTEM, at=clock.now(), name="x", size=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


# -- kill -9 ------------------------------------------------------------------------------------------------
def _append_until(own: OwnDatabase, stop: threading.Event, made: list[int]) -> None:
    with own.connect() as working, working.cursor() as cursor:
        while not stop.wait(0.01):  # some hundred a second: whatever was written is checked afterwards
            made += append(cursor, 5)


def test_killing_the_sealer_at_any_moment_loses_and_doubles_nothing(own: OwnDatabase) -> None:
    """kill -9 at random moments of a real sealer process, while entries come in from two connections."""
    stop, made, chooser = threading.Event(), [[], []], random.Random(11)
    writers = [threading.Thread(target=_append_until, args=(own, stop, ids)) for ids in made]
    environment = own.environment() | {"GOODFAITH_SEAL_SECONDS": "0.01"}
    command = [sys.executable, "-m", "goodfaith.cli", "sealer"]
    for writer in writers:
        writer.start()
    kills = 0
    try:
        with own.connect() as watching:
            while kills < 12:
                before = watching.execute("SELECT max(id) FROM ledger_checkpoint").fetchone()
                sealer = subprocess.Popen(command, env=environment)
                while watching.execute("SELECT max(id) FROM ledger_checkpoint").fetchone() == before:
                    assert sealer.poll() is None
                    time.sleep(0.01)
                time.sleep(chooser.random() / 3)
                sealer.send_signal(signal.SIGKILL)
                sealer.wait()
                kills += 1
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    last = subprocess.Popen(command, env=environment)
    try:
        _assert_each_once(own, {entry for ids in made for entry in ids})
    finally:
        last.terminate()
        last.wait(20)
    done = own.run("ledger", "verify")
    assert done.returncode == 0, done.stdout + done.stderr


def _assert_each_once(own: OwnDatabase, entries: set[int]) -> None:
    with own.connect() as watching:
        for _ in range(600):
            if not watching.execute("SELECT count(*) FROM ledger_pending").fetchone()[0]:  # type: ignore[index]
                break
            time.sleep(0.05)
        leaves = watching.execute("SELECT index, entry_id FROM ledger_leaf ORDER BY index").fetchall()
        heads = watching.execute("SELECT count(*) FROM ledger_checkpoint").fetchone()
    assert [index for index, _ in leaves] == list(range(len(leaves)))
    assert sorted(entry for _, entry in leaves) == sorted(entries)
    assert len(entries) > 100
    assert heads
    assert heads[0] > 12


SEALERS = """
    SELECT count(*) FROM pg_stat_activity WHERE application_name = 'goodfaith sealer' AND datname = current_database()
"""


def test_two_sealers_never_seal_at_once(own: OwnDatabase) -> None:
    with own.connect() as writing, writing.cursor() as cursor:
        append(cursor, 400)
    environment = own.environment() | {"GOODFAITH_SEAL_SECONDS": "0.01"}
    both = [subprocess.Popen([sys.executable, "-m", "goodfaith.cli", "sealer"], env=environment) for _ in "ab"]
    try:
        with own.connect() as writing, writing.cursor() as cursor:
            while writing.execute(SEALERS).fetchone() < (4,):  # type: ignore[operator]
                time.sleep(0.05)  # each has two connections: one that seals, one for the witnesses
            made = append(cursor, 400)
            for _ in range(300):
                done = writing.execute("SELECT count(*) FROM ledger_leaf WHERE entry_id = %s", [made[-1]]).fetchone()
                if done and done[0]:
                    break
                time.sleep(0.05)
            assert writing.execute("SELECT count(*), max(index) + 1 FROM ledger_leaf").fetchone() == (800, 800)
    finally:
        for sealer in both:
            sealer.terminate()
        assert [sealer.wait(20) for sealer in both] == [0, 0]
    assert own.run("ledger", "verify").returncode == 0
