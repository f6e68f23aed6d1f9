"""A file that is larger than the limit is not kept while it comes in."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem


class Limit(FileUploadHandler):
    """Stops keeping a file as soon as it passes the limit; says so by ``passed``."""

    passed = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand the piece on to the next handler, or drop the file."""
        if start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
            self.passed = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """The next handler makes the file."""
        return None


def limited(request: HttpRequest) -> Limit:
    """Put the limit before the other handlers. Must run before anything reads the body."""
    limit = Limit(request)
    request.upload_handlers.insert(0, limit)
    return limit


def too_large() -> Problem:
    """What the clerk is told."""
    most = settings.MAX_UPLOAD_BYTES // 2**20
    return Problem(
        "file_too_big",
        _("文件超过%(most)s MiB的上限，没有接收。") % {"most": most},
        _("请压缩成zip，或者按时间、区域拆成几个文件分别报送。"),
        status=413,
    )
