"""Checks an export of the access ledger with no access to the system that wrote it.

    python verifier.py EXPORT [--checkpoint HEAD]... [--keys KEYS] [--max-age HOURS]

Needs Python 3.11 and ``cryptography``; it imports nothing of goodfaith, so that it can be read, copied and run
alone. It recomputes every row's commitment, the whole Merkle tree (RFC 6962) and its head at each signed
checkpoint (C2SP), and says by name what does not hold. docs/ledger.md tells the formats.

A *row* is ``salt \\t commitment \\t line``; the commitment is SHA-256(salt · line), the leaf hash
SHA-256(0x00 · commitment). A row whose content was lawfully erased has ``erased:ENTRY`` in place of the salt.
"""

from __future__ import annotations

import argparse
import base64
import datetime as dt
import hashlib
import sys
from binascii import unhexlify
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIRST_LINE = "goodfaith ledger export 1"
GROUP = 256
MOST = 20
"""Findings of one kind that are told one by one."""
ID, PURPOSE, CASE, ITEMS, ANSWER = 0, 8, 10, 12, 16
FIELDS = 18
ERASURE = b"\tledger_erasure\t"
_sha256 = hashlib.sha256


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: a stable code, and in words what and where."""

    code: str
    text: str


class Refused(Exception):
    """Raised with a finding when a key, a head or a file is not what it should be."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.finding = Finding(code, text)


# -- keys and heads -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Key:
    """A key that may sign heads."""

    name: str
    id: bytes
    public: bytes


@dataclass(frozen=True)
class Head:
    """A signed head: what it says, and where it was found (``label``)."""

    origin: str
    size: int
    root: bytes
    at: dt.datetime | None
    label: str


def decode(text: str, what: str) -> bytes:
    """The bytes of a base64 text that is written in the one canonical way."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raw = b""
    if base64.b64encode(raw).decode() != text or not raw:
        raise Refused("malformed", f"{what}不是规范的 Base64")
    return raw


def read_key(vkey: str) -> Key:
    """The key that a C2SP vkey tells."""
    name, _, coded = vkey.strip().partition("+")
    stated, _, coded = coded.partition("+")  # the Base64 may have a plus of its own
    raw = decode(coded, "公钥")
    found = _sha256(name.encode() + b"\n" + raw).digest()[:4]
    if raw[:1] != b"\x01" or len(raw) != 33 or found.hex() != stated:
        raise Refused("bad_key", f"公钥 {vkey[:40]}… 与它的编号不符，或不是 Ed25519")
    return Key(name, found, raw[1:])


def _signed(note: str, keys: Iterable[Key], label: str, strict: bool) -> tuple[str, list[Key]]:
    """The signed text of a note and the known keys that signed it. ``strict``: no other signatures beside."""
    text, gap, lines = note.rpartition("\n\n")
    known, signers = {(key.name, key.id): key for key in keys}, []
    if not gap or not lines.endswith("\n"):
        raise Refused("malformed", f"{label}：不是签名文件")
    for line in lines[:-1].split("\n"):
        name, _, coded = line.removeprefix("— ").partition(" ")
        raw = decode(coded, f"{label}的签名") if line.startswith("— ") else b""
        key = known.get((name, raw[:4]))
        if key is None and (strict or not raw):
            raise Refused("unknown_key", f"{label}：有一个签名不是已知密钥（{name[:40]}）所签")
        if key is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], f"{text}\n".encode())
        except InvalidSignature:
            raise Refused("forged_head", f"{label}：签名与内容不符，内容被改动过") from None
        signers.append(key)
    return text, signers


def read_head(note: str, keys: Iterable[Key], label: str, *, origin: str | None = None, strict: bool = False) -> Head:
    """A head whose signature was checked; Refused when it is another log's, unsigned or altered."""
    stated = note.split("\n", 1)[0]
    if origin is not None and stated != origin:
        raise Refused("foreign_head", f"{label}：是另一个日志（{stated[:60]}）的日志头，不是 {origin} 的")
    text, signers = _signed(note, keys, label, strict)
    if not any(key.name == stated for key in signers):
        raise Refused("unknown_key", f"{label}：不是已知密钥所签的日志头")
    lines = text.split("\n")
    try:
        at = next((line[3:] for line in lines[3:] if line.startswith("at ")), None)
        time = dt.datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC) if at else None
        return Head(stated, int(lines[1]), decode(lines[2], label), time, label)
    except (ValueError, IndexError):
        raise Refused("malformed", f"{label}：不是日志头") from None


def read_introduction(note: str, keys: Iterable[Key]) -> Key:
    """The key that a statement introduces, signed by one that is known already."""
    text, signers = _signed(note, keys, "更换密钥的声明", True)
    lines = text.split("\n")
    new = next((read_key(line.removeprefix("new key ")) for line in lines if line.startswith("new key ")), None)
    if new is None or not signers or f"follows {signers[0].id.hex()}" not in lines:
        raise Refused("bad_key", "更换密钥的声明不完整")
    return new


# -- the tree -----------------------------------------------------------------------------------------------
def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return _sha256(b"\x01" + left + right).digest()


def full_head(hashes: list[bytes]) -> bytes:
    """The head over 2**k neighbouring hashes."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [_sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return hashes[0]


@dataclass
class Tree:
    """The heads of the full subtrees so far, largest first: all that must be kept of the leaves before."""

    size: int = 0
    stack: list[tuple[int, bytes]] = field(default_factory=list)

    def add_group(self, head: bytes) -> None:
        """Append the head of 256 leaves."""
        span = GROUP
        while self.stack and self.stack[-1][0] == span:
            head, span = node(self.stack.pop()[1], head), span * 2
        self.stack.append((span, head))
        self.size += GROUP

    def root(self, rest: list[bytes]) -> bytes:
        """The head over the groups so far and fewer than 256 further leaf hashes."""
        heads, start = [head for _, head in self.stack], 0
        for bit in reversed(range(len(rest).bit_length())):
            if len(rest) >> bit & 1:
                heads.append(full_head(rest[start : start + (1 << bit)]))
                start += 1 << bit
        if not heads:
            return _sha256(b"").digest()
        whole = heads.pop()
        while heads:
            whole = node(heads.pop(), whole)
        return whole


# -- the walk over the rows ---------------------------------------------------------------------------------
@dataclass
class Walk:
    """Goes over every row in order and compares the tree with the heads that it is given."""

    heads: list[Head] = field(default_factory=list)
    keep_tiles: bool = False
    findings: list[Finding] = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)
    count: int = 0
    tiles: list[bytes] = field(default_factory=list)
    """SHA-256 of the leaf hashes of each group of 256, the last one shorter."""
    groups: list[bytes] = field(default_factory=list)
    """The heads of the full groups."""
    erased: dict[int, tuple[int, int, bytes]] = field(default_factory=dict)
    """Entries that were erased: the row's place, the entry that orders it, the digest of what is left."""
    erasures: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    """Entries that order an erasure: of which entry, the digest of what is left of it, why."""
    _agreed: int = 0
    _parted: bool = False
    _told: dict[str, int] = field(default_factory=dict)

    def tell(self, code: str, text: str) -> None:
        """Keep a finding; of many of one kind the first are kept and the rest counted."""
        self._told[code] = self._told.get(code, 0) + 1
        if self._told[code] <= MOST:
            self.findings.append(Finding(code, text))

    def go(self, rows: Iterable[bytes]) -> None:
        """Walk over all rows, or over the next of them (whole groups, with the heads that lie among them)."""
        waiting = sorted(self.heads, key=lambda head: -head.size)
        source = iter(rows)
        while waiting and waiting[-1].size == 0:
            self._compare(waiting.pop(), [])
        while group := list(islice(source, GROUP)):
            leaves = self._leaves(group)
            while waiting and waiting[-1].size <= self.count + len(group):
                self._compare(waiting.pop(), leaves)
            self._close(leaves)
        for head in reversed(waiting):
            self.tell("tail_cut", f"{head.label}记有 {head.size} 条，这里只有 {self.count} 条：末尾被截去")

    def _close(self, leaves: list[bytes]) -> None:
        self.count += len(leaves)
        if self.keep_tiles:
            self.tiles.append(_sha256(b"".join(leaves)).digest())
        if len(leaves) == GROUP:
            head = full_head(leaves)
            self.groups.append(head)
            self.tree.add_group(head)

    def _compare(self, head: Head, leaves: list[bytes]) -> None:
        within = head.size - self.count
        if within == GROUP:
            found = Tree(self.tree.size, list(self.tree.stack))
            found.add_group(full_head(leaves))
            root = found.root([])
        else:
            root = self.tree.root(leaves[:within])
        if root == head.root:
            self._agreed = head.size
        elif not self._parted:
            self._parted = True
            where = f"第 {self._agreed} 条之后、第 {head.size} 条以内" if self._agreed else f"前 {head.size} 条之内"
            self.tell("root_differs", f"与{head.label}（{head.size} 条）不符：{where}有行被改动、删去、插入或调换")

    def _leaves(self, rows: list[bytes]) -> list[bytes]:
        """The leaf hashes of up to 256 rows; every commitment is recomputed."""
        try:
            stated = [row[65:129] for row in rows]
            made = [_sha256(unhexlify(row[:64]) + row[130:-1]).hexdigest().encode() for row in rows]
            starts = b"".join([row[:130] for row in rows])
            plain = starts[64::65] == b"\t\t" * len(rows) and starts.islower()
        except ValueError:
            return self._slow(rows)
        if made != stated or not plain or rows[-1][-1:] != b"\n":
            return self._slow(rows)
        for row in rows:
            if ERASURE in row:
                self._note_erasure(row[130:-1])
        return [_sha256(b"\x00" + unhexlify(commitment)).digest() for commitment in stated]

    def _slow(self, rows: list[bytes]) -> list[bytes]:
        return [self.leaf_of(self.count + n, row) for n, row in enumerate(rows)]

    def leaf_of(self, place: int, row: bytes) -> bytes:
        """The leaf hash of one row, with everything said that is wrong with it."""
        if row[-1:] != b"\n":
            self.tell("malformed", f"第 {place} 位：行尾不完整，文件在这里中断")
        salt, _, rest = row.removesuffix(b"\n").partition(b"\t")
        commitment, _, line = rest.partition(b"\t")
        entry = line.partition(b"\t")[0].decode(errors="replace")
        try:
            raw = unhexlify(commitment)
            well = len(raw) == 32 and commitment.islower()
        except ValueError:
            raw, well = b"", False
        if not well:
            text = f"第 {place} 位：这一行不见了，或者它的承诺值无法识别（记录编号 {entry or '不明'}）"
            self.tell("row_missing", text)
        elif salt.startswith(b"erased:"):
            self._note_erased(place, salt, line)
        elif not self._holds(salt, raw, line):
            self.tell("row_altered", f"第 {place} 位（记录编号 {entry}）：内容与它的承诺值不符，被改动过")
        elif ERASURE in row:
            self._note_erasure(line)
        return _sha256(b"\x00" + raw).digest()

    @staticmethod
    def _holds(salt: bytes, commitment: bytes, line: bytes) -> bool:
        try:
            return len(salt) == 64 and salt.islower() and _sha256(unhexlify(salt) + line).digest() == commitment
        except ValueError:
            return False

    # -- erasures -----------------------------------------------------------------------------------------
    def _note_erased(self, place: int, mark: bytes, line: bytes) -> None:
        fields = line.split(b"\t")
        order = mark.removeprefix(b"erased:")
        if len(fields) != FIELDS or not fields[ID].isdigit() or not order.isdigit():
            self.tell("row_altered", f"第 {place} 位：已抹去的行无法识别")
            return
        self.erased[int(fields[ID])] = (place, int(order), _sha256(line).digest())

    def _note_erasure(self, line: bytes) -> None:
        fields = line.decode(errors="replace").split("\t")
        if len(fields) == FIELDS and fields[PURPOSE] == "ledger_erasure" and fields[CASE].isdigit():
            self.erasures[int(fields[ID])] = (int(fields[CASE]), fields[ANSWER], fields[ITEMS])

    def match_erasures(self) -> None:
        """Every erased row has its order, and every order was carried out."""
        for entry, (place, order, rest) in self.erased.items():
            ordered = self.erasures.get(order)
            if ordered is None or ordered[0] != entry:
                text = f"第 {place} 位（记录编号 {entry}）：内容被抹去，却没有对应的抹除记录"
                self.tell("erasure_without_order", text)
            elif ordered[1] != rest.hex():
                self.tell("row_altered", f"第 {place} 位（记录编号 {entry}）：抹除之后留下的部分被改动过")
        done = {order for _, order, _ in self.erased.values()}
        for order, (entry, _, _) in self.erasures.items():
            if order not in done:
                self.tell("erasure_undone", f"记录 {order} 命令抹去记录 {entry} 的内容，但内容还在")

    def summary(self) -> list[Finding]:
        """The findings, with a line for each kind of which there were too many."""
        more = [Finding(code, f"……同类共 {n} 处") for code, n in self._told.items() if n > MOST]
        return self.findings + more


# -- the export file ----------------------------------------------------------------------------------------
@dataclass
class Report:
    """What came of it: findings (none: it holds), and what was checked."""

    findings: list[Finding]
    rows: int = 0
    heads: int = 0
    newest: Head | None = None
    keys: list[Key] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)


@dataclass
class _Header:
    origin: str = ""
    size: int = -1
    keys: list[Key] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _read_header(file: BinaryIO, trusted: list[Key] | None) -> _Header:
    """The lines before the rows. With ``trusted`` keys the file's own count only as far as those introduce them."""
    found = _Header(keys=list(trusted or []))
    if file.readline() != f"{FIRST_LINE}\n".encode():
        raise Refused("malformed", "这不是查询日志的导出文件，或者开头被改动过")
    for raw in file:
        word, _, rest = raw.decode(errors="replace").rstrip("\n").partition(" ")
        if word == "rows":
            if rest:
                break
            return found
        _take_header(found, word, rest, trusted)
    raise Refused("malformed", "导出文件的头部不完整")


def _take_header(found: _Header, word: str, rest: str, trusted: list[Key] | None) -> None:
    if word == "origin":
        found.origin = rest
    elif word == "size" and rest.isascii() and rest.isdigit():
        found.size = int(rest)
    elif word == "key":
        key = read_key(rest)
        if trusted is None and not found.keys:
            found.keys.append(key)
        if key not in found.keys:
            raise Refused("unknown_key", f"密钥 {key.id.hex()} 不是可信的密钥，也没有经可信的密钥介绍")
    elif word == "introduction":
        new = read_introduction(decode(rest, "声明").decode(errors="replace"), found.keys)
        found.keys += [new] if new not in found.keys else []
    elif word == "checkpoint":
        found.notes.append(decode(rest, "日志头").decode(errors="replace"))
    else:
        raise Refused("malformed", f"导出文件的头部有无法识别的一行（{word[:20]}）")


def age_findings(newest: Head, max_age: dt.timedelta | None, now: dt.datetime) -> Iterator[Finding]:
    """Whether the newest head is too old, or from the future."""
    if newest.at is None or newest.at > now + dt.timedelta(minutes=10):
        yield Finding("old_head", "最新的日志头没有时间，或时间在将来")
    elif max_age is not None and now - newest.at > max_age:
        hours = (now - newest.at).total_seconds() / 3600
        yield Finding("old_head", f"最新的日志头签于 {newest.at:%Y-%m-%d %H:%M} UTC，已过 {hours:.1f} 小时：不是最新的")


def gather(notes: Iterable[tuple[str, str, bool]], keys: list[Key], origin: str) -> tuple[list[Head], list[Finding]]:
    """The heads of ``(label, note, strict)`` whose signatures hold, and what is wrong with the others.

    Two heads of one size that differ are told too: the log has shown two histories.
    """
    heads, findings, seen = [], [], dict[int, Head]()
    for label, note, strict in notes:
        try:
            head = read_head(note, keys, label, origin=origin, strict=strict)
        except Refused as refused:
            findings.append(refused.finding)
            continue
        other = seen.setdefault(head.size, head)
        if other.root != head.root:
            findings.append(Finding("two_histories", f"{other.label}与{label}条数同为 {head.size}，内容却不同"))
        heads.append(head)
    return heads, findings


def verify(
    path: Path,
    *,
    outside: Iterable[tuple[str, str]] = (),
    trusted: list[Key] | None = None,
    max_age: dt.timedelta | None = None,
    now: dt.datetime | None = None,
) -> Report:
    """Check an export. ``outside``: heads got elsewhere, as ``(where, note)``; ``trusted``: keys got elsewhere."""
    with path.open("rb", buffering=1 << 20) as file:
        try:
            header = _read_header(file, trusted)
        except Refused as refused:
            return Report([refused.finding])
        own = [(f"导出文件中的第 {n} 个日志头", note, True) for n, note in enumerate(header.notes, 1)]
        notes = [*own, *((label, note, False) for label, note in outside)]
        heads, findings = gather(notes, header.keys, header.origin)
        walk = Walk(heads)
        walk.go(file)
    walk.match_erasures()
    findings += walk.summary()
    if walk.count != header.size:
        findings.append(Finding("wrong_size", f"文件自称 {header.size} 条，实有 {walk.count} 条"))
    newest = max(heads, key=lambda head: (head.size, head.at or dt.datetime.min.replace(tzinfo=dt.UTC)), default=None)
    if newest is None:
        findings.append(Finding("no_head", "没有一个可信的日志头，什么也证明不了"))
    else:
        findings += age_findings(newest, max_age, now or dt.datetime.now(dt.UTC))
        if walk.count > newest.size:
            findings.append(Finding("unsealed_rows", f"有 {walk.count - newest.size} 条不在任何日志头之内"))
    return Report(findings, walk.count, len(heads), newest, header.keys, erased_lines(walk))


def erased_lines(walk: Walk) -> list[str]:
    """The erased entries with the reasons that their erasures state."""
    return [
        f"记录 {entry}（第 {place} 位）由记录 {order} 抹去：{walk.erasures[order][2]}"
        for entry, (place, order, _) in sorted(walk.erased.items())
        if order in walk.erasures
    ]


def read_keys(path: Path) -> list[Key]:
    """The vkeys of a file, one a line; empty lines and those that begin with # are passed over."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [read_key(line) for line in lines if line and not line.startswith("#")]


def report_lines(report: Report, trusted: bool) -> Iterator[str]:
    """The report in words."""
    yield f"{report.rows} 条，{report.heads} 个签名的日志头，{len(report.erased)} 条内容已依法抹去"
    yield from (f"  · {line}" for line in report.erased)
    if report.newest:
        at = f"，签于 {report.newest.at:%Y-%m-%d %H:%M:%S} UTC" if report.newest.at else ""
        yield f"最新日志头：{report.newest.origin}，{report.newest.size} 条{at}，{report.newest.root.hex()}"
    if report.keys and not trusted:
        listed = "、".join(key.id.hex() for key in report.keys)
        yield f"注意：密钥（{listed}）取自被核验的数据本身。请与公布的公钥核对，或用 --keys 给出。"
    yield from (f"✗ [{finding.code}] {finding.text}" for finding in report.findings)
    yield "✗ 核验不通过。" if report.findings else "✓ 核验通过：逐行、逐个日志头都相符。"


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when everything holds, 1 when not, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(description="核验查询日志的导出文件 (verify an export of the access ledger)")
    parser.add_argument("export", type=Path)
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="外部留存的日志头，可多次给出")
    parser.add_argument("--keys", type=Path, help="另行取得的公钥（每行一个 vkey）")
    parser.add_argument("--max-age", type=float, help="最新的日志头最多可以是几小时以前的")
    given = parser.parse_args(arguments)
    try:
        trusted = read_keys(given.keys) if given.keys else None
        outside = [(f"外部日志头 {path.name}", path.read_text(encoding="utf-8")) for path in given.checkpoint]
        age = None if given.max_age is None else dt.timedelta(hours=given.max_age)
        report = verify(given.export, outside=outside, trusted=trusted, max_age=age)
    except (OSError, UnicodeDecodeError, Refused) as error:
        sys.stderr.write(f"✗ {error}\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in report_lines(report, trusted is not None)))
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
