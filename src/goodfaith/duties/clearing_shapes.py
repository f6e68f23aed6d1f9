"""What a file that is to be shown to everybody was found to hold."""

from __future__ import annotations

from dataclasses import dataclass, field

MIB = 1024 * 1024
MOST_PAGES = 500
MOST_CHARACTERS = 3_000_000


@dataclass
class Contents:
    """``texts``: (where, words) of all that can be read, also what a viewer hides; ``pictures``: whether something can
    only be read by a person; ``holds_files``: other files are packed inside."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    pictures: bool = False
    holds_files: bool = False
