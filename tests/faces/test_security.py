"""The one security battery: every address, asked by everybody, answers as this table says.

An address that is not in the table fails :func:`test_every_address_is_in_the_table`, so a new page cannot be
forgotten. Addresses of the API are tried in ``test_api.py`` with tokens.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.city import PENALTY, City
from tests.conftest import WebClient

WHO = ("anonymous", "citizen", "enterprise", "clerk", "credit_office", "auditor")
OPEN = (200, 200, 200, 200, 200, 200)
OWN = (302, 200, 200, 403, 403, 403)
NOT_MINE = (302, 404, 404, 403, 403, 403)
LOGGED_IN = (302, 200, 200, 200, 200, 200)
DESK = (302, 403, 403, 200, 200, 200)
OFFICE = (302, 403, 403, 403, 200, 403)
CLERKS = (302, 403, 403, 200, 200, 403)
AUDIT = (302, 403, 403, 403, 403, 200)
AUDIT_POST = (302, 403, 403, 403, 403, 405)
NO_CASE = (302, 403, 403, 403, 403, 404)
NO_DELIVERY = (302, 403, 403, 404, 404, 403)
NO_RIGHTS_CASE = (302, 403, 403, 404, 404, 404)
OVERSIGHT = (302, 403, 403, 403, 200, 200)
NO_DOCUMENT = (302, 403, 403, 403, 404, 404)
NO_DUTY = (302, 403, 403, 404, 404, 404)
OFFICE_POST = (302, 403, 403, 403, 405, 403)
OFFICE_NONE = (302, 403, 403, 403, 404, 403)
NOBODY = (302, 403, 403, 403, 403, 403)  # the administrators of accounts: tests/faces/test_accounts.py
GONE = (404, 404, 404, 404, 404, 404)

NOWHERE = uuid.UUID(int=7)
TABLE: dict[str, tuple[tuple[int, ...], list[object]]] = {
    "log_in": ((200, 302, 302, 302, 302, 302), []),
    "log_out": ((405,) * 6, []),
    "language": ((302,) * 6, ["en"]),
    "account_login": ((200, 302, 302, 302, 302, 302), []),
    "mfa_authenticate": ((302,) * 6, []),
    "mfa_login_webauthn": ((302,) * 6, []),
    "account_inactive": (OPEN, []),
    "welcome": ((302,) * 6, []),
    "account": (LOGGED_IN, []),
    "set_up": (LOGGED_IN, []),
    "notices": (LOGGED_IN, []),
    "no_file": (LOGGED_IN, []),
    "account_change_password": (LOGGED_IN, []),
    "account_reauthenticate": (LOGGED_IN, []),
    "mfa_reauthenticate": ((302,) * 6, []),  # they have no second factor to show
    "mfa_reauthenticate_webauthn": ((302,) * 6, []),
    "mfa_index": (LOGGED_IN, []),
    "mfa_activate_totp": ((302,) * 6, []),  # the password once more first
    "mfa_deactivate_totp": ((302, 404, 404, 404, 404, 404), []),
    "mfa_view_recovery_codes": ((302, 404, 404, 404, 404, 404), []),
    "mfa_generate_recovery_codes": ((302,) * 6, []),
    "mfa_list_webauthn": (LOGGED_IN, []),
    "mfa_add_webauthn": ((302,) * 6, []),
    "mfa_edit_webauthn": ((302,) * 6, [7]),
    "mfa_remove_webauthn": ((302,) * 6, [7]),
    "usersessions_list": (LOGGED_IN, []),
    "session_end": ((302, 405, 405, 405, 405, 405), [7]),
    "openid_connect_login": ((405,) * 6, ["identity"]),
    "openid_connect_callback": ((401,) * 6, ["identity"]),  # no state: a page that says it did not work
    "socialaccount_login_cancelled": (OPEN, []),
    "demo_authenticator": (OPEN, []),
    "demo_identity_configuration": (OPEN, []),
    "demo_identity_authorize": ((400,) * 6, []),
    "demo_identity_token": ((405,) * 6, []),
    "demo_identity_userinfo": ((401,) * 6, []),
    "demo_identity_jwks": (OPEN, []),
    "public:home": (OPEN, []),
    "public:organisations": (OPEN, []),
    "public:organisation": (OPEN, ["organisation"]),
    "public:record": (GONE, ["organisation", NOWHERE]),
    "public:double_publicity": (OPEN, []),
    "public:double_publicity_export": (OPEN, []),
    "public:coverage": (OPEN, []),
    "public:boundaries": (OPEN, []),
    "public:catalogue": (OPEN, []),
    "public:item": (OPEN, ["licensing.administrative_penalty"]),
    "public:purposes": (OPEN, []),
    "public:measures": (OPEN, []),
    "public:contest": (OPEN, []),
    "public:rights": (OPEN, []),
    "public:rights_file": (OPEN, ["csv"]),
    "public:withdrawals": (OPEN, []),
    "public:withdrawals_feed": (OPEN, []),
    "public:withdrawals_keys": (OPEN, []),
    "public:withdrawals_schema": (OPEN, ["withdrawal-entry"]),
    "public:privacy": (OPEN, []),
    **dict.fromkeys(("public:duties", "public:assessments", "public:campaigns", "public:campaigns_feed"), (OPEN, [])),
    "public:duty_document": (GONE, [7]),
    "public:duty_export": (GONE, [7, "json"]),
    "public:assessment": (GONE, [7]),
    "public:assessment_export": (GONE, [7, "json"]),
    **dict.fromkeys(("public:campaign_material", "public:duty_file"), (GONE, [NOWHERE])),
    "public:robots": (OPEN, []),
    "public:ledger": (OPEN, []),
    "public:ledger_checkpoint": (GONE, []),  # nothing is sealed in the tests' database
    "public:ledger_keys": (OPEN, []),
    "public:ledger_verifier": (OPEN, []),
    "public:ledger_inclusion": ((400,) * 6, []),
    "public:ledger_consistency": ((400,) * 6, []),
    "public:ledger_bundle": (GONE, ["000"]),
    "public:ledger_tile": (GONE, [0, "000"]),
    "my:home": (OWN, []),
    "my:record": ((302, 404, 404, 403, 403, 403), [NOWHERE]),
    "my:object": (NOT_MINE, [NOWHERE]),
    "my:not_me": ((302, 302, 302, 403, 403, 403), [NOWHERE]),  # the password once more first
    "my:repair": (NOT_MINE, [NOWHERE]),
    "my:note": (NOT_MINE, [NOWHERE]),
    "my:statement": (NOT_MINE, [NOWHERE]),
    "my:statement_withdraw": (NOT_MINE, [NOWHERE]),
    "my:cases": (OWN, []),
    "my:case": (NOT_MINE, [NOWHERE]),
    "my:write": (NOT_MINE, [NOWHERE]),
    "my:check": (NOT_MINE, [NOWHERE]),
    "my:receipt_of": (NOT_MINE, [NOWHERE]),
    "my:case_add": ((302, 405, 405, 403, 403, 403), [NOWHERE]),
    "my:case_withdraw": (NOT_MINE, [NOWHERE]),
    "my:case_discard": (NOT_MINE, [NOWHERE]),
    "my:case_pdf": (NOT_MINE, [NOWHERE]),
    "my:case_json": (NOT_MINE, [NOWHERE]),
    "my:paper": (NOT_MINE, [NOWHERE]),
    "my:paper_remove": ((302, 405, 405, 403, 403, 403), [NOWHERE, NOWHERE]),
    "my:requests": (OWN, []),
    "my:ask": ((302, 405, 405, 403, 403, 403), ["request", "copy"]),
    "my:representations": (OWN, []),
    "my:representation_end": (NOT_MINE, [NOWHERE]),
    "my:looks": (OWN, []),
    "my:copy": (OWN, []),
    "my:looks_export": (OWN, ["csv"]),
    "my:look": ((302, 404, 404, 403, 403, 403), [4_000_000_000]),
    "my:look_proof": ((302, 404, 404, 403, 403, 403), [4_000_000_000]),
    "my:complain": ((302, 404, 404, 403, 403, 403), [4_000_000_000]),
    "my:complaints": (OWN, []),
    "my:complaint_withdraw": ((302, 405, 405, 403, 403, 403), [NOWHERE]),
    "my:consents": (OWN, []),
    "my:give": (OWN, []),
    "my:give_for": (OWN, ["credit_granting"]),
    "my:request": ((302, 404, 404, 403, 403, 403), [NOWHERE]),
    "my:consent": ((302, 404, 404, 403, 403, 403), [NOWHERE]),
    "my:withdraw": ((302, 404, 404, 403, 403, 403), [NOWHERE]),
    "my:receipt": ((302, 404, 404, 403, 403, 403), [NOWHERE]),
    "my:hold": (OWN, []),
    "my:messages": (OWN, []),
    "my:read": ((302, 405, 405, 403, 403, 403), []),
    "my:duty_questions": (OWN, []),
    **dict.fromkeys(("my:duty_ask", "my:duty_question_withdraw"), (NOT_MINE, [NOWHERE])),
    "desk:home": (DESK, []),
    "desk:intake": (CLERKS, []),
    "desk:intake_item": ((302, 403, 403, 403, 403, 403), [PENALTY]),  # an item that the unit does not report
    "desk:intake_template": (CLERKS, [PENALTY]),
    "desk:deliveries": (CLERKS, []),
    "desk:deliveries_export": (CLERKS, []),
    "desk:delivery": (NO_DELIVERY, [NOWHERE]),
    "desk:delivery_progress": (NO_DELIVERY, [NOWHERE]),
    "desk:delivery_refused": (NO_DELIVERY, [NOWHERE]),
    "desk:delivery_columns": ((405,) * 6, [NOWHERE]),
    "desk:delivery_check": ((405,) * 6, [NOWHERE]),
    "desk:delivery_commit": (NO_DELIVERY, [NOWHERE]),
    "desk:delivery_abandon": (NO_DELIVERY, [NOWHERE]),
    "desk:subjects": (DESK, []),
    "desk:person": (CLERKS, []),
    "desk:subject": (DESK, ["organisation"]),
    "desk:duplicates": (OFFICE, []),
    "desk:duplicate": (OFFICE, ["suspicion"]),
    "desk:duplicate_withdraw": ((302, 403, 403, 403, 405, 403), ["suspicion"]),
    "desk:catalogue": (DESK, []),
    "desk:catalogue_purposes": (DESK, []),
    "desk:catalogue_matters": (DESK, []),
    "desk:catalogue_measures": (DESK, []),
    "desk:item": (DESK, [PENALTY]),
    "desk:item_template": (DESK, [PENALTY, "v2018"]),
    "desk:quality": (DESK, []),
    "desk:quality_export": (DESK, []),
    "desk:checks": ((302, 403, 403, 200, 200, 302), []),  # the audit has the bulk checks only
    "desk:batches": (DESK, []),
    "desk:batch_new": (CLERKS, []),
    "desk:batch_template": (CLERKS, []),
    "desk:batch": (NO_DELIVERY, [NOWHERE]),
    "desk:batch_progress": (NO_DELIVERY, [NOWHERE]),
    "desk:batch_start": ((302, 403, 403, 405, 405, 403), [NOWHERE]),
    "desk:batch_cancel": ((302, 403, 403, 405, 405, 403), [NOWHERE]),
    "desk:batch_download": (NO_DELIVERY, [NOWHERE]),
    "desk:batch_attachment": ((302, 403, 403, 404, 404, 404), [NOWHERE]),
    "desk:inquiries": (CLERKS, []),
    "desk:inquiry": (CLERKS, ["entrusted_inquiry"]),
    "desk:consents": (CLERKS, []),
    "desk:consent_request": (CLERKS, ["entrusted_inquiry"]),
    **dict.fromkeys(("desk:rights", "desk:rights_export", "desk:rights_figures", "desk:rights_figures_export"), (DESK, [])),
    **dict.fromkeys(("desk:rights_counter", "desk:repair_guide", "desk:recalls", "desk:recalls_export"), (CLERKS, [])),
    **dict.fromkeys(("desk:rights_file", "desk:rights_represent"), ((302, 403, 403, 405, 405, 403), [])),
    "desk:rights_filed": (CLERKS, [NOWHERE, "Y20260000001"]),  # names no more than the address does
    "desk:rights_paper_add": (CLERKS, [NOWHERE]),  # a form; whether the case is there is asked when it is sent
    **dict.fromkeys(("desk:rights_case", "desk:rights_letter", "desk:rights_paper"), (NO_RIGHTS_CASE, [NOWHERE])),
    "desk:rights_act": (NO_RIGHTS_CASE, [NOWHERE, "maintain"]),
    "desk:rights_draft": ((302, 403, 403, 405, 405, 405), [NOWHERE, "maintain"]),
    "desk:rights_statement": (OFFICE, [NOWHERE, NOWHERE]),
    **dict.fromkeys(("desk:rights_subject", "desk:recall", "desk:recall_signed", "desk:recall_letter"),
                    (NO_DELIVERY, [NOWHERE])),
    **dict.fromkeys(("desk:duties", "desk:duties_export", "desk:duty_timeline", "desk:duty_matrix", "desk:duty_notices"), (DESK, [])),
    **dict.fromkeys(("desk:duty_documents", "desk:duty_changes"), (OVERSIGHT, [])),
    **dict.fromkeys(("desk:duty_document", "desk:duty_names", "desk:duty_links", "desk:duty_document_log"), (NO_DOCUMENT, [7])),
    "desk:duty_links_with": (NO_DOCUMENT, [7, 8]),
    "desk:duty_links_decide": (OFFICE_POST, [7, 8]),
    **dict.fromkeys(("desk:duty_accept", "desk:duty_join", "desk:duty_undo", "desk:duty_submit"), (OFFICE_POST, [7])),
    **dict.fromkeys(
        ("desk:duty_drop", "desk:duty_add", "desk:duty_head", "desk:duty_adopt", "desk:duty_send_back", "desk:duty_discard",
         "desk:duty_change_decide"), (OFFICE_NONE, [7]),
    ),
    **dict.fromkeys(("desk:duty_mend", "desk:duty_split"), (OFFICE_NONE, [7, NOWHERE])),
    **dict.fromkeys(("desk:duty_succession", "desk:duty_notice_new"), (OFFICE, [])),
    "desk:duty_notice": (NO_DUTY, [7]),
    "desk:duty_questions": (CLERKS, []),
    "desk:duty_question": (NO_DELIVERY, [NOWHERE]),
    **dict.fromkeys(("desk:duty", "desk:duty_paper"), (NO_DUTY, [NOWHERE])),
    "desk:duty_ask_change": (NO_DELIVERY, [NOWHERE, "deadline"]),
    "desk:duty_step": ((302, 403, 403, 405, 405, 403), [NOWHERE, NOWHERE]),
    **dict.fromkeys(("desk:duty_steps", "desk:duty_evidence", "desk:duty_disclosure"), (NO_DELIVERY, [NOWHERE, NOWHERE])),
    "desk:duty_act": (NO_DELIVERY, [NOWHERE, NOWHERE, "confirm"]),
    **dict.fromkeys(("desk:duty_rounds", "desk:duty_campaigns"), (DESK, [])),
    "desk:duty_round_new": (OFFICE, ["demo_model_unit"]),
    "desk:duty_round": ((302, 403, 403, 404, 404, 404), [7]),
    "desk:duty_round_act": ((302, 403, 403, 403, 404, 403), [7, "review"]),
    "desk:duty_entry": ((302, 403, 403, 404, 404, 404), [7, 7]),
    "desk:duty_entry_finish": ((302, 403, 403, 405, 405, 403), [7, 7]),
    "desk:duty_campaign_new": (OFFICE, []),
    "desk:duty_campaign": ((302, 403, 403, 404, 404, 404), [NOWHERE]),
    "desk:duty_material": ((302, 403, 403, 404, 404, 404), [NOWHERE, NOWHERE]),
    "desk:duty_material_withdraw": ((302, 403, 403, 405, 405, 403), [NOWHERE, NOWHERE]),
    "desk:duty_reports": ((302, 403, 403, 403, 200, 200), []),
    "desk:duty_report_file": ((302, 403, 403, 403, 200, 200), ["2026h1", "pdf"]),
    "desk:audit": (AUDIT, []),
    **dict.fromkeys(("desk:audit_ledger", "desk:audit_export", "desk:audit_subject", "desk:audit_unusual",
                     "desk:audit_samples", "desk:audit_complaints", "desk:audit_misuse"), (AUDIT, [])),
    **dict.fromkeys(("desk:audit_sample", "desk:audit_complaint", "desk:audit_misuse_case"), (NO_CASE, [NOWHERE])),
    "desk:audit_draw": (AUDIT_POST, []),
    **dict.fromkeys(("desk:audit_close", "desk:audit_decide", "desk:audit_undo", "desk:audit_misuse_review",
                     "desk:audit_misuse_complaint"), (AUDIT_POST, [NOWHERE])),
    **dict.fromkeys(("desk:accounts", "desk:account_new", "desk:log_ins", "desk:machine_clients"), (NOBODY, [])),
    "desk:account": (NOBODY, [7]),
    "desk:account_role": (NOBODY, [7]),
    "desk:account_act": (NOBODY, [7, "reset"]),
}


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def test_every_address_is_in_the_table() -> None:
    names = {name for name in _names(get_resolver().url_patterns) if not name.startswith("api")}
    assert names - {"token"} == set(TABLE)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_battery(city: City, web: WebClient, name: str, who: str) -> None:
    expected, arguments = TABLE[name]
    if who != "anonymous":
        web.force_login(city.users[who])
    address = reverse(name, args=[getattr(city, a) if isinstance(a, str) and hasattr(city, a) else a for a in arguments])
    response = web.get(address)
    assert response.status_code == expected[WHO.index(who)]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    if who != "anonymous":
        assert "no-store" in response.get("Cache-Control", "no-store") and response.get("Cache-Control")


@pytest.mark.parametrize("whose", ["person", "namesake"])
def test_no_public_page_shows_a_person(city: City, web: WebClient, whose: str) -> None:
    """Boundary 9: the address of a person's id answers like one that does not exist."""
    subject = getattr(city, whose)
    assert web.get(reverse("public:organisation", args=[subject])).status_code == 404
    assert web.get(reverse("public:record", args=[subject, NOWHERE])).status_code == 404


def test_people_are_not_found_by_name(city: City, web: WebClient) -> None:
    """Boundary 8."""
    from tests.city import ID_NUMBER, NAME

    for query in (NAME, ID_NUMBER, NAME[:2]):
        answer = web.get(reverse("public:organisations"), {"q": query}).content.decode()
        assert str(city.person) not in answer
