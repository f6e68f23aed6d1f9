"""``goodfaith ledger …``: verify, export, erase, rotate-key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from rich.console import Console

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.ledger import actions, export, queries, verifier
from goodfaith.ledger import verify as whole

console = Console(highlight=False, soft_wrap=True)
COMMAND = Acting(kind="system", id="goodfaith", name="命令行")


def _outside(files: list[Path]) -> list[tuple[str, str]]:
    try:
        return [(f"外部日志头 {path.name}", path.read_text(encoding="utf-8")) for path in files]
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("file_not_readable", f"外部日志头读不出来：{error}。", "请核对文件。") from error


def _trusted(path: Path | None) -> list[verifier.Key] | None:
    try:
        return verifier.read_keys(path) if path else None
    except (OSError, UnicodeDecodeError, verifier.Refused) as error:
        what = f"公钥文件读不出来：{error}。"
        raise Problem("file_not_readable", what, "每行一个公钥，格式见 /ledger/keys。") from error


def _progress(count: int) -> None:
    if console.is_terminal:
        console.print(f"  已核验 {count:,} 条", end="\r")


def verify(*, checkpoints: list[Path], keys: Path | None, max_age: float | None) -> int:
    """Check the database; 0 when everything holds, else 1."""
    began = clock.now()
    folder = settings.LEDGER["witness_dir"]
    report = whole.verify(
        outside=[*_outside(checkpoints), *(whole.dropped(folder) if folder else [])],
        trusted=_trusted(keys),
        max_age=None if max_age is None else dt.timedelta(hours=max_age),
        progress=_progress,
    )
    for line in verifier.report_lines(report, keys is not None):
        console.print(line, markup=False)
    _tell_unwritten()
    console.print(f"用时 {(clock.now() - began).total_seconds():.1f} 秒。")
    return 1 if report.findings else 0


def _tell_unwritten() -> None:
    count, ranges = whole.unwritten()
    if count:
        listed = "、".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)
        console.print(f"注意：有 {count} 个编号抽取之后没有写成记录，最近的是 {listed}。")
        console.print("  请求中途出错、数据库重启（一次最多 32 个）会这样；")
        console.print("  有人拿平台的数据库口令读了再回滚，也会这样。请与数据库日志核对。")


def write(file: Path) -> int:
    """Write the export."""
    count = export.write(file)
    console.print(f"✓ 已导出 {count} 条到 {file}（只有本账号能读）。")
    console.print(f"  核验：goodfaith ledger verify --export {file}，或 python verifier.py {file}")
    return 0


def erase(entry: int, *, statute: str, reason: str, officer: str) -> int:
    """Erase an entry's content."""
    order = actions.do_erase(
        acting=COMMAND, at=clock.now(), entry_id=entry, statute=statute, reason=reason, officer=officer
    )
    console.print(f"✓ 记录 {entry} 的内容已抹去，依据和理由见记录 {order}。它在日志中的位置和证明不变。")
    return 0


def rotate_key() -> int:
    """Make a new signing key."""
    text = actions.do_rotate_key(acting=COMMAND, at=clock.now())
    key = queries.signing_keys()[-1]
    console.print("✓ 已生成新的签名密钥，并由现用密钥签署了介绍声明。下一个日志头由两把密钥共同签署。")
    console.print(f"  新公钥：{key.vkey}", markup=False)
    if text:
        console.print("密钥来自环境变量。请把 GOODFAITH_SIGNING_KEYS 改为下面这一行，然后重启：")
        console.print(text, markup=False)
    return 0
