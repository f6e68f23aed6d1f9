"""Boundary: the logs know no person. Pages, errors, refusals, the API and the worker are driven with people's names
and numbers in every place a request has; then everything that was written is searched for them."""

from __future__ import annotations

import json
import logging
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Any

import pytest

from goodfaith.demo.accounts import MACHINE
from tests.browser import LiveCity
from tests.city import ID_NUMBER, NAME, City
from tests.conftest import WebClient
from tests.log_watch import ID_LIKE

PENALTY = "licensing.administrative_penalty"
PEOPLE = """
import json
from goodfaith.running.connecting import connect
connect("owner")
from goodfaith.common import crypto_subject, embedded
from goodfaith.parties.models import User
from goodfaith.subjects import queries
from goodfaith.subjects.models import Identifier, Person
own = User.objects.get(username="citizen").subject_id
people = list(Person.objects.order_by("pk")[:400]) + [Person.objects.get(subject_id=own)]
sealed = Identifier.objects.get(subject_id=own, kind="id_number").sealed
opener = queries.opener(p.pk for p in people)
number = opener.text(own, crypto_subject.number_place("id_number"), sealed)
names = sorted({opener.text(p.pk, crypto_subject.NAME, p.name_sealed) for p in people})
print(json.dumps({"names": names, "number": number, "log": str(embedded.data_folder() / "log")}))
"""


class Visitor:
    """A reader without a browser: cookies, forms, and every status taken as it comes."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )

    def get(self, path: str, **query: str) -> str:
        return self._open(urllib.request.Request(self.base + path + ("?" + urllib.parse.urlencode(query) if query else "")))

    def post(self, path: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        data = {"csrfmiddlewaretoken": token[1]} | fields if token else fields
        return self._open(urllib.request.Request(self.base + path, urllib.parse.urlencode(data).encode()))

    def send(self, path: str, body: Any, bearer: str) -> str:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {bearer}"}
        return self._open(urllib.request.Request(self.base + path, json.dumps(body).encode(), headers))

    def _open(self, request: urllib.request.Request) -> str:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return str(answer.read().decode(errors="replace"))
        except urllib.error.HTTPError as error:
            return error.read().decode(errors="replace")


def log_in(city: LiveCity, who: str) -> Visitor:
    visitor = Visitor(city.url)
    login = city.logins[who]
    visitor.post("/log-in/", username=login.username, password=login.password)
    return visitor


def drive_pages(city: LiveCity, name: str, number: str) -> None:
    """Everybody asks for everything with the name and the number."""
    for who in ("", "citizen", "clerk", "credit_office", "auditor"):
        visitor = log_in(city, who) if who else Visitor(city.url)
        for path in ("/organisations/", "/double-publicity/", "/my/", "/my/looks/", "/desk/", "/desk/subjects/", "/desk/audit/"):
            visitor.get(path, q=number, name=name, case=name)
        visitor.get(f"/organisations/{number}/")
        visitor.get(f"/{urllib.parse.quote(name)}/{number}")
        visitor.post("/desk/subjects/person/", kind="id_number", number=number, case_no=f"核查{name}{number}")
        visitor.post("/desk/subjects/person/", kind="id_number", number=number[:-1], case_no=f"核查{name}")
        visitor.post("/log-in/", username=number, password=name)


def drive_api(city: LiveCity, name: str, number: str) -> None:
    """A good person's row, a broken one, and malformed requests; then the worker takes the delivery."""
    visitor = Visitor(city.url)
    given = {"grant_type": "client_credentials", "client_id": MACHINE.client_id, "client_secret": MACHINE.secret}
    token = json.loads(visitor.post("/api/oauth/token", **given, scope="intake:check intake:submit organisations:read"))
    bearer = token["access_token"]
    row = {"CF_XDR_MC": name, "CF_XDR_LB": "自然人", "CF_XDR_ZJHM": number, "CF_WSH": "示罚〔2026〕9号", "CF_JDRQ": name}
    for body in ({"item": PENALTY, "rows": [row, row]}, {"item": number, "rows": [row]}, {"rows": name}, [number]):
        visitor.send("/api/intake/check", body, bearer)
        visitor.send("/api/intake/deliveries", body, bearer)
    visitor.get("/api/organisations", q=number)


def people_in(text: str, names: list[str]) -> list[str]:
    """Lines that hold a number or a name of a person."""
    return [line[:200] for line in text.splitlines() if ID_LIKE.search(line) or any(name in line for name in names)]


def test_the_servers_logs_know_no_person(live_city: LiveCity) -> None:
    known = json.loads(live_city.run("-c", PEOPLE))
    names = [name for name in known["names"] if len(name) >= 3]
    assert len(names) > 50 and ID_LIKE.search(known["number"])
    drive_pages(live_city, names[0], known["number"])
    drive_api(live_city, names[0], known["number"])
    time.sleep(3)  # the worker takes up what the API delivered
    assert not people_in(live_city.log(), names)
    database = open(known["log"], encoding="utf-8", errors="replace").read()  # noqa: PTH123, SIM115
    assert database and not people_in(database, names)


@pytest.mark.parametrize("path", ["/my/", "/my/looks/", f"/organisations/?q={NAME}", f"/log-in/?next=/{ID_NUMBER}"])
def test_a_breakdown_logs_no_person(
    city: City, web: WebClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Even a traceback: the values of a request's variables stay out of it."""

    def broken(*_args: object, **_named: object) -> None:
        secret = (NAME, ID_NUMBER)
        raise RuntimeError(f"broken for the test with {len(secret)} values")

    for target in ("goodfaith.gate.queries.open_file", "goodfaith.subjects.queries.search_organisations"):
        monkeypatch.setattr(target, broken)
    web.force_login(city.users["citizen"])
    web.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        web.get(path, {"name": NAME} if "?" not in path else {})
    written = caplog.text + "".join(str(record.args) + str(getattr(record, "exc_text", "")) for record in caplog.records)
    assert not people_in(_without_sql(written), [NAME])


def _without_sql(text: str) -> str:
    """Statements are logged at DEBUG only, which no installation writes; the rest counts."""
    return "\n".join(line for line in text.splitlines() if "django.db.backends" not in line)


def test_the_search_finds_what_it_should() -> None:
    assert people_in(f"x {ID_NUMBER} y", []) and people_in(f"…{NAME}…", [NAME])
    assert not people_in("2026-11-20 22:31:05,123 ERROR 91990101MA0000007H 01a1fb1cee567e78beeb1bd620638b05", [NAME])
