"""What the checker says: which file and line, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong with a pack. ``code`` is stable; ``what`` and ``next`` are Chinese sentences."""

    file: str
    line: int
    code: str
    what: str
    next: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.code}  {self.what}{self.next}"

    def as_dict(self) -> dict[str, str | int]:
        """For ``--json``."""
        return asdict(self)
