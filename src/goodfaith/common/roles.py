"""The database roles: who may do what, told in one place and applied after every migration.

``goodfaith_web`` (pages and API) has no SELECT on a person's record, name or number, nor on the ledger;
``goodfaith_jobs`` (the worker) reads and writes what intake and sweeps need, and cannot touch the ledger
but through the gate; ``goodfaith_sealer`` reads the ledger's commitments, not its entries, and writes the
tree over them. Tables not named here are closed to all.
"""

from __future__ import annotations

from django.db import connection
from psycopg import sql

from goodfaith.common.home import database_passwords, role_name

WEB, JOBS, SEALER = role_name("web"), role_name("jobs"), role_name("sealer")
SCHEMAS = ("public", "open", "gate", "ledger", "account", "oversight", "inquiry", "rights")
"""Where tables and functions stand. A schema that no migration has made yet is passed over."""
READ, WRITE = "SELECT", "SELECT, INSERT, UPDATE, DELETE"

PLAIN_TABLES = (
    "django_content_type", "django_migrations", "law_packload", "law_instrument", "law_sector", "law_codelist",
    "law_displayrule", "law_repair", "law_limit",
    "law_department", "law_assessment", "law_campaign", "law_term", "law_purpose", "law_matter", "law_measure",
    "law_bearing", "law_area", "law_item",
    "parties_unit", "parties_unititem",
    "parties_machineclient", "parties_user", "subjects_organisation", "records_change",
)  # fmt: skip
"""Both roles may read these; nothing in them is about a natural person's record."""

OAUTH = (
    "oauth2_provider_application", "oauth2_provider_accesstoken", "oauth2_provider_refreshtoken",
    "oauth2_provider_grant", "oauth2_provider_idtoken",
)  # fmt: skip
QUEUE = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")

HEADS = ("ledger_state", "ledger_tile", "ledger_checkpoint", "ledger_signingkey", "ledger_witness")
"""What anybody may know of the ledger: hashes, heads, public keys and who holds heads outside."""

DUTIES_FIXED = (
    "duties_paper", "duties_clause", "duties_revision", "duties_event", "duties_reminder", "duties_notice_duties",
)  # fmt: skip
"""What happened and what was handed in: written once."""
DUTIES_MOVING = (
    "duties_document", "duties_proposal", "duties_unitname", "duties_clauselink", "duties_duty", "duties_dutyunit",
    "duties_assignment", "duties_workstep", "duties_change", "duties_notice", "duties_round", "duties_entry",
    "duties_score", "duties_objection", "duties_campaign", "duties_material",
)  # fmt: skip
"""Which of their columns may change, and until when, triggers say (``duties/sql/guards.sql``)."""
DUTIES = {
    **dict.fromkeys(DUTIES_FIXED, "SELECT, INSERT"),
    **dict.fromkeys(DUTIES_MOVING, "SELECT, INSERT, UPDATE"),
    "duties_transition": READ,
    "duties_evidence": "SELECT, INSERT, UPDATE (disclosure, cleared, cleared_at, cleared_by, cleared_by_name)",
    "duties_question": "SELECT, INSERT, UPDATE (step, unit_id, answer, answered_at, answered_by, shown_question,"
    " shown_answer)",
}  # fmt: skip
"""The ledger of duties: no row of it is about a person."""
DUTIES_JOBS = {
    **dict.fromkeys(("duties_duty", "duties_dutyunit", "duties_document"), READ),
    **dict.fromkeys(("duties_assignment", "duties_reminder", "duties_campaign"), "SELECT, INSERT"),
    "duties_event": READ,
    **dict.fromkeys(("duties_digest", "duties_digestreminder"), "SELECT, INSERT"),
    "duties_digestletter": "SELECT, INSERT, UPDATE (state, attempt, claimed_at, next_at, sent_at, error)",
}  # fmt: skip
"""The worker makes what dates say there is, reminds, and sends the letters about it."""
DUTIES_OPEN = (
    "open.duty, open.duty_participant, open.duty_document, open.duty_question, open.duty_evidence,"
    " open.duty_evidence_closed, open.campaign, open.campaign_material"
)

GRANTS: dict[str, dict[str, str]] = {
    WEB: {
        **DUTIES,
        **dict.fromkeys(PLAIN_TABLES, READ),
        **dict.fromkeys(OAUTH, WRITE),
        **dict.fromkeys(QUEUE, WRITE),
        "django_session": WRITE,
        "parties_user": "SELECT, UPDATE (last_login, password, starter_password, email, phone, notify_email)",
        "parties_assertion": "SELECT, INSERT, DELETE",
        "shared_cache": WRITE,
        "account_emailaddress": READ,
        "mfa_authenticator": WRITE,
        "usersessions_usersession": WRITE,
        "socialaccount_socialaccount": WRITE,
        "socialaccount_socialtoken": READ,
        "parties_user_groups": READ,
        "parties_user_user_permissions": READ,
        "auth_group": READ,
        "auth_permission": READ,
        "auth_group_permissions": READ,
        **dict.fromkeys(HEADS, READ),
        "rights_withdrawal": READ,
        "rights_transition": READ,
        "subjects_suspicion": READ,
        "subjects_judgement": "SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by, withdrawn_reason)",
        "intake_delivery": "SELECT, INSERT, UPDATE",
        "intake_deliverychunk": "INSERT",
        "intake_mappingmemory": WRITE,
        "inquiry_batch": "SELECT, INSERT, UPDATE",
        "inquiry_batchattachment": "INSERT",
        "inquiry_batchrow": "INSERT",
        "common_history": "SELECT, INSERT",
    },
    JOBS: {
        **DUTIES_JOBS,
        **dict.fromkeys(PLAIN_TABLES, READ),
        **dict.fromkeys(QUEUE, WRITE),
        "subjects_subject": "SELECT, INSERT",
        "subjects_person": "SELECT, INSERT",
        "subjects_key": "SELECT, INSERT",
        "subjects_organisation": "SELECT, INSERT, UPDATE",
        "subjects_identifier": "SELECT, INSERT",
        "subjects_suspicion": "SELECT, INSERT",
        "subjects_judgement": READ,
        "records_record": "SELECT, INSERT, UPDATE (superseded_at)",
        "records_tombstone": READ,
        "intake_delivery": "SELECT, INSERT, UPDATE",
        "intake_deliverychunk": "SELECT, INSERT, DELETE",
        "intake_refusal": "SELECT, INSERT, DELETE",
        "intake_mappingmemory": WRITE,
        "inquiry_batch": "SELECT, UPDATE",
        "inquiry_batchrow": "SELECT, UPDATE, DELETE",
        "common_history": "SELECT, INSERT",
    },
    SEALER: {
        "ledger_entry": "SELECT (id, commitment)",
        "ledger_pending": "SELECT, DELETE",
        "ledger_leaf": "SELECT, INSERT",
        "ledger_tile": "SELECT, INSERT, UPDATE",
        "ledger_checkpoint": "SELECT, INSERT",
        "ledger_state": "SELECT, UPDATE",
        "ledger_signingkey": "SELECT, INSERT, UPDATE (until)",
        "ledger_witness": "SELECT, INSERT",
    },
}

OVERSIGHT = (
    "complain", "withdraw_complaint", "my_complaints", "read_complaints", "read_complaint", "answer_complaint", "draw",
    "draw_unusual", "read_draws", "read_draw", "decide", "close_draw", "open_misuse", "read_misuse_cases",
    "read_misuse", "go_on_misuse", "read_entries", "find_subject", "overview", "read_findings",
)  # fmt: skip
RIGHTS = (
    "open", "save", "act", "add_file", "remove_file", "my_cases", "my_case", "open_case", "read_file", "inbox",
    "figures", "elsewhere", "unit_notices", "confirm_notice", "my_recalls", "case_recalls", "recall_figures",
    "make_statement", "end_statement", "my_statements", "represent", "end_representation", "my_representations",
    "recipients",
    "unit_figures",
)  # fmt: skip
RIGHTS_JOBS = ("tell_findings", "expire", "escalate", "remind", "unsigned", "sign")
OUTBOX = ("outbox_take", "outbox_sent", "outbox_failed")
GATE = (
    "check", "check_many", "grant_consent", "withdraw_consent", "request_consent", "answer_request", "place_hold",
    "lift_hold", "my_proof", "my_consents", "my_requests", "my_hold", "my_messages", "read_messages", "unit_consents",
)  # fmt: skip
ACCOUNTS = (
    "create_officer", "set_active", "reset_log_in", "change_role", "end_sessions", "unlock", "register_citizen",
)  # fmt: skip
"""What administrators do at their desk, and a citizen's first log-in (schema ``account``)."""

FUNCTIONS = {
    WEB: (
        *OVERSIGHT, *GATE, *ACCOUNTS, *RIGHTS,
        "open_file", "my_entries", "open_delivery", "open_delivery_file", "read_ledger",
        "cluster", "listing", "open_batch", "open_attachment", "leaf_bundle", "standing",
    ),
    JOBS: (*OUTBOX, *RIGHTS_JOBS, "note_run", "cluster", "check_many", "standing"),
    SEALER: (),
}


def _ensure(role: str, password: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        text = sql.SQL("{} ROLE {} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(role), sql.Literal(password)
        )
        cursor.execute(text.as_string(cursor.cursor.connection))


def _schemas() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname = ANY (%s) ORDER BY 1", [list(SCHEMAS)])
        return [row[0] for row in cursor.fetchall()]


def _revoke_all(role: str) -> list[str]:
    return [
        f"REVOKE ALL ON ALL {things} IN SCHEMA {schema} FROM {role}"
        for schema in _schemas()
        for things in ("TABLES", "SEQUENCES", "FUNCTIONS")
    ]


def _functions(role: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = ANY (%s) AND n.nspname <> 'public' AND p.proname = ANY (%s)",
            [list(SCHEMAS), list(FUNCTIONS[role])],
        )
        return [f"GRANT EXECUTE ON FUNCTION {row[0]} TO {role}" for row in cursor.fetchall()]


SEALER_ROOM = (
    f"GRANT USAGE ON SCHEMA public TO {SEALER}",
    f"GRANT USAGE ON SEQUENCE ledger_checkpoint_id_seq, ledger_witness_id_seq TO {SEALER}",
)
"""The sealer sees its own tables and nothing else."""


def _numbers(role: str) -> list[str]:
    """The sequences of the tables that ``role`` may insert into. Nobody draws another table's numbers: a number of
    the ledger's that was drawn and never written is the mark of a look that was rolled back.
    """
    written = [table for table, rights in GRANTS[role].items() if "INSERT" in rights]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.oid::regclass::text FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.refclassid ="
            " 'pg_class'::regclass WHERE s.relkind = 'S' AND d.deptype IN ('a', 'i') AND d.refobjid::regclass::text"
            " = ANY (%s) ORDER BY 1",
            [written],
        )
        return [f"GRANT USAGE ON SEQUENCE {row[0]} TO {role}" for row in cursor.fetchall()]


def _room(role: str) -> list[str]:
    return [
        f"GRANT USAGE ON SCHEMA {', '.join(_schemas())} TO {role}",
        *_numbers(role),
        f"GRANT SELECT ON open.record, open.statement, open.organisation_identifier, {DUTIES_OPEN} TO {role}",
    ]


def statements(role: str) -> list[str]:
    """Every statement that gives ``role`` its rights, from nothing."""
    tables = [f"GRANT {rights} ON {table} TO {role}" for table, rights in GRANTS[role].items()]
    return [
        *_revoke_all(role),
        *(SEALER_ROOM if role == SEALER else _room(role)),
        *tables,
        *_functions(role),
    ]


LARGE_OBJECTS = (
    "lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)", "lo_open(oid, integer)", "lo_unlink(oid)",
    "lowrite(integer, bytea)", "lo_put(oid, bigint, bytea)",
)  # fmt: skip


def _close_side_doors() -> list[str]:
    """What PostgreSQL gives to everybody by default: room for data that no grant of ours covers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_database())")
        database = cursor.fetchone()[0]
    doors = [f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC" for function in LARGE_OBJECTS]
    doors.append(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC")
    return [*doors, "REVOKE CREATE ON SCHEMA public FROM PUBLIC"]


def apply() -> None:
    """Make the roles and give them exactly their rights. Run as the owner, after migrations; repeatable."""
    with connection.cursor() as cursor:
        for statement in _close_side_doors():
            cursor.execute(statement)
    for short, role in (("web", WEB), ("jobs", JOBS), ("sealer", SEALER)):
        _ensure(role, database_passwords()[short])
        with connection.cursor() as cursor:
            for statement in statements(role):
                cursor.execute(statement)
