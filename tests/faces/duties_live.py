"""Run in a live installation as the owner: the invented documents of ``duties_place`` with demo officers; prints the id."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")

import django

django.setup()

from goodfaith.common import clock  # noqa: E402
from goodfaith.duties import actions  # noqa: E402
from goodfaith.parties.models import User  # noqa: E402
from tests.duties import room  # noqa: E402
from tests.faces import duties_place  # noqa: E402


def main() -> int:
    """The id of the city's document."""
    office, clerk = (User.objects.get(username=name).acting for name in ("credit_office", "clerk"))
    second = room.officer("office2", "credit_office", "credit_office")
    units = {"市司法局": [clerk.unit or ""], "市民政局": ["tax"]}
    classes = ["open", "open", "open", "open", "shared", "on_request"]
    duties = room.adopted(office, second, units, text=duties_place.CITY, disclosures=classes)
    place = duties_place.Place(office, second, second, clerk, clerk, duties, duties[0].document)
    duties_place.report(place, 1, "公示专栏建成。" * 60)
    duties_place.province(place)
    asker = User.objects.get(username="citizen").acting
    asked = actions.do_ask(acting=asker, at=clock.now(), duty_id=duties[0].pk, text="在哪里看？" * 40, may_publish=True)
    actions.do_answer(acting=clerk, at=clock.now(), question_id=asked.pk, answer="在首页。" * 40, publish=True)
    return int(duties[0].document.pk)


if __name__ == "__main__":
    print(main())
