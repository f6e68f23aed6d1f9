"""What the first page of My says of cases: the one that waits for oneself, the next date, how many run."""

from __future__ import annotations

from goodfaith.common.acting import Acting
from goodfaith.common.procedure import SUBJECT
from goodfaith.faces.my.cases import line
from goodfaith.rights import queries as rights

SHOWN = 3


def top(acting: Acting) -> dict[str, object]:
    """Cases that wait for oneself; of the others those due first; how many run and how many drafts stand."""
    open_cases = [one for one in rights.my_cases(acting) if one.is_open]
    filed = [one for one in open_cases if one.step != "draft"]
    yours = [one for one in filed if one.next == SUBJECT]
    running = sorted((one for one in filed if one.next != SUBJECT), key=lambda one: (one.due_on is None, one.due_on))
    return {
        "yours": [line(one) for one in yours],
        "running": [line(one) for one in running[:SHOWN]],
        "running_count": len(running),
        "drafts_count": len(open_cases) - len(filed),
    }
