"""What the tests of the desk's 任务 do again and again: a document in the room, its review through the pages."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goodfaith.duties import actions, queries
from goodfaith.duties.models import Document, Duty
from goodfaith.duties.views import ReviewView
from goodfaith.parties.models import User
from tests.city import City
from tests.duties import room

UNITS = {"市司法局": ["t_a"], "市民政局": ["t_b"]}


def second(city: City) -> User:
    """Another officer of the office."""
    found = User.objects.filter(username="office2").first()
    if found is None:
        room.officer("office2", "credit_office", "t_office")
        found = User.objects.get(username="office2")
    return found


def upload(web: Client, text: str = room.TEXT, name: str = "通知.txt") -> Any:
    """Drop a file; the answer."""
    file = SimpleUploadedFile(name, text.encode(), content_type="text/plain")
    return web.post(reverse("desk:duty_documents"), {"file": file})


def uploaded(web: Client, text: str = room.TEXT) -> Document:
    """A document that came in through the page."""
    answer = upload(web, text)
    assert answer.status_code == 302, answer.content.decode()
    return Document.objects.order_by("-id")[0]


def review(city: City, document: Document) -> ReviewView:
    """What the reviewer sees."""
    return queries.review(city.users["credit_office"].acting, document.pk)


def confirm_names(web: Client, city: City, document: Document, units: dict[str, list[str]] | None = None) -> None:
    """Through the page: all names, each for one unit of ``units`` or for none of the registry."""
    units = UNITS if units is None else units
    said: dict[str, str] = {}
    for n, one in enumerate(review(city, document).names):
        codes = units.get(one.full, [])
        said |= {f"pick-{n}": "1", f"full-{n}": one.full, f"as-{n}": f"unit:{','.join(codes)}" if codes else "outside:"}
    assert web.post(reverse("desk:duty_names", args=[document.pk]), said).status_code == 302


def adopted(city: City, **more: Any) -> list[Duty]:
    """The duties of an adopted document: t_a leads the first two, both share the third."""
    return room.adopted(city.users["credit_office"].acting, second(city).acting, UNITS, **more)


def page(web: Client, name: str, *arguments: object, **query: str) -> str:
    """A page that answers with 200."""
    answer = web.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200, answer.content.decode()[:3000]
    return answer.content.decode()


def assignment(duty: Duty, line: int = 1) -> Any:
    """An assignment of a duty."""
    return duty.assignments.get(line=line)


def do(city: City, who: str, duty: Duty, *acts: str, line: int = 1, text: str = "已经办理。") -> None:
    """Acts of an officer on one of a duty's assignments."""
    from goodfaith.common import clock

    acting = second(city).acting if who == "office2" else city.users[who].acting
    for act in acts:
        actions.do_act(acting=acting, at=clock.now(), assignment_id=assignment(duty, line).pk, act=act, text=text)
