"""Whatever is written is read back; whatever is thrown at the reader, only a Problem comes out."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodfaith.common.problems import Problem
from goodfaith.intake.reading import open_file, records
from goodfaith.intake.reading.cells import clean_text
from goodfaith.intake.reading.tail import is_foot
from tests.intake import files

CELL = st.text(st.sampled_from('张三李四甲乙０Ａ abc12"\',;|\t\n-=\u3000'), max_size=8)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=30)
)
HEADS = [f"列名{letter}" for letter in "甲乙丙丁戊"]


def expected(table: list[list[str]]) -> list[tuple[str | int | None, ...]]:
    kept = [(*map(clean_text, row), number) for number, row in enumerate(table, 2)]
    kept = [row for row in kept if any(row[:-1])]
    while kept and is_foot(list(kept[-1][:-1])):
        kept.pop()
    return kept


def check(table: list[list[str]], data: bytes) -> None:
    wanted = expected(table)
    try:
        read = [row for batch in open_file(data, "x", set(HEADS)).batches(7) for row in batch.rows()]
    except Problem as problem:
        assert problem.code == "file_no_rows" and not wanted
    else:
        assert read == wanted


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sampled_from(["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"]), st.sampled_from(",;\t|"))
def test_text_is_read_back(table: list[list[str]], encoding: str, delimiter: str) -> None:
    check(table, files.csv_bytes([HEADS[: len(table[0])], *table], encoding, delimiter, "\n"))


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_workbooks_are_read_back(table: list[list[str]]) -> None:
    check(table, files.xlsx_bytes([HEADS[: len(table[0])], *table]))


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('ab,"\n '), max_size=60), st.integers(1, 9))
def test_the_fast_way_gives_what_the_csv_module_gives(text: str, size: int) -> None:
    data = text.encode()
    blocks = [data[place : place + size] for place in range(0, len(data), size)]
    slow = [(row + [""] * 3)[:3] for row in records.read_records([data], ",")]
    try:
        read = list(records.frames(iter(blocks), ",", 3))
    except Problem as problem:
        assert problem.code == "quote_open" and text.count('"') % 2
        return
    fast = [row[:3] for frame in read for row in frame.rows()]
    assert fast == [tuple(map(clean_text, row)) for row in slow]


def swallow(data: bytes) -> None:
    try:
        for _ in open_file(data, "x").batches():
            pass
    except Problem:
        return


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]))
def test_noise_raises_only_problems(noise: bytes, magic: bytes) -> None:
    swallow(magic + noise)


GOOD = [
    files.xlsx_bytes([files.HEAD, ["张三", "a", "1"]]),
    files.xls_bytes([files.HEAD, ["张三", "a", "1"]]),
    files.zip_bytes({"a.csv": files.csv_bytes([files.HEAD, ["张三", "a", "1"]])}),
]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(GOOD), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_damaged_files_raise_only_problems(good: bytes, hits: list[tuple[float, int]]) -> None:
    data = bytearray(good)
    for place, value in hits:
        data[int(place * (len(data) - 1))] = value
    swallow(bytes(data))


MEASURE = """
import sys
from pathlib import Path
from goodfaith.intake.reading import open_file
rows = sum(batch.height for batch in open_file(Path(sys.argv[1]), "x.csv").batches())
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(rows, int(status["VmHWM"].split()[0]) // 1024)  # the own peak; ru_maxrss begins with that of the process before
"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_memory_is_bounded(tmp_path_factory: pytest.TempPathFactory, encoding: str) -> None:
    path = tmp_path_factory.mktemp("big") / "x.csv"
    line = (",".join(["某市某某有限公司", "2026-01-05", "字段内容"] * 10) + "\n").encode(encoding)
    with path.open("wb") as out:
        out.write((",".join(f"列{n}" for n in range(30)) + "\n").encode(encoding))
        for _ in range(300):
            out.write(line * 1000)
    if path.stat().st_size > 190 * 2**20:
        pytest.fail("the file is over the upload limit")
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    rows, mebibytes = map(int, done.stdout.split())
    assert rows == 300_000 and mebibytes < 600


def test_batches_have_the_asked_size() -> None:
    data = files.csv_bytes([files.HEAD, *([["张三", "a", "1"]] * 105)])
    source = open_file(data, "x")
    assert [batch.height for batch in source.batches(50)] == [50, 50, 5]
    assert pl.concat(list(source.batches(50)))["__row"].to_list() == list(range(2, 107))
