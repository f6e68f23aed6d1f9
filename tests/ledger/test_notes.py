"""Signed notes against published ones, and what is not a note."""

from __future__ import annotations

import datetime as dt

import pytest

from goodfaith.common.problems import Problem
from goodfaith.ledger import notes, verifier

PUBLISHED = [
    (  # C2SP signed-note
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXs"
        "YjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
    ),
    (  # golang.org/x/mod/sumdb/note
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
    ),
]
SUMDB = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
ONE, TWO = notes.Signer("log/one", b"\x01" * 32), notes.Signer("log/one", b"\x02" * 32)


@pytest.mark.parametrize(("vkey", "note"), PUBLISHED)
def test_published_notes_open(vkey: str, note: str) -> None:
    key = notes.parse_vkey(vkey)
    assert key.vkey() == vkey
    assert notes.open_note(note, [key])[1] == [key]
    with pytest.raises(Problem):
        notes.open_note(note.replace("e", "E", 1), [key])


def test_a_published_key_with_a_plus_in_it() -> None:
    assert notes.parse_vkey(SUMDB).vkey() == SUMDB
    assert verifier.read_key(SUMDB).id.hex() == "033de0ae"


@pytest.mark.parametrize("vkey", ["", "a+b", SUMDB[:-4], SUMDB.replace("033d", "133d"), "x" + SUMDB, SUMDB.replace("+Ac", "+Bc")])
def test_what_is_no_key(vkey: str) -> None:
    with pytest.raises(Problem):
        notes.parse_vkey(vkey)
    with pytest.raises(verifier.Refused):
        verifier.read_key(vkey)


def _head(size: int = 7, name: str = "log/one") -> notes.Checkpoint:
    return notes.Checkpoint(name, size, bytes(range(32)), dt.datetime(2026, 3, 5, 1, 2, 3, tzinfo=dt.UTC))


def test_a_checkpoint_says_what_was_signed() -> None:
    note = notes.sign(_head().text(), [ONE])
    assert note.startswith("log/one\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nat 2026-03-05T01:02:03Z\n\n— log/one ")
    assert notes.open_checkpoint(note, [ONE.verifier]) == _head()
    read = verifier.read_head(note, [verifier.read_key(ONE.verifier.vkey())], "x", strict=True)
    assert (read.origin, read.size, read.root, read.at) == ("log/one", 7, bytes(range(32)), _head().at)


def test_two_signatures_in_one_note() -> None:
    note = notes.sign(_head().text(), [ONE, TWO])
    for known in ([ONE.verifier], [TWO.verifier], [ONE.verifier, TWO.verifier]):
        assert notes.open_note(note, known)[1] == known
    broken = note[:-10] + ("A" if note[-10] != "A" else "B") + note[-9:]
    assert notes.open_note(broken, [ONE.verifier])[1] == [ONE.verifier]
    with pytest.raises(Problem):  # a known key's signature that fails spoils the note
        notes.open_note(broken, [ONE.verifier, TWO.verifier])


def test_another_logs_head() -> None:
    foreign = notes.Signer("log/two", b"\x03" * 32)
    note = notes.sign(_head().text(), [foreign])  # signed by a key we know, but about another log
    with pytest.raises(Problem, match="另一个日志"):
        notes.open_checkpoint(note, [foreign.verifier])


@pytest.mark.parametrize("note", ["", "x", "log/one\n7\nAA==\n", "a\n\nb\n", "a\n\n— b c\n", "a\n\n— b AAAA\n", "a\n\n— b AAAAAAA"])
def test_what_is_no_note(note: str) -> None:
    with pytest.raises(Problem):
        notes.open_note(note, [ONE.verifier])


def test_what_cannot_be_signed() -> None:
    for text in ("no line end", "an\n\nempty line\n"):
        with pytest.raises(Problem):
            notes.sign(text, [ONE])
    with pytest.raises(Problem):
        notes.sign("x\n", [])
