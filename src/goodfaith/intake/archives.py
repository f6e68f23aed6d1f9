"""Zip archives from strangers: every size is measured while unpacking, none is believed."""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from goodfaith.common.problems import Problem
from goodfaith.intake.reading.blob import Blob
from goodfaith.intake.reading.limits import MAX_RATIO, MIB, RATIO_FROM_BYTES, limit

_STEP = 1024 * 1024
_STORED, _DEFLATED = 0, 8
_MOST_ENTRIES = 10_000
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_UNREADABLE = (
    zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, EOFError, OverflowError, LookupError,
)  # fmt: skip
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def _damaged() -> Problem:
    return Problem(
        "zip_damaged",
        "文件已损坏，打不开（压缩结构不完整），可能没有传完或没有保存好。",
        "请用原文件另存一份后重新报送。",
    )


def _bomb() -> Problem:
    return Problem(
        "zip_bomb",
        f"文件解压后太大（超过 {limit('MAX_UNPACKED_BYTES') // MIB:,} MB，或压缩率超过 {MAX_RATIO} 倍），没有打开。",
        "请检查工作表里是否有大片空白格式行，删除后另存；数据确实很大的，请拆成几个文件报送。",
    )


def entries(blob: Blob) -> list[zipfile.ZipInfo]:
    """The entries of the archive. Problems: ``zip_damaged``, ``zip_encrypted``, ``zip_bomb``."""
    try:
        with zipfile.ZipFile(_Kept(blob.open())) as archive:
            infos = archive.infolist()
    except _UNREADABLE as error:
        raise _damaged() from error
    if any(not info.filename for info in infos):
        raise _damaged()
    if any(info.flag_bits & 0x1 for info in infos):
        raise Problem("zip_encrypted", "压缩包设有密码，打不开。", "请去掉密码、重新打包后报送；传输过程本身已经加密。")
    if len(infos) > _MOST_ENTRIES or sum(info.file_size for info in infos) > limit("MAX_UNPACKED_BYTES"):
        raise _bomb()
    return infos


def names(blob: Blob) -> set[str]:
    """Lower-case names of the entries, with / between folders."""
    return {info.filename.replace("\\", "/").lower() for info in entries(blob)}


def unpacked(blob: Blob, info: zipfile.ZipInfo, spent: int = 0) -> Iterator[bytes]:
    """The entry in pieces; ``spent`` bytes were unpacked from the archive before. Problem ``zip_bomb`` as
    soon as the archive's limit or the ratio is passed, whatever the headers say."""
    if info.compress_type not in (_STORED, _DEFLATED):
        raise Problem("zip_method", "压缩包用了少见的压缩方式，打不开。", "请用系统自带的压缩功能（zip）重新打包。")
    inflate = zlib.decompressobj(-15) if info.compress_type == _DEFLATED else None
    most, taken, given = limit("MAX_UNPACKED_BYTES"), 0, 0
    for packed in _packed(blob, info):
        taken += len(packed)
        for piece in _inflate(inflate, packed):
            given += len(piece)
            if spent + given > most or (given > RATIO_FROM_BYTES and given > MAX_RATIO * taken):
                raise _bomb()
            yield piece
    if inflate is not None and not inflate.eof:
        raise _damaged()


def _packed(blob: Blob, info: zipfile.ZipInfo) -> Iterator[bytes]:
    stream = blob.open()
    if info.header_offset < 0:
        raise _damaged()
    stream.seek(info.header_offset)
    head = stream.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size or not head.startswith(b"PK\x03\x04"):
        raise _damaged()
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(head)
    place, left = info.header_offset + len(head) + name_length + extra_length, info.compress_size
    while left > 0:
        stream.seek(place)
        piece = stream.read(min(left, 64 * 1024))
        if not piece:
            raise _damaged()
        place, left = place + len(piece), left - len(piece)
        yield piece


def _inflate(inflate: zlib._Decompress | None, packed: bytes) -> Iterator[bytes]:
    if inflate is None:
        yield packed
        return
    while packed and not inflate.eof:
        try:
            piece = inflate.decompress(packed, _STEP)
        except zlib.error as error:
            raise _damaged() from error
        yield piece
        packed = inflate.unconsumed_tail


def only_file(blob: Blob, packed: bool) -> Blob:
    """The one file in a zip archive, unpacked. ``packed``: this archive itself came out of an archive.

    Problems: ``zip_nested``, ``zip_empty``, ``zip_many`` (names the files), ``zip_bomb``, ``zip_damaged``.
    """
    if packed:
        raise Problem(
            "zip_nested",
            "压缩包里还是压缩包，为安全起见没有打开。",
            "请把表格解压出来，直接报送或只压缩一层。",
        )
    files = [info for info in entries(blob) if not info.filename.endswith("/") and not _is_litter(info.filename)]
    if not files:
        raise Problem("zip_empty", "压缩包里没有任何文件。", "请确认打包成功后重新报送。")
    if len(files) > 1:
        listed = "、".join(_name(info) for info in files[:10]) + (" 等" if len(files) > 10 else "")
        raise Problem(
            "zip_many",
            f"压缩包里有 {len(files)} 个文件（{listed}），一次只能报送一个。",
            "请每个文件单独报送，以便各自核对和开具回执。",
        )
    return Blob(_unpack(blob, files[0]), _name(files[0]).rsplit("/", 1)[-1])


def _unpack(blob: Blob, info: zipfile.ZipInfo) -> BinaryIO:
    target = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the Blob
    size = 0
    for piece in unpacked(blob, info):
        size += target.write(piece)
    if size == 0:
        raise Problem("file_empty", "压缩包里的文件是空的（0 字节）。", "请重新导出或保存后再报送。")
    target.seek(0)
    return target


def _is_litter(name: str) -> bool:
    return any(part in name for part in _IGNORED) or name.rsplit("/", 1)[-1].startswith("~$")


def _name(info: zipfile.ZipInfo) -> str:
    """The file name; zip programs of Chinese Windows write GBK, which Python reads as cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


class _Kept:
    """A stream that the zip module may not close."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.read, self.seek, self.tell = stream.read, stream.seek, stream.tell

    def seekable(self) -> bool:
        return True
