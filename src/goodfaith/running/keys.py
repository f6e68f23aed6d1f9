"""``goodfaith keys …``: how the keys stand, rotation, keys for subjects of before, erasing by order of law."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from uuid import UUID

from django.db import connection, transaction
from rich.console import Console

from goodfaith.common import clock, crypto, crypto_keys, crypto_places, crypto_subject
from goodfaith.common.acting import Acting
from goodfaith.common.home import data_keys, home, replace_private
from goodfaith.common.problems import Problem
from goodfaith.intake.erasing import do_remove_files
from goodfaith.records.actions import do_reseal_records
from goodfaith.rights.erasing import do_erase_words
from goodfaith.subjects.actions import check_erase_key, do_erase_key, do_reseal_subjects, do_rewrap_keys
from goodfaith.subjects.rekeying import START

console = Console(highlight=False, soft_wrap=True)
COMMAND = Acting(kind="system", id="goodfaith.keys", name="命令行")
FILE = "keys.json"
SUBJECTS = 2_000
"""Subjects of one transaction when old values are sealed anew."""
REPORT = 10_000
"""Values after which progress is told."""
OWN_KEY = frozenset(crypto_subject.SUITES.values())
NAMES = {code: name for suites in (crypto.SUITES, crypto_subject.SUITES) for name, code in suites.items()}


def _confirmed(question: str, wanted: str, given: bool) -> None:
    """Problem unless the person at the terminal types ``wanted``, or has said so before."""
    if not given and (not sys.stdin.isatty() or console.input(f"{question}\n  请输入 {wanted} 确认：") != wanted):
        raise Problem("not_confirmed", "没有得到确认，什么也没有改变。", f"请在终端里输入 {wanted}，或加上 --yes。")


def _write(text: bytes) -> None:
    """Keep the keys and use them. Problem when they do not come from a file of ours."""
    path = home() / FILE
    if not path.exists() or data_keys().encode() != path.read_bytes():
        what = "密钥来自环境变量 GOODFAITH_KEYS，程序不能替您改写。"
        mend = "请自行在其中增减密钥，重启各进程，再运行 goodfaith keys rotate --resume。"
        raise Problem("keys_not_in_file", what, mend)
    replace_private(FILE, text)
    crypto.use_keys(text)


def status() -> int:
    """What stands under which key; 0 when every subject's values are under its own key and no old key is in use."""
    held = crypto.keys()
    counts = crypto_places.counts()
    direct = {key: count for key, count in counts.items() if key[1] not in OWN_KEY}
    people = {place.name for place in crypto_places.BY_SUBJECT[1:]}
    console.print(f"套件 {NAMES[crypto.head()[0]]}；现用密钥 {held.newest}")
    for number in sorted(held.seal):
        under = sum(count for key, count in direct.items() if key[2] == number)
        console.print(f"  密钥 {number}：{held.made.get(number) or '日期未记载'}，直接加密 {under} 项")
    for (place, suite, number), count in sorted(counts.items()):
        what = "主体专用密钥" if suite in OWN_KEY else f"密钥 {number}"
        console.print(f"  {place}：{count} 项，{NAMES[suite]}，{what}")
    _tell_erased()
    outside = sum(count for (place, *_), count in direct.items() if place in people)
    if outside:
        console.print(f"✗ {outside} 项个人信息还没有改用主体专用密钥 → 请运行 goodfaith keys reseal")
    waiting = sum(
        count for (place, _, number), count in direct.items() if place not in people and number != held.newest
    )
    if waiting:
        console.print(f"✗ {waiting} 项还在旧密钥下 → 请运行 goodfaith keys rotate --resume")
    return 1 if outside or waiting else 0


def _tell_erased() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(erased_at) FROM subjects_key")
        keys, erased = cursor.fetchone()
    console.print(f"主体专用密钥 {keys} 把，其中依法删除 {erased} 把")


def rotate(*, resume: bool, yes: bool) -> int:
    """Add a key (unless an interrupted rotation goes on) and put everything under the newest. 0 when done."""
    if not resume:
        try:
            _write(crypto_keys.with_another(data_keys(), clock.today()))
        except ValueError as error:
            what = "密钥编号已经用完（最多 255），不能再轮换。"
            raise Problem("no_number_left", what, "编号不重复使用，以免与旧备份混淆。") from error
        console.print(f"✓ 新密钥 {crypto.keys().newest} 已写入 {home() / FILE}（只有本账号能读）。")
        console.print("  现在就把这个文件另行备份，与数据库备份分开存放：改用新密钥之后，丢了它就再也打不开个人信息。")
    _confirmed("已经备份新的密钥文件了吗？", "yes", yes)
    total = _rewrap() + sum(_renew(place) for place in crypto_places.RENEWED)
    console.print(f"✓ 已改用密钥 {crypto.keys().newest}，共 {total} 项。")
    console.print("  请重启各进程，再运行一次 goodfaith keys rotate --resume：重启之前，它们还可能用旧密钥加密。")
    console.print("  旧密钥仍留着，用来读旧备份。备份到期之后，用 goodfaith keys retire 编号 去掉它。")
    return 0


def _rewrap() -> int:
    total, after = 0, START
    while True:
        done, after = do_rewrap_keys(acting=COMMAND, at=clock.now(), after=after)
        if not done:
            return total
        total += done
        console.print(f"  主体专用密钥：已重新封装 {total} 把")


def _renew(place: crypto_places.Place) -> int:
    total = 0
    while done := crypto_places.do_renew(acting=COMMAND, at=clock.now(), place=place):
        total += done
        if total % REPORT < crypto_places.BATCH:
            console.print(f"  {place.name}：已重新加密 {total} 项")
    return total


def reseal() -> int:
    """Keys for subjects of before, and their values under them; goes on where it was interrupted."""
    total = 0
    for number, subjects in enumerate(_subjects(), 1):
        with transaction.atomic():
            total += do_reseal_subjects(acting=COMMAND, at=clock.now(), subjects=subjects)
            total += do_reseal_records(acting=COMMAND, at=clock.now(), subjects=subjects)
        if number % 10 == 0:
            console.print(f"  已看过 {number * SUBJECTS} 个主体，改用专用密钥 {total} 项")
    console.print(f"✓ 个人信息都在主体专用密钥之下，这次改了 {total} 项。")
    return 0


def _subjects() -> Iterator[list[UUID]]:
    """All subjects, some at a time, in the order of their ids."""
    last = UUID(int=0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM subjects_subject WHERE id > %s ORDER BY id LIMIT %s", [last, SUBJECTS])
            found = [row[0] for row in cursor.fetchall()]
        if not found:
            return
        yield found
        last = found[-1]


def erase(subject: str, *, statute: str, reason: str, yes: bool) -> int:
    """Destroy the keys of one subject by order of law."""
    try:
        subject_id = UUID(subject)
    except ValueError as error:
        raise Problem("subject_unknown", "主体编号不正确。", "请填写 36 位的主体编号。") from error
    given = {"subject_id": subject_id, "statute": statute, "reason": reason}
    keys = check_erase_key(**given)  # type: ignore[arg-type]
    what = (
        f"将删除主体 {subject_id} 的 {keys} 把专用密钥，并清除带来过其记录的报送文件、其案件中的文字和材料。"
        "此后打不开，不能恢复。"
    )
    _confirmed(what, subject, yes)
    with transaction.atomic():
        do_erase_key(acting=COMMAND, at=clock.now(), **given)  # type: ignore[arg-type]
        files = do_remove_files(acting=COMMAND, at=clock.now(), subject_id=subject_id)
        words = do_erase_words(acting=COMMAND, at=clock.now(), subject_id=subject_id)
    if not connection.in_atomic_block:  # the rows as they were are still on the disk until then
        with connection.cursor() as cursor:
            cursor.execute("VACUUM subjects_key, subjects_person, subjects_identifier, rights_text, rights_file")
    console.print(f"✓ 已删除；带来过该主体记录的 {files} 批报送文件、案件中的 {words} 份文字和材料也已清除。")
    console.print("  查询日志和证明不受影响。")
    console.print("  旧备份里还有这把密钥：轮换并去掉旧密钥之后才失效，见 docs/keys.md 第四节。")
    return 0


def retire(number: int, *, yes: bool) -> int:
    """Take an old key away for good: what old backups hold under it can't be opened any more."""
    used = sum(count for (_, suite, n), count in crypto_places.counts().items() if suite not in OWN_KEY and n == number)
    if used:
        what = f"密钥 {number} 之下还有 {used} 项。"
        raise Problem("key_in_use", what, "请先运行 goodfaith keys rotate --resume 和 keys reseal。", status=409)
    try:
        text = crypto_keys.without(data_keys(), number)
    except ValueError as error:
        what = f"密钥 {number} 是现用的，或者不存在。"
        raise Problem("key_not_retired", what, "请看 goodfaith keys status。") from error
    _confirmed(f"去掉密钥 {number} 之后，用它加密的旧备份再也打不开。", str(number), yes)
    _write(text)
    console.print(f"✓ 密钥 {number} 已去掉。也请从密钥文件的备份里去掉它。")
    return 0
