"""The export and its verifier, which knows nothing of ours; and lawful erasure, whose proofs still hold."""

from __future__ import annotations

import ast
import datetime as dt
import hashlib
import itertools
import os
import random
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM
from goodfaith.common.problems import Problem
from goodfaith.ledger import actions, export, notes, queries, tree, verifier
from goodfaith.ledger import verify as whole
from goodfaith.ledger.models import Checkpoint, Entry, Leaf
from tests.ledger.conftest import append
from tests.ledger.test_verify import _resigned, heads, tamper

STANDARD = set(sys.stdlib_module_names) | {"cryptography"}


@pytest.fixture
def file(sealed: Any, tmp_path: Path) -> Path:
    """An export of 300 entries under two heads, one of them erased."""
    with connection.cursor() as cursor:
        made = append(cursor, 280)
        sealed(hours_ago=2)
        append(cursor, 19)
    do_erase(made[7])
    sealed()
    path = tmp_path / "ledger.export"
    assert export.write_now(path) == 300
    return path


def do_erase(entry: int) -> int:
    return actions.do_erase(
        acting=SYSTEM, at=clock.now(), entry_id=entry, statute="个人信息保护法第四十七条", reason="本人请求", officer="示例官员"
    )


def codes(path: Path, **given: Any) -> set[str]:
    return {finding.code for finding in verifier.verify(path, **given).findings}


# -- independence --------------------------------------------------------------------------------------------
def test_the_verifier_imports_nothing_of_ours() -> None:
    found = ast.parse(Path(verifier.__file__).read_text())
    names = {alias.name for node in ast.walk(found) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(found) if isinstance(node, ast.ImportFrom)}
    assert not any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(found))
    assert {name.partition(".")[0] for name in names} <= STANDARD


def test_the_verifier_runs_alone(file: Path, tmp_path: Path) -> None:
    """In an isolated interpreter in which goodfaith cannot be imported, from a copy of the one file."""
    copy = tmp_path / "verifier.py"
    copy.write_bytes(Path(verifier.__file__).read_bytes())
    run = "import sys, runpy; sys.modules['goodfaith'] = sys.modules['django'] = None; sys.argv = sys.argv[1:];"
    command = [sys.executable, "-I", "-c", f"{run} runpy.run_path(sys.argv[0], run_name='__main__')", str(copy), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "核验通过" in done.stdout
    assert "个人信息保护法第四十七条" in done.stdout
    file.write_bytes(file.read_bytes()[:-1])
    assert subprocess.run(command, capture_output=True, cwd=tmp_path, check=False).returncode == 1


def test_the_export_is_private(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


# -- what it must find ---------------------------------------------------------------------------------------
def test_an_honest_export_holds(file: Path) -> None:
    key = [verifier.read_key(one.vkey) for one in queries.signing_keys()]
    outside = [("外部", note) for note in heads()]
    report = verifier.verify(file, outside=outside, trusted=key, max_age=dt.timedelta(hours=1))
    assert report.findings == []
    assert (report.rows, report.newest and report.newest.size) == (300, 300)


def test_any_bit_flipped_anywhere_is_found(file: Path) -> None:
    """Header, keys, heads, salts, commitments, lines, line ends: 400 single bits at random, and the first and last."""
    honest = file.read_bytes()
    chooser = random.Random(5)
    header = honest.index(b"rows\n") + 5
    places = [chooser.randrange(len(honest)) for _ in range(300)] + [chooser.randrange(header) for _ in range(100)]
    for place in [0, len(honest) - 1, *places]:
        flipped = bytearray(honest)
        flipped[place] ^= 1 << chooser.randrange(8)
        file.write_bytes(flipped)
        assert codes(file), (place, honest[max(0, place - 40) : place + 40])


def _edit(file: Path, change: Any) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    start = lines.index(b"rows\n") + 1
    head, body = lines[:start], lines[start:]
    change(head, body)
    file.write_bytes(b"".join(head + body))


def _fresh_row() -> bytes:
    line, salt = b"999\t1\tofficer\t7\tx\tu\ts\tperson\tp\tm\tc\t\\N\t\\N\tanswered\t\\N\t0\t\\N\t\\N", bytes(32)
    return b"%s\t%s\t%s\n" % (salt.hex().encode()[:63] + b"a", hashlib.sha256(salt[:31] + b"\x0a" + line).hexdigest().encode(), line)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda head, body: body.pop(100), {"root_differs", "tail_cut", "wrong_size"}),
        (lambda head, body: body.__setitem__(slice(50, 52), body[51:49:-1]), {"root_differs"}),
        (lambda head, body: body.__delitem__(slice(290, 300)), {"tail_cut", "wrong_size"}),
        (lambda head, body: body.__setitem__(150, _fresh_row()), {"root_differs"}),
        (lambda head, body: body.insert(150, _fresh_row()), {"root_differs", "wrong_size", "unsealed_rows"}),
        (lambda head, body: body.append(_fresh_row()), {"wrong_size", "unsealed_rows"}),
        (lambda head, body: body.append(body[0]), {"wrong_size", "unsealed_rows"}),
        (lambda head, body: head.__setitem__(2, b"size 299\n"), {"wrong_size"}),
        (lambda head, body: head.__setitem__(1, b"origin goodfaith/other\n"), {"foreign_head", "no_head"}),
        (lambda head, body: head.__delitem__(slice(4, -1)), {"no_head"}),
        (lambda head, body: head.insert(4, head[3]), set()),
        (lambda head, body: head.insert(4, b"note hello\n"), {"malformed"}),
        (lambda head, body: head.__setitem__(0, b"something else\n"), {"malformed"}),
        (lambda head, body: head.__delitem__(-1), {"malformed"}),
    ],
    ids=["deleted", "swapped", "tail", "forged", "inserted", "appended", "doubled", "size", "other log", "no head",
         "key twice", "unknown line", "no export", "no rows"],
)  # fmt: skip
def test_tampering_with_an_export(file: Path, change: Any, expected: set[str]) -> None:
    _edit(file, change)
    assert codes(file) - {"erasure_without_order", "erasure_undone"} == expected


def test_where_it_parted_is_said(file: Path) -> None:
    _edit(file, lambda head, body: body.__setitem__(slice(284, 286), body[285:283:-1]))
    texts = [finding.text for finding in verifier.verify(file).findings]
    assert any("第 280 条之后、第 300 条以内" in text for text in texts)


def test_heads_from_outside(file: Path) -> None:
    assert codes(file, outside=[("外部", heads()[0])]) == set()
    assert codes(file, outside=[("外部", _resigned(300, origin="goodfaith/other"))]) == {"foreign_head"}
    assert codes(file, outside=[("外部", _resigned(300, seed=b"\x02" * 32))]) == {"unknown_key"}
    assert codes(file, outside=[("外部", _resigned(300))]) == {"two_histories", "root_differs"}
    assert "tail_cut" in codes(file, outside=[("外部", _resigned(400))])


def test_another_logs_export(file: Path) -> None:
    other = [verifier.read_key(notes.Signer("goodfaith/990100/other", b"\x03" * 32).verifier.vkey())]
    assert codes(file, trusted=other) == {"unknown_key"}


def test_an_old_export(file: Path) -> None:
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=30)
    assert codes(file, max_age=dt.timedelta(hours=24)) == set()
    assert codes(file, max_age=dt.timedelta(hours=24), now=later) == {"old_head"}
    assert codes(file, now=dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)) == {"old_head"}


def test_both_heads_after_a_new_key(file: Path, sealed: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tests.ledger.test_verify import _rotate

    first = [verifier.read_key(queries.signing_keys()[0].vkey)]
    monkeypatch.setenv("GOODFAITH_SIGNING_KEYS", _rotate(monkeypatch))
    sealed()
    export.write_now(file)
    assert codes(file) == codes(file, trusted=first) == set()
    newest = [verifier.read_key(queries.signing_keys()[1].vkey)]
    assert codes(file, trusted=newest) == {"unknown_key"}
    _edit(file, lambda head, body: head.pop(next(n for n, line in enumerate(head) if line.startswith(b"introduction"))))
    assert codes(file) == {"unknown_key"}


def test_the_command_line(file: Path, tmp_path: Path) -> None:
    keys, head = tmp_path / "keys", tmp_path / "head"
    keys.write_text("# ours\n" + "".join(f"{key.vkey}\n" for key in queries.signing_keys()))
    head.write_text(heads()[0])
    environment = {k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}}
    command = [sys.executable, "-m", "goodfaith.cli", "ledger", "verify", "--export", str(file), "--keys", str(keys)]
    run = {"capture_output": True, "text": True, "env": environment | {"GOODFAITH_HOME": str(tmp_path / "none")}}
    done = subprocess.run([*command, "--checkpoint", str(head), "--max-age", "1"], check=False, **run)
    assert done.returncode == 0, done.stdout + done.stderr
    head.write_text(_resigned(280))
    assert subprocess.run([*command, "--checkpoint", str(head)], check=False, **run).returncode == 1
    assert subprocess.run([*command, "--checkpoint", "nowhere"], check=False, **run).returncode == 2
    assert not (tmp_path / "none").exists()


# -- lawful erasure ------------------------------------------------------------------------------------------
def test_erasing_leaves_every_proof_standing(sealed: Any) -> None:
    with connection.cursor() as cursor:
        made = append(cursor, 9)
    sealed()
    before = tree.leaf_hash(bytes(Entry.objects.get(id=made[4]).commitment))
    order = do_erase(made[4])
    sealed()
    entry, ordered = Entry.objects.get(id=made[4]), Entry.objects.get(id=order)
    assert (entry.salt, entry.subject_id, entry.actor_name, entry.case_no, entry.items, entry.answer) == (
        None, None, "", None, None, None,
    )  # fmt: skip
    assert (entry.purpose, entry.outcome, entry.erased_by) == ("administrative_check", "answered", order)
    assert ordered.items == ["依据：个人信息保护法第四十七条", "理由：本人请求"]
    assert ordered.actor_name == "示例官员"
    index = Leaf.objects.get(entry_id=made[4]).index
    leaf = tree.leaf_hash(bytes(queries.bundle(0, 10) or b"")[index * 32 :][:32])
    assert leaf == before
    assert tree.verify_inclusion(leaf, index, 10, queries.inclusion_proof(index, 10), queries.root(10))
    report = whole.examine()
    assert report.findings == []
    assert len(report.erased) == 1
    assert "本人请求" in report.erased[0]


@pytest.mark.parametrize("given", [{"statute": " "}, {"reason": ""}, {"officer": ""}])
def test_no_erasure_without_ground(sealed: Any, given: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        entry = append(cursor)[0]
    whole_given = {"statute": "x", "reason": "y", "officer": "z"} | given
    with pytest.raises(Problem, match="法律依据"):
        actions.do_erase(acting=SYSTEM, at=clock.now(), entry_id=entry, **whole_given)


def test_what_cannot_be_erased(sealed: Any) -> None:
    with connection.cursor() as cursor:
        entry = append(cursor)[0]
    order = do_erase(entry)
    for other in (entry, order):
        with pytest.raises(Problem, match="已经抹去"):
            do_erase(other)
    with pytest.raises(Problem, match="没有编号"):
        do_erase(900_000_000)


@pytest.mark.parametrize(
    "change",
    ["purpose = 'other'", "outcome = 'refused'", "records = 0, outcome = 'x'", "at = at + interval '1 s'", "commitment = '\\x00'"],
)
def test_the_database_lets_an_erasure_clear_and_nothing_more(sealed: Any, change: str) -> None:
    with connection.cursor() as cursor:
        entry, other = append(cursor, 2)
        cursor.execute(
            "SELECT ledger.append('officer','1','x',null,null,null,'ledger_erasure',%s,null,'done',null,0)", [str(entry)]
        )
        order = cursor.fetchone()[0]
    clear = (
        "UPDATE ledger_entry SET actor_id = '', actor_name = '', unit = NULL, subject_id = NULL, case_no = NULL, items = NULL,"
        f" matter = NULL, consents = NULL, answer = NULL, salt = NULL, erased_by = {order}"
    )
    for statement in (f"{clear}, {change} WHERE id = {entry}", f"{clear} WHERE id = {other}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
    connection.cursor().execute(f"{clear} WHERE id = {entry}")


def test_an_erasure_without_its_order_is_found(sealed: Any, file: Path) -> None:
    entry = Leaf.objects.get(index=50).entry_id
    tamper(f"UPDATE ledger_entry SET salt = NULL, actor_id = '', erased_by = 1 WHERE id = {entry}")
    assert {finding.code for finding in whole.examine().findings} == {"erasure_without_order"}
    export.write_now(file)
    assert codes(file) == {"erasure_without_order"}


def test_what_is_left_of_an_erased_row_cannot_change(file: Path) -> None:
    entry = Leaf.objects.get(index=7).entry_id
    tamper(f"UPDATE ledger_entry SET outcome = 'refused' WHERE id = {entry}")
    assert {finding.code for finding in whole.examine().findings} == {"row_altered"}
    export.write_now(file)
    assert codes(file) == {"row_altered"}


def test_an_export_waits_for_an_erasure_to_be_sealed(sealed: Any, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="没有封存过"):
        export.write_now(tmp_path / "x")
    with connection.cursor() as cursor:
        entry = append(cursor)[0]
    sealed()
    do_erase(entry)
    with pytest.raises(Problem, match="等待封存"):
        export.write_now(tmp_path / "x")
    assert whole.examine().findings == []


# -- salts ---------------------------------------------------------------------------------------------------
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _numbers(area: str, born: str) -> list[str]:
    """All 1,000 ID numbers of one area and birthday, with their check digits (GB 11643)."""
    bodies = [f"{area}{born}{n:03d}" for n in range(1000)]
    return [body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11] for body in bodies]


def test_no_leaf_is_found_with_all_numbers_of_one_birthday(sealed: Any) -> None:
    """Somebody who knows every other field of an entry tries every number that its case may name.

    Without the salt none of the guesses is in the published hashes; with it exactly one is, so the search is right.
    """
    numbers = _numbers("990101", "19900307")
    assert len(set(numbers)) == 1000
    hidden = numbers[417]
    with connection.cursor() as cursor:
        entry = append(cursor, case=hidden)[0]
        cursor.execute("SELECT ledger.line(e), e.salt FROM ledger_entry e WHERE id = %s", [entry])
        line, salt = cursor.fetchone()
    sealed()
    published = {bytes(queries.bundle(0, 1) or b""), bytes(queries.tile(0, 0, 1) or b"")}
    guesses = [line.replace(hidden, number).encode() for number in numbers]
    plain = itertools.chain(guesses, (number.encode() for number in numbers))
    tried = {digest for text in plain for digest in _ways(text)}
    assert not tried & published
    found = [guess for guess in guesses if hashlib.sha256(bytes(salt) + guess).digest() in published]
    assert found == [line.encode()]


def _ways(text: bytes) -> set[bytes]:
    once = hashlib.sha256(text).digest()
    return {once, tree.leaf_hash(text), tree.leaf_hash(once), hashlib.sha256(bytes(32) + text).digest()}


def test_checkpoints_of_every_hour_go_out(sealed: Any, file: Path) -> None:
    newest = queries.newest_checkpoint()
    assert newest is not None
    for hours in (1, 2):
        actions.do_seal(acting=SYSTEM, at=newest.at + hours * actions.RENEW)
    export.write_now(file)
    held = [line for line in file.read_bytes().splitlines() if line.startswith(b"checkpoint ")]
    assert len(held) == 4 == Checkpoint.objects.count()
