"""Which encoding a text file is in, proven over the whole file; then the file as UTF-8, piece by piece."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goodfaith.common.problems import Problem
from goodfaith.intake.reading.blob import Blob

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURELY_UTF8 = 20
"""So many well-formed multi-byte characters are no accident: bytes that fail afterwards are damage."""
_SAVE_AGAIN = "请在 Excel 或 WPS 中打开原文件，另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后重新报送。"


@dataclass(frozen=True)
class TextFacts:
    """``skip``: bytes of the byte-order mark. ``lines``: line breaks in the file (an upper bound of records)."""

    encoding: str
    skip: int
    lines: int
    quoted: bool


@dataclass
class _Trial:
    """How far decoding came."""

    lines: int = 0
    wide: int = 0
    quoted: bool = False
    failed: bool = False
    nul: bool = False


def examine(blob: Blob) -> TextFacts:
    """Find the encoding of the whole file.

    Raises Problem ``encoding_broken`` (names the line) or ``nul_bytes``.
    """
    head = blob.head(4)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return _settle(_try(blob, encoding, len(bom)), encoding, len(bom))
    plain = _try(blob, "utf-8", 0)
    if not plain.failed or plain.wide >= _SURELY_UTF8:
        return _settle(plain, "utf-8", 0)
    return _settle(_try(blob, "gb18030", 0), "gb18030", 0)


def _settle(trial: _Trial, encoding: str, skip: int) -> TextFacts:
    line = trial.lines + 1
    if trial.nul:
        raise Problem(
            "nul_bytes",
            f"文件第 {line} 行含有空字节（NUL），说明文件已损坏，或者不是文本文件。",
            _SAVE_AGAIN,
        )
    if trial.failed:
        raise Problem(
            "encoding_broken",
            f"文件第 {line} 行有无法识别的字符：不是完整的 UTF-8 或 GBK/GB18030，文件可能被截断或混用了编码。",
            _SAVE_AGAIN,
        )
    return TextFacts(encoding, skip, trial.lines, trial.quoted)


def _try(blob: Blob, encoding: str, skip: int) -> _Trial:
    trial = _Trial()
    decoder = codecs.getincrementaldecoder(encoding)()
    for piece, final in _with_last(blob.blocks(skip)):
        try:
            text = decoder.decode(piece, final)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding, "ignore")
            _count(trial, good)
            trial.failed = True
            return trial
        _count(trial, text)
        if trial.nul:
            return trial
    return trial


def _count(trial: _Trial, text: str) -> None:
    nul = text.find("\0")
    if nul >= 0:
        trial.nul = True
        text = text[:nul]
    trial.lines += text.count("\n") or text.count("\r")
    trial.quoted = trial.quoted or '"' in text
    if trial.wide < _SURELY_UTF8 and not text.isascii():
        trial.wide += sum(1 for letter in text[:100_000] if letter > "\u07ff")


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and at the end an empty one marked final."""
    for piece in pieces:
        yield piece, False
    yield b"", True


def utf8_blocks(blob: Blob, facts: TextFacts) -> Iterator[bytes]:
    """The file as UTF-8 without mark, line ends as LF. A piece may end inside a character or record."""
    held = b""
    for piece in _as_utf8(blob, facts):
        piece = held + piece
        held = b"\r" if piece.endswith(b"\r") else b""
        if held:
            piece = piece[:-1]
        if b"\r" in piece:
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield piece
    if held:
        yield b"\n"


def _as_utf8(blob: Blob, facts: TextFacts) -> Iterator[bytes]:
    if facts.encoding == "utf-8":
        yield from blob.blocks(facts.skip)
        return
    decoder = codecs.getincrementaldecoder(facts.encoding)()
    for piece, final in _with_last(blob.blocks(facts.skip)):
        yield decoder.decode(piece, final).encode("utf-8", "surrogatepass")
