"""The checker finds what it must, names the line, says what to do, and never falls over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodfaith.common.problems import Problem
from goodfaith.law import checker, packs
from goodfaith.law.commands import check as check_command

from .cases import CASES, ITEM
from .world import FILES, line_of, write

ROOT = Path(__file__).parents[2]


def test_the_small_pack_is_in_order(tmp_path: Path) -> None:
    assert checker.check(write(tmp_path)) == []
    catalogue = packs.read(tmp_path)
    assert list(catalogue.items) == ["market.penalty", "market.prize"]
    assert catalogue.origins["items", "market.penalty"] == "small"
    assert [entry.name.zh for entry in catalogue.areas["990100"]] == ["示例市"]


def test_the_shipped_packs_are_in_order() -> None:
    assert [str(each) for each in checker.check(ROOT / "packs")] == []


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case[3]}" for n, case in enumerate(CASES)])
def test_cases(tmp_path: Path, case: tuple[str, str, str, str, str]) -> None:
    path, old, new, code, words = case
    text = FILES[path].replace(old, new, 1)
    assert text != FILES[path]
    found = checker.check(write(tmp_path, changed={path: text}))
    if code == "ok":
        assert found == []
        return
    here = [each for each in found if each.code == code]
    assert here, f"{code} not found in {[str(each) for each in found]}"
    assert all(each.what and each.next for each in found)
    if words:
        assert (f"{tmp_path}/small/{path}", line_of(text, words)) in [(each.file, each.line) for each in here]


HOSTILE: list[tuple[str, bytes]] = [
    ("file_empty", b""),
    ("file_empty", b"# nothing\n"),
    ("not_utf8", "item:\n  name: 处罚".encode("gbk")),
    ("not_utf8", b"\x89PNG\r\n\x1a\n\x00\x00\xff"),
    ("yaml_syntax", b"item: {a: [\n"),
    ("yaml_syntax", b"item:\n  a: b: c\n"),
    ("yaml_syntax", b"item: *nowhere\n"),
    ("yaml_syntax", b"item: \x00\x01\n"),
    ("top_key", b"- 1\n- 2\n"),
    ("top_key", b"item: {}\nother: {}\n"),
    ("yaml_too_large", b"item: " + b"[" * 5000 + b"]" * 5000),
    ("yaml_too_large", b"a: &a [1,1,1,1,1,1,1,1,1]\n" + b"".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n".encode() for n in range(9))),
    ("file_too_large", b"#" * (6 * 1024 * 1024)),
    ("bad_shape", b"item: 5\n"),
    ("bad_shape", b"item: [1]\n"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "content"), HOSTILE, ids=[f"{n}-{case[0]}" for n, case in enumerate(HOSTILE)])
def test_hostile_files_are_findings(tmp_path: Path, code: str, content: bytes) -> None:
    write(tmp_path)
    (tmp_path / "small" / ITEM).write_bytes(content)
    found = checker.check(tmp_path)
    assert code in [each.code for each in found]


PATHS = st.sampled_from([path for path in FILES if path != "pack.yaml"])
JUNK = st.sampled_from(
    ["", "\n", ":", "- ", "[", "'", "null", "0", "0001-01-01", "9999-12-31", "{}", "&a", "*a", "? ", "身份证", "\x85"]
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=PATHS, start=st.integers(0, 3000), length=st.integers(0, 60), junk=JUNK)
def test_a_damaged_file_never_makes_it_fall_over(tmp_path: Path, path: str, start: int, length: int, junk: str) -> None:
    text = FILES[path]
    at = start % len(text)
    for each in checker.check(write(tmp_path, changed={path: text[:at] + junk + text[at + length :]})):
        assert each.line >= 1 and each.what and each.next and each.code


def test_the_check_needs_no_django() -> None:
    code = (
        "import sys; from pathlib import Path; from goodfaith.law import commands; "
        f"failed = commands.check(Path({str(ROOT / 'packs')!r})); sys.exit(failed or 'django' in sys.modules)"
    )
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_folders_that_are_no_packs(tmp_path: Path) -> None:
    assert [each.code for each in checker.check(tmp_path / "none")] == ["no_such_folder"]
    assert [each.code for each in checker.check(tmp_path)] == ["no_packs"]
    (tmp_path / "half" / "items").mkdir(parents=True)
    assert [each.code for each in checker.check(tmp_path)] == ["pack_file_missing"]


def test_files_that_would_be_passed_over_are_named(tmp_path: Path) -> None:
    write(tmp_path, changed={"items/b.yml": "item: {}", "rules/c.yaml": "x: 1"})
    assert [each.code for each in checker.check(tmp_path)] == ["stray_file", "stray_file"]


def test_one_pack_is_checked_against_its_siblings(tmp_path: Path) -> None:
    write(tmp_path)
    bad = FILES[ITEM].replace("sector: market", "sector: nowhere").replace("market.penalty", "market.other")
    other = FILES["pack.yaml"].replace("code: small", "code: zeta")
    for path, text in {"pack.yaml": other, ITEM: bad}.items():
        target = tmp_path / "zeta" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    assert checker.check(tmp_path / "small") == []
    assert {each.code for each in checker.check(tmp_path / "zeta")} == {"duplicate_code", "sector_unknown"}


def test_references_are_not_blamed_for_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, changed={"instruments/all.yaml": "instruments: [\n"})
    assert {each.code for each in checker.check(tmp_path)} == {"yaml_syntax"}


def test_read_refuses_what_has_the_wrong_shape(tmp_path: Path) -> None:
    write(tmp_path, changed={ITEM: "item: {}\n"})
    with pytest.raises(Problem) as caught:
        packs.read(tmp_path)
    assert caught.value.code == "packs_invalid"


def test_command_speaks_json_and_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_command(write(tmp_path)) == 0
    assert "没有发现问题" in capsys.readouterr().out
    write(tmp_path, changed={ITEM: FILES[ITEM].replace("sector: market", "sector: nowhere")})
    assert check_command(tmp_path, json=True) == 1
    assert '"code": "sector_unknown"' in capsys.readouterr().out
