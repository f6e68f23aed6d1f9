"""Signed notes and checkpoints as C2SP describes them, with Ed25519 keys. Pure.

A *note* is a text, an empty line, and a signature line for each signer: ``— name base64(key id · signature)``.
A *checkpoint* is a note whose text is the log's origin, the tree's size, its head in base64, and here one more
line, ``at`` with the time of signing, so that an old head can be told from a fresh one.
A *verifier key* (vkey) is ``name+key id+base64(0x01 · public key)``.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from goodfaith.common.problems import Problem

ED25519 = b"\x01"
DASH = "— "
_ID = 4


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes by which a note's signature names its key."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:_ID]


@dataclass(frozen=True)
class Verifier:
    """The public half of a key."""

    name: str
    public: bytes

    @property
    def id(self) -> str:
        """The key id as 8 hex digits."""
        return key_id(self.name, self.public).hex()

    def vkey(self) -> str:
        """The key as text, to hand out."""
        return f"{self.name}+{self.id}+{base64.b64encode(ED25519 + self.public).decode()}"

    def holds(self, text: str, signature: bytes) -> bool:
        """Whether the signature is this key's over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A key that can sign; ``seed`` is its private half, 32 bytes."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def line(self, text: str) -> str:
        """The signature line for a text."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        named = bytes.fromhex(self.verifier.id) + signature
        return f"{DASH}{self.name} {base64.b64encode(named).decode()}\n"


@dataclass(frozen=True)
class Checkpoint:
    """What a signed head says."""

    origin: str
    size: int
    root: bytes
    at: dt.datetime | None

    def text(self) -> str:
        """The text that is signed."""
        head = f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"
        return head + (f"at {self.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}\n" if self.at else "")


def _wrong(why: str) -> Problem:
    return Problem("note_malformed", f"签名文件的格式不对：{why}。", "请重新取得一份。", status=400)


def parse_vkey(vkey: str) -> Verifier:
    """The key that a vkey tells; Problem when it is not one of Ed25519 or its id is not its own."""
    name, _, rest = vkey.strip().partition("+")
    stated, _, rest = rest.partition("+")  # the Base64 may have a plus of its own
    try:
        raw = base64.b64decode(rest, validate=True)
    except binascii.Error as error:
        raise _wrong("公钥不是 Base64") from error
    found = Verifier(name, raw[1:])
    if not name or raw[:1] != ED25519 or len(raw) != 33 or found.id != stated.lower():
        raise _wrong("公钥编号与公钥不符")
    return found


def sign(text: str, signers: list[Signer]) -> str:
    """The note: the text with a signature line of each signer."""
    if not text.endswith("\n") or "\n\n" in text or not signers:
        raise _wrong("正文必须以换行结尾、没有空行，且至少有一个签名人")
    return text + "\n" + "".join(signer.line(text) for signer in signers)


def _part(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text of a note, and for each signature the signer's name, the key id and the signature."""
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise _wrong("缺少签名行")
    found = []
    for line in lines.splitlines():
        name, _, coded = line.removeprefix(DASH).partition(" ")
        try:
            raw = base64.b64decode(coded, validate=True)
        except binascii.Error as error:
            raise _wrong("签名行不是 Base64") from error
        if not line.startswith(DASH) or not name or len(raw) <= _ID:
            raise _wrong("签名行无法识别")
        found.append((name, raw[:_ID], raw[_ID:]))
    return text + "\n", found


def open_note(note: str, known: list[Verifier]) -> tuple[str, list[Verifier]]:
    """The text, and which of the known keys signed it.

    Signatures of unknown keys are passed over. Problem ``note_unsigned`` when none of the known keys signed it or
    when one that should have did not.
    """
    text, signatures = _part(note)
    keys = {(key.name, key.id): key for key in known}
    named = [(keys[name, number.hex()], raw) for name, number, raw in signatures if (name, number.hex()) in keys]
    if not named or not all(key.holds(text, raw) for key, raw in named):
        what = "签名核对不上：不是已知密钥所签，或内容被改动。"
        raise Problem("note_unsigned", what, "请与外部留存的日志头比对。", status=400)
    return text, [key for key, _ in named]


def parse_checkpoint(text: str) -> Checkpoint:
    """What a checkpoint's text (or whole note) says, unverified; Problem when it is not one."""
    lines = text.split("\n\n")[0].splitlines()
    try:
        at = next((line[3:] for line in lines[3:] if line.startswith("at ")), None)
        time = dt.datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC) if at else None
        return Checkpoint(lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True), time)
    except (ValueError, IndexError) as error:
        raise _wrong("不是日志头") from error


def open_checkpoint(note: str, known: list[Verifier]) -> Checkpoint:
    """What a signed head says; Problem when it is not signed by a known key or is another log's."""
    text, signers = open_note(note, known)
    found = parse_checkpoint(text)
    if found.origin not in {key.name for key in signers}:
        raise Problem("note_foreign", f"这是另一个日志（{found.origin}）的日志头。", "请核对来源。", status=400)
    return found
