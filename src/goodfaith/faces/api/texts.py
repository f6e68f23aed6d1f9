"""Texts that callers send. The character NUL is refused at the door: PostgreSQL has no text with it."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.]+$", max_length=100)]
"""A code of the catalogue: letters, digits, dots, underlines."""
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
