"""The people whom the invented city's identity card office knows. Kept in a file beside the city."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from goodfaith.common.home import home
from goodfaith.demo.city import City
from goodfaith.subjects.numbers import id_check_digit

KNOWN = 5
"""So many of the city's people; one more lives there about whom nothing was ever reported."""
STRANGER = "990100" + "19921212" + "987"


@dataclass(frozen=True)
class Inhabitant:
    """An invented person: the office's own identifier, name, ID number."""

    sub: str
    name: str
    number: str


def _file() -> Path:
    return home() / "demo" / "citizens.json"


def write(city: City) -> None:
    """Let the office know the first people of the city, and one whom the platform does not know."""
    rows = city.people.head(KNOWN).select("name", "id_number").rows()
    known = [Inhabitant(f"demo-{place}", name, number) for place, (name, number) in enumerate(rows)]
    known.append(Inhabitant("demo-stranger", "示无档", STRANGER + id_check_digit(STRANGER)))
    _file().parent.mkdir(mode=0o700, exist_ok=True)
    text = json.dumps([asdict(one) for one in known], ensure_ascii=False)
    with os.fdopen(os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def inhabitants() -> list[Inhabitant]:
    """Who may log in; nobody when no city was made here."""
    return [Inhabitant(**one) for one in json.loads(_file().read_text("utf-8"))] if _file().exists() else []


def inhabitant(sub: str) -> Inhabitant | None:
    """The person of that identifier."""
    return next((one for one in inhabitants() if one.sub == sub), None)
