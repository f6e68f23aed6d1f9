"""Logging in: lock-out, the second step, what an officer must set up first, sessions, notices."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from goodfaith.common.models import History
from goodfaith.parties import administering
from goodfaith.parties.marks import BEGAN, SECOND, SEEN
from goodfaith.parties.models import User
from goodfaith.parties.second_factor import Adapter, code_at
from tests.conftest import WebClient
from tests.parties.office import PASSWORD, SECRET, Office, office, with_code

__all__ = ["office"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(settings: Any) -> None:
    """As in the running program."""
    settings.MFA_REQUIRED = True


def enter(web: WebClient, username: str, password: str = PASSWORD) -> Any:
    return web.post("/log-in/", {"login": username, "password": password})


def second(web: WebClient, code: str) -> Any:
    return web.post("/log-in/second-step/", {"code": code})


def log_in(web: WebClient, user: User) -> None:
    with_code(user)
    enter(web, user.username)
    assert second(web, code_at(SECRET)).status_code == 302


# -- lock-out ---------------------------------------------------------------------------------------


def test_five_wrong_passwords_lock_the_account(office: Office, web: WebClient) -> None:
    for _ in range(5):
        assert enter(web, "clerk", "wrong-password-1").status_code == 200
    locked = enter(web, "clerk")
    assert locked.status_code == 429 and int(locked["Retry-After"]) > 800
    text = locked.content.decode()
    assert "15 分钟" in text and "安全保密管理员" in text and "之后可以再试" in text
    assert not web.session.get("_auth_user_id")
    noted = History.objects.filter(object_id=str(office["clerk"].pk)).values_list("action", flat=True)
    assert list(noted.order_by("id"))[-5:] == ["login.failed"] * 4 + ["login.locked"]
    assert administering.locked([office["clerk"]]) == {office["clerk"].pk}


def test_another_account_is_not_locked_with_it(office: Office, web: WebClient) -> None:
    for _ in range(6):
        enter(web, "clerk", "wrong-password-1")
    assert enter(web, "auditor").status_code == 302


def test_a_name_that_nobody_has_is_locked_too_and_not_kept(office: Office, web: WebClient) -> None:
    """Who tries names learns nothing, and a number typed into the field by mistake is stored nowhere."""
    before = History.objects.count()
    answers = [enter(web, "990101199003070011", "wrong-password-1").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert History.objects.count() == before
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache WHERE cache_key LIKE '%990101%' OR value LIKE '%990101%'")
        assert cursor.fetchone()[0] == 0


def test_the_security_administrator_unlocks(office: Office, web: WebClient) -> None:
    for _ in range(6):
        enter(web, "clerk", "wrong-password-1")
    desk = WebClient()
    desk.force_login(office["security_admin"])
    page = desk.get(reverse("desk:account", args=[office["clerk"].pk])).content.decode()
    assert "锁定中" in page and "多次失败，暂时锁定" in page
    assert desk.post(reverse("desk:account_act", args=[office["clerk"].pk, "unlock"])).status_code == 302
    assert enter(web, "clerk").status_code == 302


def test_the_lock_ends_by_itself(office: Office, web: WebClient) -> None:
    for _ in range(6):
        enter(web, "clerk", "wrong-password-1")
    for key in administering.lock_keys(office["clerk"]):
        cache.set(key, [moment - 900 for moment in cache.get(key, [])], 900)
    assert enter(web, "clerk").status_code == 302


def test_wrong_codes_lock_the_second_step(office: Office, web: WebClient) -> None:
    with_code(office["clerk"])
    enter(web, "clerk")
    wrong = {f"{n:06}" for n in range(8)} - {code_at(SECRET, time.time() + step) for step in (-30, 0, 30)}
    for code in sorted(wrong)[:5]:
        second(web, code)
    answer = second(web, code_at(SECRET))
    assert answer.status_code == 200 and "尝试次数太多" in answer.content.decode()
    assert administering.locked([office["clerk"]]) == {office["clerk"].pk}


# -- the second step --------------------------------------------------------------------------------


def test_password_alone_does_not_open_the_session(office: Office, web: WebClient, strict: None) -> None:
    with_code(office["clerk"])
    assert enter(web, "clerk")["Location"].startswith("/log-in/second-step/")
    assert web.get("/desk/")["Location"].startswith("/log-in/")
    assert second(web, code_at(SECRET)).status_code == 302
    assert web.get("/desk/").status_code == 200


@pytest.mark.parametrize("again_after", [0, 40])
def test_a_code_is_good_once(office: Office, web: WebClient, monkeypatch: pytest.MonkeyPatch, again_after: int) -> None:
    """Also while the tolerance for slow clocks still lets its half minute in."""
    with_code(office["clerk"])
    code = code_at(SECRET)
    enter(web, "clerk")
    assert second(web, code).status_code == 302
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + again_after)
    other = WebClient()
    enter(other, "clerk")
    answer = second(other, code)
    assert answer.status_code == 200 and "只能用一次" in answer.content.decode()


def test_a_recovery_code_stands_in_once(office: Office, web: WebClient) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    with_code(office["clerk"])
    code = RecoveryCodes.activate(office["clerk"]).get_unused_codes()[0]
    enter(web, "clerk")
    assert second(web, code).status_code == 302 and web.session[SECOND]
    other = WebClient()
    enter(other, "clerk")
    assert second(other, code).status_code == 200


def test_secrets_are_sealed(office: Office) -> None:
    kept = with_code(office["clerk"]).data["secret"]
    assert SECRET not in kept and Adapter().decrypt(kept) == SECRET
    assert Adapter().encrypt(SECRET) != kept


# -- what an officer has to do first ----------------------------------------------------------------

SET_UP_FIRST = [
    "/desk/",
    "/desk/audit/",
    "/desk/accounts/",
    "/welcome/",
    "/account/",
    "/account/sessions/",
    "/desk/quality/",
]


@pytest.mark.parametrize("path", SET_UP_FIRST)
def test_no_desk_before_a_second_factor(office: Office, web: WebClient, strict: None, path: str) -> None:
    enter(web, "auditor") if path != "/desk/accounts/" else enter(web, "system_admin")
    assert web.get(path)["Location"] == "/account/set-up/"


def test_setting_it_up_opens_the_desk(
    office: Office, web: WebClient, strict: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda done, **_: done())  # the test's transaction never ends
    enter(web, "clerk")
    page = web.get("/account/second-factor/app/").content.decode()
    secret = re.search(r'<code class="secret">([A-Z2-7]+)<', page)
    assert secret and "data:image/svg+xml;base64," in page and "<script>" not in page
    answer = web.post("/account/second-factor/app/", {"code": code_at(secret[1])})
    assert answer["Location"] == "/account/second-factor/codes/"
    codes = re.findall(r"<li><code>([0-9a-z]{8,})</code>", web.get("/account/second-factor/codes/").content.decode())
    assert len(codes) == 10
    assert web.get("/desk/").status_code == 200
    kept = Authenticator.objects.get(user=office["clerk"], type="recovery_codes").data
    assert not any(code in str(kept) for code in codes)


def test_a_wrong_first_code_sets_nothing_up(office: Office, web: WebClient, strict: None) -> None:
    enter(web, "clerk")
    web.get("/account/second-factor/app/")
    assert web.post("/account/second-factor/app/", {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.filter(user=office["clerk"]).exists()
    assert web.get("/desk/")["Location"] == "/account/set-up/"


def test_an_officer_keeps_the_last_factor(office: Office, web: WebClient) -> None:
    log_in(web, office["clerk"])
    page = web.post("/account/second-factor/app/remove/")
    assert "必须保留一种" in page.content.decode()
    assert Authenticator.objects.filter(user=office["clerk"], type="totp").exists()


def test_a_starting_password_is_changed_first(office: Office, web: WebClient) -> None:
    User.objects.filter(pk=office["clerk"].pk).update(starter_password=True)
    log_in(web, office["clerk"])
    assert web.get("/desk/")["Location"] == "/account/password/"
    fresh = {"oldpassword": PASSWORD, "password1": "another-phrase-for-me", "password2": "another-phrase-for-me"}
    assert web.post("/account/password/", fresh).status_code == 302
    assert web.get("/desk/").status_code == 200 and not office.fresh("clerk").starter_password
    assert office.fresh("clerk").check_password("another-phrase-for-me")


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012"])
def test_a_weak_new_password_is_told(office: Office, web: WebClient, password: str) -> None:
    log_in(web, office["clerk"])
    answer = web.post("/account/password/", {"oldpassword": PASSWORD, "password1": password, "password2": password})
    assert answer.status_code == 200 and "error-summary" in answer.content.decode()
    assert office.fresh("clerk").check_password(PASSWORD)


def test_a_shut_account_is_told(office: Office, web: WebClient) -> None:
    User.objects.filter(pk=office["clerk"].pk).update(is_active=False)
    answer = enter(web, "clerk")
    assert not web.session.get("_auth_user_id")
    assert answer.status_code == 200 or answer["Location"] == "/log-in/inactive/"


# -- sessions ---------------------------------------------------------------------------------------


def test_sessions_are_listed_in_words(office: Office, web: WebClient) -> None:
    web.defaults["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
    )
    log_in(web, office["clerk"])
    page = web.get("/account/sessions/").content.decode()
    assert "Windows 上的 Edge" in page and "就是这里" in page


def test_ending_another_session_is_at_once(office: Office, web: WebClient) -> None:
    log_in(web, office["clerk"])
    other = WebClient()
    enter(other, "clerk")
    second(other, code_at(SECRET, time.time() + 30))
    assert other.get("/desk/").status_code == 200
    theirs = UserSession.objects.get(session_key=other.session.session_key)
    assert web.post(reverse("session_end", args=[theirs.pk])).status_code == 302
    assert other.get("/desk/")["Location"].startswith("/log-in/")
    assert web.get("/desk/").status_code == 200


def test_ending_all_others(office: Office, web: WebClient) -> None:
    log_in(web, office["clerk"])
    other = WebClient()
    enter(other, "clerk")
    second(other, code_at(SECRET, time.time() + 30))
    web.post("/account/sessions/")
    assert UserSession.objects.filter(user=office["clerk"]).count() == 1
    assert other.get("/desk/").status_code == 302 and web.get("/desk/").status_code == 200


def test_nobody_ends_anothers_session(office: Office, web: WebClient) -> None:
    log_in(web, office["clerk"])
    other = WebClient()
    log_in(other, office["auditor"])
    theirs = UserSession.objects.get(user=office["auditor"])
    assert web.post(reverse("session_end", args=[theirs.pk])).status_code == 404
    assert other.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("who", "mark", "ago", "over"),
    [
        ("clerk", SEEN, 31 * 60, True), ("clerk", SEEN, 29 * 60, False), ("clerk", BEGAN, 8 * 3600 + 5, True),
        ("citizen", SEEN, 31 * 60, False), ("citizen", SEEN, 121 * 60, True), ("citizen", BEGAN, 8 * 3600 + 5, True),
    ],
)  # fmt: skip
def test_a_session_left_alone_is_over(
    office: Office, web: WebClient, who: str, mark: str, ago: int, over: bool
) -> None:
    user = office["clerk"] if who == "clerk" else User.objects.create_user("someone", password="x", kind="citizen")
    web.force_login(user)
    session = web.session
    session[mark] = time.time() - ago
    session.save()
    key = session.session_key
    assert (web.get("/account/").status_code == 302) is over
    assert Session.objects.filter(pk=key).exists() is not over


def test_logging_out_takes_it_from_the_list(office: Office, web: WebClient) -> None:
    log_in(web, office["clerk"])
    assert UserSession.objects.filter(user=office["clerk"]).count() == 1
    web.post("/log-out/")
    assert not UserSession.objects.filter(user=office["clerk"]).exists()


# -- notices and what is not there ------------------------------------------------------------------


def test_no_phone_is_asked_for_where_no_short_messages_are_sent(db: None, web: WebClient, settings: Any) -> None:
    user = User.objects.create_user("someone", password="x", kind="citizen", phone="13800000001")
    web.force_login(user)
    settings.SMS_SENDER = ""
    assert "phone" not in web.get("/account/notices/").context["form"].fields
    web.post("/account/notices/", {"email": "someone@example.org", "phone": "13800000000"})
    user.refresh_from_db()
    assert (user.email, user.phone) == ("someone@example.org", "13800000001")


def test_notices_are_the_owners(db: None, web: WebClient, settings: Any) -> None:
    settings.SMS_SENDER = "goodfaith.oversight.sms.HttpSmsSender"
    user = User.objects.create_user("someone", password="x", kind="citizen")
    web.force_login(user)
    web.post("/account/notices/", {"email": "someone@example.org", "phone": "13800000000"})
    user.refresh_from_db()
    assert (user.email, user.phone, user.notify_email) == ("someone@example.org", "13800000000", False)
    noted = History.objects.get(action="parties.set_notices")
    assert "example.org" not in str(noted.after)
    assert web.post("/account/notices/", {"email": "nonsense"}).status_code == 200


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "mfa_trust", "socialaccount_signup"]
)
def test_what_is_not_needed_is_not_routed(name: str) -> None:
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_log_in_keeps_its_target_and_no_other_sites(office: Office, web: WebClient) -> None:
    with_code(office["clerk"])
    for step, (target, landed) in enumerate(
        (("/desk/quality/", "/desk/quality/"), ("https://evil.example/", "/welcome/"))
    ):
        web.post("/log-in/", {"login": "clerk", "password": PASSWORD, "next": target})
        assert second(web, code_at(SECRET, time.time() + 30 * step))["Location"] == landed
        web.post("/log-out/")
