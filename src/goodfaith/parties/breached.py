"""Passwords known from breaches: looked up in a list on this machine, so that no password leaves it.

The list is that of Have I Been Pwned, in either of the forms its own downloader writes: one file of sorted lines
``SHA-1:count``, or a folder of files named by the first five characters, with lines ``rest:count``. The setting
BREACH_LIST (GOODFAITH_BREACH_LIST) says where. Without it only Django's list of the 20,000 most common applies.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PREFIX, DIGEST = 5, 40
log = logging.getLogger(__name__)


def _line_after(file: BinaryIO, place: int) -> bytes:
    """The first whole line that begins at ``place`` or after it; empty at the end."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline()


def _in_sorted(path: Path, digest: str) -> bool:
    """Binary search by bytes: about forty short reads in the whole list of 40 GB."""
    wanted = digest.encode()
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            line = _line_after(file, middle)
            if line and line[:DIGEST].upper() < wanted:
                low = middle + 1
            else:
                high = middle
        return _line_after(file, low)[:DIGEST].upper() == wanted


def _in_folder(folder: Path, digest: str) -> bool:
    found = [folder / f"{digest[:PREFIX]}{ending}" for ending in ("", ".txt")]
    lines = next((path.read_text("ascii").splitlines() for path in found if path.exists()), [])
    return any(line[: DIGEST - PREFIX].upper() == digest[PREFIX:] for line in lines)


def is_breached(password: str, place: Path) -> bool:
    """Whether the list at ``place`` holds the password."""
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    return _in_folder(place, digest) if place.is_dir() else _in_sorted(place, digest)


class BreachListValidator:
    """Refuses passwords on the list; a list that is set but cannot be read refuses all: it is no open door."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError when the password is on the list, or when the list is gone."""
        try:
            breached = bool(settings.BREACH_LIST) and is_breached(password, Path(settings.BREACH_LIST))
        except OSError as error:
            log.error("the list of breached passwords cannot be read: %s", type(error).__name__)
            said = _("现在无法核对泄露密码清单，密码没有设置。请与平台的系统管理员联系，恢复清单后再试。")
            raise ValidationError(said, code="breach_list_away") from error
        if breached:
            raise ValidationError(_("这个密码在别处泄露过，不能使用。"), code="password_breached")

    def get_help_text(self) -> str:
        """What a person is told beforehand."""
        return _("不能使用泄露过的密码。")
