"""A chart as ``parts/chart.html`` draws it: a sentence that says what it shows, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils.functional import Promise

Number = int | float | None


@dataclass(frozen=True, slots=True)
class Series:
    """One named row of values, as many as the chart has names along x."""

    name: str
    values: Sequence[Number]


@dataclass(frozen=True, slots=True)
class Chart:
    """``kind``: bars, bars-across, line. ``says`` is the sentence; ``size``: "", tall or low."""

    code: str
    title: str | Promise
    says: str | Promise
    kind: str
    x: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    min: float | None = None
    max: float | None = None
    stacked: bool = False
    size: str = ""
    x_name: str | Promise = ""

    @property
    def spec(self) -> dict[str, object]:
        """What the script draws from."""
        series = [asdict(one) for one in self.series]
        return {"kind": self.kind, "x": list(self.x), "series": series, "unit": self.unit,
                "min": self.min, "max": self.max, "stacked": self.stacked}  # fmt: skip

    @property
    def header(self) -> list[str]:
        """Heads of the table behind the chart."""
        return [one.name for one in self.series]

    @property
    def lines(self) -> list[tuple[str, list[Number]]]:
        """Lines of the table behind the chart."""
        return [(name, [one.values[n] for one in self.series]) for n, name in enumerate(self.x)]


@dataclass(frozen=True, slots=True)
class HeatChart:
    """A heat map: ``rows[y][x]``, the darker the more."""

    code: str
    title: str | Promise
    says: str | Promise
    x: Sequence[str]
    y: Sequence[str]
    rows: Sequence[Sequence[Number]]
    unit: str = ""
    min: float | None = 0
    max: float | None = 100
    size: str = "tall"
    x_name: str | Promise = ""

    @property
    def spec(self) -> dict[str, object]:
        """What the script draws from."""
        return {"kind": "heatmap", "x": list(self.x), "y": list(self.y), "rows": [list(row) for row in self.rows],
                "unit": self.unit, "min": self.min, "max": self.max}  # fmt: skip

    @property
    def header(self) -> list[str]:
        """Heads of the table behind the chart."""
        return list(self.x)

    @property
    def lines(self) -> list[tuple[str, list[Number]]]:
        """Lines of the table behind the chart."""
        return [(name, list(row)) for name, row in zip(self.y, self.rows, strict=True)]
