"""What the check of the database must find, and name. Each case tampers as a superuser would, triggers off."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM
from goodfaith.ledger import actions, keys, notes, queries, rows, verifier
from goodfaith.ledger import verify as whole
from goodfaith.ledger.models import Checkpoint
from tests.ledger.conftest import append

SIZES = (300, 250, 50)


@pytest.fixture
def ledger(sealed: Any) -> list[int]:
    """600 entries sealed in three parts, and two that wait; the ids in order."""
    made = []
    with connection.cursor() as cursor:
        for size in SIZES:
            made += append(cursor, size)
            sealed()
        return made + append(cursor, 2)


def tamper(*statements: str) -> None:
    """As a superuser with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


def codes(**given: Any) -> set[str]:
    return {finding.code for finding in whole.examine(**given).findings}


def heads() -> list[str]:
    return list(Checkpoint.objects.order_by("id").values_list("note", flat=True))


def test_an_honest_ledger_holds(ledger: list[int]) -> None:
    report = whole.examine(outside=[("外部", note) for note in heads()], max_age=dt.timedelta(hours=1))
    assert report.findings == []
    assert (report.rows, report.heads) == (600, 6)


def test_a_ledger_of_many_chunks(ledger: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and heads are read a chunk at a time; nothing falls between two."""
    monkeypatch.setattr(rows, "CHUNK", 256)
    report = whole.examine(outside=[("外部", note) for note in heads()])
    assert (report.findings, report.rows, report.heads) == ([], 600, 6)
    late = _resigned(601)
    assert codes(outside=[("外部", late)]) == {"old_head", "tail_cut"}
    tamper("UPDATE ledger_checkpoint SET root = sha256('x') WHERE size = 550", FORGE.format(entry=ledger[255]))
    assert {"row_replaced", "root_differs", "forged_head"} <= codes()


def test_the_line_is_the_databases(ledger: list[int]) -> None:
    """What is hashed here from COPY is what ``ledger.line`` committed to, with every field filled and with none."""
    with connection.cursor() as cursor:
        append(
            cursor, 3, name='欧"阳\\\t\r\n\x7f试例', case="案\\N\t1", items=['a"b', "c\\d", "e\tf"], shown=dt.date(2026, 3, 5),
            consents=["00000000-0000-0000-0000-000000000009"], refusal="no_consent",
        )  # fmt: skip
        append(cursor, 3, unit=None, subject=None, items=None, case=None, matter=None, answer=None)
        cursor.execute("SELECT ledger.line(e) FROM ledger_entry e JOIN ledger_pending p ON p.entry_id = e.id ORDER BY e.id")
        lines = [row[0].encode() for row in cursor.fetchall()]
    found = list(rows.waiting())
    assert [row[130:-1] for row in found] == lines
    walk = verifier.Walk()
    walk.go(found)
    assert not walk.findings


COLUMNS = {
    "at": "at + interval '1 microsecond'", "actor_kind": "'machine'", "actor_id": "'8'", "actor_name": "'别人'",
    "unit": "NULL", "subject_id": "gen_random_uuid()", "subject_kind": "'organisation'", "purpose": "'other'",
    "case_no": "case_no || ' '", "items": "'[\"x\"]'", "outcome": "'refused'", "refusal": "'x'", "records": "records + 1",
    "matter": "NULL", "consents": "'[]'", "answer": "set_byte(answer, 0, get_byte(answer, 0) # 1)",
    "shown_from": "'2026-01-01'", "salt": "set_byte(salt, 31, get_byte(salt, 31) # 128)",
    "commitment": "set_byte(commitment, 0, get_byte(commitment, 0) # 1)",
}  # fmt: skip


@pytest.mark.parametrize("column", [*COLUMNS, "id", "erased_by"])
def test_one_bit_of_any_column(ledger: list[int], column: str) -> None:
    if column == "id":
        tamper(f"UPDATE ledger_entry SET id = 900000000 WHERE id = {ledger[400]}")
        assert {"row_missing", "never_sealed"} <= codes()
    elif column == "erased_by":
        tamper(f"UPDATE ledger_entry SET erased_by = {ledger[0]} WHERE id = {ledger[400]}")
        assert "erasure_without_order" in codes()
    else:
        tamper(f"UPDATE ledger_entry SET {column} = {COLUMNS[column]} WHERE id = {ledger[400]}")
        report = whole.examine()
        named = [finding.text for finding in report.findings if finding.code == "row_altered"]
        assert any(f"第 400 位（记录编号 {ledger[400]}）" in text for text in named)


def test_every_column_of_the_entry_is_tried() -> None:
    from goodfaith.ledger.models import Entry

    assert {field.column for field in Entry._meta.fields} == {*COLUMNS, "id", "erased_by"}


def test_a_changed_row_that_waits(ledger: list[int]) -> None:
    tamper(f"UPDATE ledger_entry SET outcome = 'refused' WHERE id = {ledger[-1]}")
    assert codes() == {"row_altered"}


def test_a_row_deleted(ledger: list[int]) -> None:
    tamper(f"DELETE FROM ledger_entry WHERE id = {ledger[123]}")
    texts = [finding.text for finding in whole.examine().findings if finding.code == "row_missing"]
    assert f"第 123 位：记录 {ledger[123]} 被删去" in texts


def test_a_row_and_its_leaf_deleted(ledger: list[int]) -> None:
    tamper(f"DELETE FROM ledger_entry WHERE id = {ledger[123]}", "DELETE FROM ledger_leaf WHERE index = 123")
    report = whole.examine()
    assert {"leaf_missing", "wrong_size", "root_differs", "tail_cut"} <= {finding.code for finding in report.findings}
    assert any("第 123 位的登记不见了" in finding.text for finding in report.findings)


def test_a_row_deleted_and_the_rest_moved_up(ledger: list[int]) -> None:
    tamper(
        f"DELETE FROM ledger_entry WHERE id = {ledger[310]}", "DELETE FROM ledger_leaf WHERE index = 310",
        "UPDATE ledger_leaf SET index = index - 1001 WHERE index > 310",
        "UPDATE ledger_leaf SET index = index + 1000 WHERE index < 0",
    )  # fmt: skip
    report = whole.examine()
    assert {"root_differs", "row_replaced", "wrong_size"} <= {finding.code for finding in report.findings}
    assert any("第 300 条之后、第 550 条以内" in finding.text for finding in report.findings)
    assert any("第 310 位" in finding.text for finding in report.findings)


def test_two_rows_swapped(ledger: list[int]) -> None:
    tamper(
        "UPDATE ledger_leaf SET entry_id = -entry_id WHERE index IN (20, 21)",
        f"UPDATE ledger_leaf SET entry_id = CASE index WHEN 20 THEN {ledger[21]} ELSE {ledger[20]} END"
        " WHERE index IN (20, 21)",
    )  # fmt: skip
    report = whole.examine()
    named = {finding.text.split("：")[0] for finding in report.findings if finding.code == "row_replaced"}
    assert named == {"第 20 位", "第 21 位"}
    assert "root_differs" in {finding.code for finding in report.findings}


@pytest.mark.parametrize("thorough", [False, True])
def test_the_tail_cut_off(ledger: list[int], thorough: bool) -> None:
    """Against the heads of the database, and, when these went too, against one that was kept outside."""
    kept = heads()[-1]
    cut = [
        "DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_leaf WHERE index >= 550)",
        "DELETE FROM ledger_leaf WHERE index >= 550", "DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_pending)",
        "DELETE FROM ledger_pending",
    ]  # fmt: skip
    if not thorough:
        tamper(*cut)
        assert {"tail_cut", "wrong_size"} <= codes()
        return
    tamper(
        *cut, "DELETE FROM ledger_checkpoint WHERE size > 550",
        "UPDATE ledger_tile SET hashes = substr(hashes, 1, (550 - 512) * 32) WHERE level = 0 AND number = 2",
        "UPDATE ledger_state s SET size = c.size, root = c.root FROM ledger_checkpoint c WHERE c.size = 550",
    )  # fmt: skip
    assert codes() == set()  # a shorter log that was honest once: nothing inside can tell
    assert codes(outside=[("外部", kept)]) == {"old_head", "tail_cut"}


FORGE = """
    UPDATE ledger_entry e SET outcome = 'refused', records = 0, salt = sha256('new'),
        commitment = ledger.commitment(sha256('new'), jsonb_populate_record(e, '{{"outcome": "refused", "records": 0}}'))
    WHERE id = {entry}
"""


def test_a_forged_row_with_a_commitment_of_its_own(ledger: list[int]) -> None:
    tamper(FORGE.format(entry=ledger[333]))
    report = whole.examine()
    assert {finding.code for finding in report.findings} == {"row_replaced", "root_differs", "tile_wrong"}
    assert any(finding.text.startswith("第 333 位") for finding in report.findings)


def test_a_forged_row_with_the_tiles_made_to_fit(ledger: list[int]) -> None:
    tamper(
        FORGE.format(entry=ledger[333]),
        "UPDATE ledger_tile t SET hashes = overlay(t.hashes PLACING (SELECT sha256('\\x00'::bytea || commitment)"
        f" FROM ledger_entry WHERE id = {ledger[333]}) FROM (333 - 256) * 32 + 1) WHERE level = 0 AND number = 1",
    )
    report = whole.examine()
    assert {finding.code for finding in report.findings} == {"root_differs", "tile_wrong"}
    assert any("第 300 条之后、第 550 条以内" in finding.text for finding in report.findings)


def test_history_written_anew_with_the_key(ledger: list[int], sealed: Any) -> None:
    """Whoever holds the key can sign another history; a head outside tells."""
    outside = [("外部", note) for note in heads()]
    tamper(
        FORGE.format(entry=ledger[333]), "TRUNCATE ledger_leaf, ledger_tile, ledger_checkpoint",
        "UPDATE ledger_state SET size = 0, root = sha256('')",
        "INSERT INTO ledger_pending SELECT id FROM ledger_entry ON CONFLICT DO NOTHING",
    )  # fmt: skip
    sealed()
    assert codes() == set()
    assert "root_differs" in codes(outside=outside)
    shown = whole.examine(outside=[("甲", outside[2][1]), ("乙", _resigned(600))])
    assert "two_histories" in {finding.code for finding in shown.findings}


def _signer() -> notes.Signer:
    return keys.signers("990100")[-1]


def _resigned(size: int, *, origin: str | None = None, seed: bytes | None = None) -> str:
    signer = _signer()
    signer = notes.Signer(origin or signer.name, seed or signer.seed)
    return notes.sign(notes.Checkpoint(signer.name, size, b"\x05" * 32, clock.now()).text(), [signer])


def test_another_logs_head(ledger: list[int]) -> None:
    assert codes(outside=[("外部", _resigned(600, origin="goodfaith/other"))]) == {"foreign_head"}
    assert codes(outside=[("外部", _resigned(600, seed=b"\x09" * 32))]) == {"unknown_key"}
    assert codes(outside=[("外部", _resigned(600))]) == {"root_differs", "two_histories"}
    assert codes(outside=[("外部", heads()[-1].replace("\n600\n", "\n500\n"))]) == {"forged_head"}
    assert codes(outside=[("外部", "abc")]) == {"foreign_head"}


def test_an_old_head(ledger: list[int]) -> None:
    signer = _signer()
    last = queries.newest_checkpoint()
    assert last is not None
    old = notes.Checkpoint(signer.name, 600, last.root, clock.now() - dt.timedelta(hours=30))
    tamper("DELETE FROM ledger_checkpoint WHERE size = 600")
    Checkpoint.objects.create(size=600, root=last.root, at=old.at, note=notes.sign(old.text(), [signer]))
    assert codes() == set()
    assert codes(max_age=dt.timedelta(hours=24)) == {"old_head"}


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE ledger_checkpoint SET size = size + 1 WHERE size = 550", "forged_head"),
        ("UPDATE ledger_checkpoint SET root = sha256('x') WHERE size = 550", "forged_head"),
        ("UPDATE ledger_checkpoint SET at = at + interval '1 hour' WHERE size = 550", "forged_head"),
        ("UPDATE ledger_checkpoint SET note = replace(note, E'\\n550\\n', E'\\n551\\n')", "forged_head"),
        ("DELETE FROM ledger_checkpoint WHERE size = 600", "state_wrong"),
        ("UPDATE ledger_state SET size = 601", "state_wrong"),
        ("UPDATE ledger_state SET root = sha256('x')", "state_wrong"),
        ("DELETE FROM ledger_state", "state_wrong"),
        ("UPDATE ledger_state SET sealed_at = '9000-01-01'", "state_wrong"),
        ("UPDATE ledger_tile SET hashes = set_byte(hashes, 77, get_byte(hashes, 77) # 1) WHERE number = 1", "row_replaced"),
        ("UPDATE ledger_tile SET hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) WHERE level = 1", "tile_wrong"),
        ("UPDATE ledger_tile SET hashes = hashes || hashes WHERE number = 2", "tile_wrong"),
        ("DELETE FROM ledger_tile WHERE level = 1", "tile_wrong"),
        ("INSERT INTO ledger_tile VALUES (0, 9, sha256('x'))", "tile_wrong"),
        ("UPDATE ledger_signingkey SET public = sha256('x')", "unknown_key"),
        ("DELETE FROM ledger_pending WHERE entry_id = (SELECT max(entry_id) FROM ledger_pending)", "never_sealed"),
        ("INSERT INTO ledger_pending SELECT entry_id FROM ledger_leaf WHERE index = 9", "pending_wrong"),
        ("DELETE FROM ledger_entry WHERE id = (SELECT max(id) FROM ledger_entry)", "pending_wrong"),
        ("UPDATE ledger_leaf SET entry_id = 900000000 WHERE index = 7", "row_missing"),
        ("INSERT INTO ledger_leaf VALUES (600, 900000000)", "wrong_size"),
    ],
)  # fmt: skip
def test_whatever_else_is_touched(ledger: list[int], statement: str, code: str) -> None:
    tamper(statement)
    assert code in codes()


def test_an_entry_that_is_never_sealed_is_told(ledger: list[int]) -> None:
    tamper("UPDATE ledger_pending SET entry_id = entry_id")
    assert codes() == set()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER guard")
        cursor.execute("UPDATE ledger_entry SET at = at - interval '1 hour' WHERE id = %s", [ledger[-1]])
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER guard")
    assert codes() == {"row_altered", "pending_old"}


def test_a_tampering_with_the_trigger_off_is_found(ledger: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE ledger_entry SET actor_name = '别人' WHERE id = %s", [ledger[5]])
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ALL")
    assert codes() == {"row_altered"}


def test_the_witnesss_folder_is_read(ledger: list[int], tmp_path: Path) -> None:
    from goodfaith.ledger.witnesses import FileDrop

    FileDrop(tmp_path).give(heads()[0])
    FileDrop(tmp_path).give(_resigned(550))
    assert codes(outside=whole.dropped(tmp_path)) == {"two_histories", "root_differs"}


def test_after_a_new_key_everything_holds(ledger: list[int], sealed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = verifier.read_key(queries.signing_keys()[0].vkey)
    held = _rotate(monkeypatch)
    monkeypatch.setenv(keys.VARIABLE, held)
    sealed()
    with connection.cursor() as cursor:
        append(cursor)
    sealed()
    assert codes() == codes(trusted=[first]) == set()
    tamper("UPDATE ledger_signingkey SET statement = '' WHERE statement <> ''")
    assert "unknown_key" in codes()


def _rotate(monkeypatch: pytest.MonkeyPatch) -> str:
    import base64
    import json

    signer = _signer()
    seed = base64.b64encode(signer.seed).decode()
    monkeypatch.setenv(keys.VARIABLE, json.dumps({"origin": signer.name, "keys": [seed]}))
    held = actions.do_rotate_key(acting=SYSTEM, at=clock.now())
    assert held
    return held


def test_a_look_that_was_rolled_back_leaves_a_missing_number(ledger: list[int]) -> None:
    before, _ranges = whole.unwritten()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), connection.cursor() as cursor:
        (taken_back,) = append(cursor)
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        append(cursor)
    count, ranges = whole.unwritten()
    assert (count, ranges[0]) == (before + 1, (taken_back, taken_back))
    assert not whole.examine().findings
