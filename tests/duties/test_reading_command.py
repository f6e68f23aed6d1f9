"""``goodfaith duties read``: no database, exit codes, one object or a list."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from goodfaith.duties import commands
from goodfaith.duties.reading import read_text
from tests.duties import files

DOCUMENTS = Path(__file__).with_name("documents")
GOOD = DOCUMENTS / "jizhengban-2017-55.txt"


def test_one_file_gives_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.read([GOOD], json=True) == commands.READ
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"document", "plans"}
    assert {"title", "doc_no", "issuer", "signed", "printed", "cites"} <= set(answer["document"])
    assert len(answer["plans"][0]["tasks"]) == 14


def test_several_files_give_a_list_and_what_cannot_be_read_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    paths = [GOOD, tmp_path / "空.txt", tmp_path / "没有", tmp_path, DOCUMENTS / "guobanfa-2016-98.txt"]
    assert commands.read(paths, json=True) == commands.IMPOSSIBLE
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == 2
    assert err.count("✗") == 3 and "空.txt" in err


def test_for_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "意见.docx").write_bytes(files.docx_bytes(files.BODY))
    assert commands.read([tmp_path / "意见.docx"]) == commands.READ
    out = capsys.readouterr().out
    assert "市教育局" in out and "2020-12-31" in out and "示政办〔2020〕7号" in out


def test_it_needs_no_database(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "goodfaith.cli", "duties", "read", str(GOOD), "--json"]
    nowhere = {
        **os.environ,
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "GOODFAITH_HOME": str(tmp_path / "no"),
    }
    done = subprocess.run(command, capture_output=True, text=True, env=nowhere, check=False)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["plans"][0]["tasks"]) == 14


def test_time_grows_with_the_length() -> None:
    """Twice the text takes about twice the time; that a megabyte takes under two seconds is the benchmark's."""
    text = (DOCUMENTS / "yunzhengbanfa-2017-112.txt").read_text(encoding="utf-8")
    once, four = (_seconds(text * count) for count in (10, 40))
    assert four < 8 * once + 0.2


def _seconds(text: str) -> float:
    began = time.process_time()
    read_text(text)
    return time.process_time() - began
