"""What every kind of file is opened into, and the limits that hold for all kinds."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

MIB = 1024 * 1024
MAX_BYTES = 50 * MIB
MAX_CHARACTERS = 1_500_000
MAX_PAGES = 300


@dataclass(frozen=True)
class Opened:
    """``remarks``: (code, words) of what has to be said about the file as a whole."""

    text: str
    remarks: tuple[tuple[str, str], ...] = ()


def SCAN_NEXT() -> str:  # noqa: N802 - a text, said at the moment of asking
    """What to do with pictures of text."""
    return _("请向发文单位要可以选中文字的版本（DOCX 或文字版 PDF），或先用文字识别软件转成文字、校对后再试。")
