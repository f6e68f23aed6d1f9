"""Which unit holds another's duties today, by the successions that were approved."""

from __future__ import annotations

from collections.abc import Iterable

from goodfaith.common.clock import today
from goodfaith.duties.models import Change


def followed(codes: Iterable[str]) -> list[str]:
    """The units that came after these, each once, in order; a unit that nobody followed is itself."""
    links = Change.objects.filter(kind="succession", state="approved", on__lte=today())
    after = dict(links.order_by("on", "id").values_list("old_unit_id", "new_unit_id"))
    found = []
    for code in codes:
        seen = {code}
        while code in after and after[code] not in seen:
            code = after[code]
            seen.add(code)
        found.append(code)
    return list(dict.fromkeys(found))
