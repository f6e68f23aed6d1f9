"""The program's own WSGI application, with the check reading by a plain SELECT instead of through the gate.

Only for the comparison of the two: the statement runs as the owner, since the web's role may not read people at
all, and it asks nothing about who asks, writes no entry and tells no subject.
"""

import datetime as dt
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")
os.environ["GOODFAITH_DB_ROLE"] = "owner"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.db import connections  # noqa: E402  (needs Django to be set up)

connections.settings["default"]["CONN_MAX_AGE"] = 60  # as the web's role has it

from goodfaith.common.acting import Acting  # noqa: E402
from goodfaith.gate import asking, calling, queries  # noqa: E402
from goodfaith.gate.handles import CheckAnswer, CheckRow  # noqa: E402

PLAIN = (
    "SELECT 1, 0, now(), 'answered', NULL, s.kind, gate.measures(gate.cluster(s.id), s.kind, %s, NULL, false), NULL"
    " FROM subjects_identifier i JOIN subjects_subject s ON s.id = i.subject_id WHERE i.kind = %s AND i.key = %s"
)


def plain(*, acting: Acting, matter: str, number: tuple[str, str], name: str | None, case_no: str) -> CheckAnswer:
    """What ``gate.queries.check`` does, without the gate."""
    kind, key, *_ = calling.asked(CheckRow(number, name))
    found = calling.rows(PLAIN, [matter, kind, key])
    if not found:
        return CheckAnswer(0, "answered", None, None, [], "", dt.datetime.now(dt.UTC))
    return asking._answer(found[0])


queries.check = plain
