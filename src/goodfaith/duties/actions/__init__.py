"""The only writers of this room. Each ``do_x`` is one transaction and notes its history itself."""

from __future__ import annotations

from django.db import connection, transaction

from goodfaith.duties.actions.asking import answer_due, do_answer, do_ask, do_pass_on, do_withdraw_question
from goodfaith.duties.actions.assessing import (
    do_answer_objection,
    do_drop_round,
    do_finish_self,
    do_hear,
    do_object,
    do_open_round,
    do_publish_round,
    do_review_score,
    do_self_score,
    do_start_review,
)
from goodfaith.duties.actions.campaigns import (
    do_add_material,
    do_cancel_campaign,
    do_make_campaign,
    do_plan_campaign,
    do_report_campaign,
    do_withdraw_material,
)
from goodfaith.duties.actions.changes import (
    do_ask_class,
    do_ask_deadline,
    do_ask_end,
    do_ask_succession,
    do_ask_unit,
    do_decide_change,
)
from goodfaith.duties.actions.disclosing import do_disclose
from goodfaith.duties.actions.documents import (
    check_adopt,
    check_submit,
    check_upload,
    do_adopt,
    do_discard,
    do_send_back,
    do_submit,
    do_upload,
)
from goodfaith.duties.actions.evidence import (
    Handed,
    do_add_figure,
    do_add_file,
    do_add_link,
    do_add_notice_file,
    do_hand_in,
)
from goodfaith.duties.actions.ledger import Planned, do_act, do_finish_step, do_plan_steps
from goodfaith.duties.actions.links import do_confirm_links, do_decide_link, do_suggest_links
from goodfaith.duties.actions.naming import do_confirm_name, do_confirm_names
from goodfaith.duties.actions.reshaping import do_add, do_join, do_split
from goodfaith.duties.actions.reviewing import do_accept, do_drop, do_mend, do_mend_head, do_undo
from goodfaith.duties.actions.supervising import do_ask_again, do_close_notice, do_reply_notice, do_send_notice
from goodfaith.duties.procedures import transition_rows

__all__ = [
    "Handed", "Planned", "answer_due", "check_adopt", "check_submit", "check_upload", "do_accept", "do_act", "do_add",
    "do_add_figure", "do_add_file", "do_add_link", "do_add_material", "do_add_notice_file", "do_adopt", "do_answer",
    "do_answer_objection", "do_ask", "do_ask_again", "do_ask_class", "do_ask_deadline", "do_ask_end",
    "do_ask_succession", "do_ask_unit", "do_cancel_campaign", "do_close_notice", "do_confirm_links",
    "do_confirm_name", "do_confirm_names", "do_decide_change", "do_decide_link", "do_discard", "do_disclose", "do_drop",
    "do_drop_round", "do_finish_self",
    "do_finish_step", "do_hand_in", "do_hear", "do_join",
    "do_load_procedures", "do_make_campaign", "do_mend", "do_mend_head", "do_object", "do_open_round", "do_pass_on",
    "do_plan_campaign", "do_plan_steps", "do_publish_round", "do_reply_notice", "do_report_campaign", "do_review_score",
    "do_self_score", "do_send_back", "do_send_notice", "do_split", "do_start_review", "do_submit", "do_suggest_links",
    "do_undo", "do_upload", "do_withdraw_material", "do_withdraw_question",
]  # fmt: skip


@transaction.atomic
def do_load_procedures() -> int:
    """Write the transitions of all procedures for the database to hold rows to; how many. Needs the owner's role."""
    rows = list(transition_rows())
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE duties_transition IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM duties_transition")
        cursor.executemany(
            'INSERT INTO duties_transition (procedure, frm, act, "to", by, final, decides)'
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            rows,
        )
    return len(rows)
