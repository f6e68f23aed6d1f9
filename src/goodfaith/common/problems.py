"""An error that a person reads: what happened, why, what to do next."""

from __future__ import annotations


class Problem(Exception):
    """Raised by actions and readers; faces show it, the API turns it into problem+json.

    ``code`` is stable and machine-readable (``file_empty``), ``what`` says in one Chinese sentence what
    happened and why, ``next`` what to do. ``status`` is the HTTP status the API answers with.
    """

    def __init__(self, code: str, what: str, next: str = "", *, status: int = 422) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.next = next
        self.status = status

    def __str__(self) -> str:
        return f"{self.what}{self.next}"
