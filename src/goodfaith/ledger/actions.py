"""The only writers of the ledger besides the database's own ``ledger.append``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.ledger import keys, notes, sealing, tree
from goodfaith.ledger.models import Checkpoint, Entry, SigningKey, State, Tile, Witness

LOCK = 0x60_0D_FA_17
"""The advisory lock of whoever seals."""
BEGIN = "SELECT pg_advisory_xact_lock(%s), set_config('enable_seqscan', 'off', true)"
"""One seals at a time; and no table is read whole, however small it is believed to be."""
BATCH = 20_000
"""Entries sealed in one transaction: bounds memory and how long a seal takes."""
RENEW = dt.timedelta(hours=1)
"""A head is signed anew after this time even when nothing came, so that an old one can be told by its age."""

TAKE = """
    WITH taken AS (
        DELETE FROM ledger_pending WHERE entry_id = ANY (ARRAY(
            SELECT p.entry_id
            FROM ledger_pending p, LATERAL (SELECT FROM ledger_entry e WHERE e.id = p.entry_id OFFSET 0) AS there
            ORDER BY p.entry_id LIMIT %s))
        RETURNING entry_id)
    SELECT t.entry_id, e.commitment
    FROM taken t, LATERAL (SELECT commitment FROM ledger_entry WHERE id = t.entry_id OFFSET 0) AS e
    ORDER BY t.entry_id
"""
"""Entry by entry through the keys (``OFFSET 0`` keeps each look-up to itself), whatever the planner believes of the
tables: as a join it was once planned while the ledger was empty, cost the cube of what came in meanwhile, and would
have kept every file shut for minutes."""
KEEP_TILE = """
    INSERT INTO ledger_tile (level, number, hashes) VALUES (%s, %s, %s)
    ON CONFLICT (level, number) DO UPDATE SET hashes = EXCLUDED.hashes
"""


@dataclass(frozen=True)
class Sealed:
    """What one seal did: how many entries, and the tree's size after it."""

    count: int
    size: int


def _broken(why: str) -> Problem:
    what = f"查询日志的封存状态对不上：{why}。在查明之前不再签署新的日志头，涉及个人的档案停止查阅。"
    return Problem("ledger_broken", what, "请运行 goodfaith ledger verify，按它指出的位置处理。", status=503)


def do_seal(*, acting: Acting, at: dt.datetime, limit: int = BATCH) -> Sealed:
    """Give up to ``limit`` waiting entries their places in the tree and sign its new head, all or nothing.

    Only one seals at a time. With nothing waiting it is checked that the standing head is ours and that we could
    sign, and noted that the ledger is sealed as of now. The checkpoint is the history of this action. Problem
    ``ledger_broken`` when the tree is not the one that was signed last, ``signing_keys`` without a key to sign.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BEGIN, [LOCK])
        signers, known = _standing_keys(at)
        size, edge, last = _checked_tree(known)
        cursor.execute(TAKE, [limit])
        taken = [(entry, bytes(commitment)) for entry, commitment in cursor.fetchall()]
        grown = sealing.grow(size, edge, [commitment for _, commitment in taken])
        _keep_leaves(size, [entry for entry, _ in taken])
        cursor.executemany(KEEP_TILE, [(*place, tile) for place, tile in grown.tiles.items()])
        if taken or last is None or len(signers) > 1 or at - last >= RENEW:
            _sign(signers, grown, at)
        else:
            signers[-1].line("idle\n")  # raises when the key cannot sign
        _note_sealed(grown)
    return Sealed(len(taken), grown.size)


def _standing_keys(at: dt.datetime) -> tuple[list[notes.Signer], list[notes.Verifier]]:
    """The keys that sign now (two of them once, when a new one has been introduced), and all that ever did."""
    rows = list(SigningKey.objects.order_by("from_size", "since"))
    held = keys.signers(str(settings.CITY["area_code"]), begun=bool(rows))
    if not rows:
        first = held[-1].verifier
        SigningKey.objects.create(
            key_id=first.id, name=first.name, algorithm="ed25519", public=first.public, since=at, from_size=0
        )
        return held[-1:], [first]
    standing = {row.key_id for row in rows if row.until is None}
    signing = [signer for signer in held if signer.verifier.id in standing]
    if not signing or signing[-1].verifier.id != rows[-1].key_id:
        raise Problem(
            "signing_keys",
            f"手上没有日志现用的签名密钥（{rows[-1].key_id}）。",
            "请从备份恢复 signing.json；更换密钥请用 goodfaith ledger rotate-key。",
        )
    return signing, [notes.Verifier(row.name, bytes(row.public)) for row in rows]


def _checked_tree(
    known: list[notes.Verifier],
) -> tuple[int, dict[tuple[int, int], bytes], dt.datetime | None]:
    """The size, the unfilled tiles and the time of the last head, all found to be what we signed."""
    state = State.objects.get(id=1)
    edge = {
        (level, number): bytes(tile)
        for level, number, _ in tree.tile_widths(state.size)
        for tile in Tile.objects.filter(level=level, number=number).values_list("hashes", flat=True)
    }
    head = sealing.edge_root(state.size, edge)
    if head is None or head != bytes(state.root):
        raise _broken("树的区块与记下的日志头不符")
    newest = Checkpoint.objects.order_by("-size", "-id").first()
    if newest is None:
        if state.size:
            raise _broken("日志头不见了")
        return state.size, edge, None
    signed = notes.open_checkpoint(newest.note, known)
    if (signed.size, signed.root) != (state.size, head):
        raise _broken("最近签署的日志头与树不符")
    return state.size, edge, newest.at


def _keep_leaves(size: int, entries: list[int]) -> None:
    with connection.cursor() as cursor, cursor.copy("COPY ledger_leaf (index, entry_id) FROM STDIN") as copy:
        copy.write("".join(f"{size + n}\t{entry}\n" for n, entry in enumerate(entries)))


def _sign(signers: list[notes.Signer], grown: sealing.Grown, at: dt.datetime) -> None:
    """Keep the signed head. When a new key signs beside the old, the old has signed for the last time."""
    head = notes.Checkpoint(signers[-1].name, grown.size, grown.root, at)
    note = notes.sign(head.text(), signers)
    Checkpoint.objects.create(size=grown.size, root=grown.root, at=at, note=note)
    retired = [signer.verifier.id for signer in signers[:-1]]
    if retired:
        SigningKey.objects.filter(key_id__in=retired).update(until=at)


def _note_sealed(grown: sealing.Grown) -> None:
    """``sealed_at`` is the database's own clock, which it is compared with when a file is to be opened."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_state SET sealed_at = clock_timestamp(), size = %s, root = %s, open_seconds = %s"
            " WHERE id = 1",
            [grown.size, grown.root, settings.LEDGER["open_seconds"]],
        )
        if cursor.rowcount != 1:
            raise _broken("没有封存状态")


def do_note_witness(*, acting: Acting, at: dt.datetime, name: str, size: int, error: str = "") -> None:
    """Note that a head was handed to a witness, or why it was not."""
    Witness.objects.create(
        name=name[:120], size=size, at=at, outcome="failed" if error else "given", message=error[:300]
    )


@transaction.atomic
def do_erase(*, acting: Acting, at: dt.datetime, entry_id: int, statute: str, reason: str, officer: str) -> int:
    """Erase the content of an entry where the law orders it; the id of the entry that says so.

    Its commitment and its place stay, so every proof still holds. Problem ``entry_unknown``, ``entry_erased``, or
    ``erasure_unfounded`` without a statute, a reason and the officer who orders it.
    """
    if not (statute.strip() and reason.strip() and officer.strip()):
        raise Problem("erasure_unfounded", "抹除必须写明法律依据、理由和决定人。", "请补全后再试。")
    found = Entry.objects.filter(id=entry_id).values_list("erased_by", "purpose").first()
    if found is None:
        raise Problem("entry_unknown", f"没有编号为 {entry_id} 的记录。", "请核对编号。", status=404)
    if found[0] is not None or found[1] == "ledger_erasure":
        raise Problem("entry_erased", f"记录 {entry_id} 已经抹去，或者它本身就是抹除记录。", "不需要再做什么。")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger.erase(%s, %s, %s, %s, %s)", [entry_id, acting.id, officer, statute.strip(), reason.strip()]
        )
        order = int(cursor.fetchone()[0])
    history.note(
        acting=acting, at=at, action="erase_ledger_entry", object_type="ledger_entry", object_id=entry_id,
        after={"order": order, "statute": statute},
    )  # fmt: skip
    return order


@transaction.atomic
def do_rotate_key(*, acting: Acting, at: dt.datetime) -> str | None:
    """Make a new signing key, introduced by a statement that the old one signs; the next head is signed by both.

    Returns the JSON to place where ``GOODFAITH_SIGNING_KEYS`` comes from when the keys are the environment's, else
    None. Problem ``rotation_waits`` while an earlier new key has not signed yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    signing, _ = _standing_keys(at)
    if len(signing) > 1:
        raise Problem("rotation_waits", "上一次更换的密钥还没有签署过。", "请等封存进程签署一次（几秒）后再试。")
    old = signing[-1]
    fresh, text = keys.following(old)
    new = fresh.verifier
    size = State.objects.get(id=1).size
    statement = notes.sign(keys.introduction(old.verifier, new, size), [old])
    SigningKey.objects.create(
        key_id=new.id, name=new.name, algorithm="ed25519", public=new.public, since=at, from_size=size,
        statement=statement,
    )  # fmt: skip
    history.note(
        acting=acting, at=at, action="rotate_signing_key", object_type="ledger_key", object_id=new.id,
        before={"key": old.verifier.id}, after={"key": new.id, "from_size": size},
    )  # fmt: skip
    return None if keys.keep(text) else text
