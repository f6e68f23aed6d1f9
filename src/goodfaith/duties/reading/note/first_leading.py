"""Where “排在第一位的为牵头单位” holds, when it stands outside a note.

In the notice, under a table, or in a document of one plan it holds for all. In one of several plans that the notice
names, it holds for that plan and its annexes.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from goodfaith.duties.reading.note.duty_words import FIRST_LEADS, LIKEWISE
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.plans import Region

_LEAST = 2


def scopes(flow: Flow, regions: Sequence[Region]) -> list[bool]:
    """For each region whether it is declared for it; the first region is the notice."""
    said = [found.start() for found in FIRST_LEADS.finditer(flow.dense) if not LIKEWISE.match(flow.dense, found.end())]
    heads = named_plans(flow, regions)
    if not said or len(heads) < _LEAST:
        return [bool(said)] * len(regions)
    inside = {bisect.bisect_right(heads, place) for place in said}
    return [0 in inside or bisect.bisect_right(heads, region.start) in inside for region in regions]


def named_plans(flow: Flow, regions: Sequence[Region]) -> list[int]:
    """Where the plans begin whose titles stand in the notice's own words; annexes and tables go with the one before."""
    if len(regions) <= _LEAST:
        return []
    notice = flow.dense[regions[0].start : regions[1].start]
    return [one.start for one in regions[1:] if f"《{flow.dense[one.start : one.body]}》" in notice]
