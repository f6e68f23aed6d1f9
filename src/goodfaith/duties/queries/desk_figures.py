"""What the platform measures of an officer's own unit at this moment, for the form that hands a figure in."""

from __future__ import annotations

import datetime as dt

from goodfaith.common.acting import Acting
from goodfaith.duties import figures, who


def now(acting: Acting, since: dt.date, until: dt.date) -> dict[str, float | None]:
    """Figure → its value (a share of 0–1, None where there is nothing to measure) from ``since`` to ``until``
    inclusive."""
    who.reader(acting)
    if acting.unit is None:
        return {}
    end = until + dt.timedelta(days=1)
    return {code: figures.measure(code, acting.unit, since, end, until).value for code in figures.CODES}
