"""Area codes of GB/T 2260 and the last year in which each was given out. Only for warnings."""

from __future__ import annotations

import functools
import importlib.resources
import re
from collections.abc import Iterable, Mapping

from goodfaith.law.schema import AreaEntry

STILL = 9999
_county = re.compile(r'^  (\d{4}) county="(.*)"$')
_years = re.compile(r"^\[\d*-(\d*)\]")


def _last_year(names: str) -> int:
    """``[-1991]东郊区,[1992-]东丽区`` → 9999; ``[-2010]崇文区`` → 2010."""
    found = (_years.match(name) for name in names.split(","))
    return max(int(years[1] or STILL) if years else STILL for years in found)


@functools.cache
def known_areas() -> Mapping[str, int]:
    """Code → last year, from the table that python-stdnum carries; empty when it carries none."""
    try:
        text = importlib.resources.files("stdnum.cn").joinpath("loc.dat").read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return {}
    areas: dict[str, int] = {}
    province = ""
    for line in text.splitlines():
        if county := _county.match(line):
            areas[province + county[1]] = _last_year(county[2])
        elif line[:2].isdigit():
            province = line[:2]
    return areas


def with_catalogue(entries: Iterable[AreaEntry]) -> Mapping[str, int]:
    """The known areas and those of the packs; a pack's own dates win."""
    ends = {entry.code: entry.valid.end.year if entry.valid.end else STILL for entry in entries}
    return {**known_areas(), **ends}
