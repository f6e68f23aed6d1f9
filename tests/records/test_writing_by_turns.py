"""Rows written by a second thread over the same connection: all arrive, or the owner hears why."""

from __future__ import annotations

import threading
import uuid
from unittest import mock

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common import clock
from goodfaith.common.turns import Turns, turn
from goodfaith.law import queries as law
from goodfaith.records import actions, sealing
from goodfaith.records.models import Record
from goodfaith.records.writing import Writing, pieces
from goodfaith.subjects.keyring import Keyring
from goodfaith.subjects.models import Subject
from tests.records.test_writing import ITEM, frame

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject() -> Subject:
    return Subject.objects.create(kind="organisation", created_at=clock.now())


def rows(subject: Subject, count: int) -> bytes:
    into = actions.Into(law.item(ITEM), law.item(ITEM).editions[0], "market", uuid.uuid4())
    facts = [(bytes([n]), b"1", f"no {n}") for n in range(count)]
    ready = actions.check_batch(frame(subject, *facts), into, {}, clock.now()).frame
    return sealing.text(ready, Keyring())()


class Rolled(Exception):
    pass


@given(st.lists(st.binary(max_size=20).map(lambda line: line.replace(b"\n", b"") + b"\n")), st.integers(0, 40))
def test_pieces_are_whole_lines_and_all_of_them(lines: list[bytes], size: int) -> None:
    data = b"".join(lines)
    with mock.patch("goodfaith.records.writing.PIECE", size):
        cut = [bytes(piece) for piece in pieces(data)]
    assert b"".join(cut) == data and all(piece.endswith(b"\n") for piece in cut)


def test_savepoints_rolled_back_in_between_take_no_row_with_them(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodfaith.records.writing.PIECE", 1)
    with transaction.atomic(), Writing() as writing:
        writing.put(rows(subject, 60))
        for _ in range(15):
            with pytest.raises(Rolled), transaction.atomic():
                Subject.objects.create(kind="person", created_at=clock.now())
                raise Rolled
            with turn(), connection.cursor() as cursor, cursor.copy("COPY (SELECT 1) TO STDOUT") as copy:
                assert b"".join(bytes(piece) for piece in copy) == b"1\n"
    assert Record.objects.count() == 60 and Subject.objects.count() == 1


def test_a_row_that_the_table_refuses_is_told_and_nothing_stays(subject: Subject) -> None:
    data = rows(subject, 3)
    with pytest.raises(psycopg.errors.UniqueViolation), transaction.atomic(), Writing() as writing:
        writing.put(data)
        writing.put(data)
    assert Record.objects.count() == 0
    assert not any(thread.name == "records-writing" for thread in threading.enumerate())


def test_a_failure_of_the_owner_ends_the_thread(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodfaith.records.writing.PIECE", 1)
    with pytest.raises(Rolled), transaction.atomic(), Writing() as writing:
        writing.put(rows(subject, 60))
        writing.put(rows(subject, 60))
        raise Rolled
    assert Record.objects.count() == 0
    assert not any(thread.name == "records-writing" for thread in threading.enumerate())


def test_nothing_is_put_inside_a_savepoint(subject: Subject) -> None:
    with transaction.atomic(), Writing() as writing, pytest.raises(RuntimeError), transaction.atomic():
        writing.put(rows(subject, 1))
    with turn():  # not shared any more: nobody waits
        assert Record.objects.count() == 0


def test_the_owners_turns_may_be_nested() -> None:
    turns = Turns()
    with turns.mine(), turns.mine():
        assert turns.held
    assert not turns.held
    with turns.yours():
        pass
