"""Links in Markdown: ``[words](target)`` says no more than its words."""

from __future__ import annotations

import re

_TARGET = r"\((?:https?:|javascript:|mailto:|/|\./|\.\./|#)(?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)"
_LINK = re.compile(rf"(?<!!)\[([^\[\]\n]{{1,120}})\]{_TARGET}")
_ALL = re.compile(r"[-*+•·\s|]*(?:\[[^\[\]]+\][\s|·、,，]*)+")
MARKS = rf"(?<!!)\[(?=[^\[\]\s]{{1,120}}\]{_TARGET})|\]{_TARGET}"
"""What of a link is no word of the document's, within a stretch without white space."""


def without_targets(line: str) -> tuple[str, bool]:
    """The line with the words of its links in brackets, and whether there were any."""
    said, count = _LINK.subn(r"[\1]", line)
    return said, count > 0


def are_all(line: str) -> bool:
    """Whether such a line has nothing but links: a site's list of other pages."""
    return _ALL.fullmatch(line) is not None
