"""Merged cells whose words stand in the middle row of those that they reach over, with none in the rows above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def owners(filled: Sequence[int], count: int) -> list[int] | None:
    """For each of ``count`` rows the filled row whose cell reaches over it.

    None where the words do not stand so: the first row has some, or the middles can't be made to meet.
    """
    if not filled or filled[0] == 0:
        return None
    found = [one for sides in ((1,), (-1,), (1, -1)) if (one := _shared_out(filled, count, sides))]
    return min(found, key=lambda one: one[0])[1] if found else None


def _shared_out(filled: Sequence[int], count: int, sides: Sequence[int]) -> tuple[int, list[int]] | None:
    """How many cells are not quite in the middle, and the owners. ``sides``: to which of two middle rows words go."""
    ways: dict[int, tuple[int, list[int]]] = {0: (0, [])}
    for at, after in zip(filled, [*filled[1:], count], strict=True):
        further: dict[int, tuple[int, list[int]]] = {}
        for start, (lost, made) in ways.items():
            for end, cost in _ends(start, at, sides):
                if end <= after and (end not in further or lost + cost < further[end][0]):
                    further[end] = lost + cost, [*made, *[at] * (end - start)]
        ways = further
    return ways.get(count)


def _ends(start: int, at: int, sides: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where a cell may end that begins at ``start`` and has its words at ``at``; what it costs not to be the middle."""
    if at < start:
        return
    yield 2 * at - start + 1, 0
    for side in sides:
        if 2 * at - start + 1 + side > at:
            yield 2 * at - start + 1 + side, 1
