"""Addresses of 任务: documents and their review, the ledger, changes, supervision, questions."""

from django.urls import URLPattern, path

from goodfaith.faces.desk import (
    duties,
    duties_acts,
    duties_changes,
    duties_documents,
    duties_duty,
    duties_links,
    duties_mending,
    duties_names,
    duties_notices,
    duties_overview,
    duties_questions,
    duties_review,
    duties_steps,
)
from goodfaith.faces.desk import duties_review_acts as review_acts

DOCUMENT = "duties/documents/<int:document_id>"
DUTY = "duties/<uuid:duty_id>"
urlpatterns: list[URLPattern] = [
    path("duties/", duties.ledger, name="duties"),
    path("duties/export/", duties.export, name="duties_export"),
    path("duties/timeline/", duties_overview.timeline, name="duty_timeline"),
    path("duties/matrix/", duties_overview.matrix, name="duty_matrix"),
    path("duties/papers/<uuid:paper_id>/", duties_duty.paper, name="duty_paper"),
    path("duties/documents/", duties_documents.listed, name="duty_documents"),
    path(f"{DOCUMENT}/", duties_review.document, name="duty_document"),
    path(f"{DOCUMENT}/accept/", review_acts.accept, name="duty_accept"),
    path(f"{DOCUMENT}/drop/", review_acts.drop, name="duty_drop"),
    path(f"{DOCUMENT}/join/", review_acts.join, name="duty_join"),
    path(f"{DOCUMENT}/undo/", review_acts.undo, name="duty_undo"),
    path(f"{DOCUMENT}/add/", duties_mending.add, name="duty_add"),
    path(f"{DOCUMENT}/mend/<uuid:proposal_id>/", duties_mending.mend, name="duty_mend"),
    path(f"{DOCUMENT}/split/<uuid:proposal_id>/", duties_mending.split, name="duty_split"),
    path(f"{DOCUMENT}/head/", review_acts.head, name="duty_head"),
    path(f"{DOCUMENT}/names/", duties_names.names, name="duty_names"),
    path(f"{DOCUMENT}/links/", duties_links.choose, name="duty_links"),
    path(f"{DOCUMENT}/links/<int:earlier_id>/", duties_links.side_by_side, name="duty_links_with"),
    path(f"{DOCUMENT}/links/<int:earlier_id>/decide/", duties_links.decide, name="duty_links_decide"),
    path(f"{DOCUMENT}/log/", duties_documents.log, name="duty_document_log"),
    path(f"{DOCUMENT}/submit/", review_acts.submit, name="duty_submit"),
    path(f"{DOCUMENT}/adopt/", review_acts.adopt, name="duty_adopt"),
    path(f"{DOCUMENT}/send-back/", review_acts.send_back, name="duty_send_back"),
    path(f"{DOCUMENT}/discard/", review_acts.discard, name="duty_discard"),
    path("duties/changes/", duties_changes.listing, name="duty_changes"),
    path("duties/changes/succession/", duties_changes.succession, name="duty_succession"),
    path("duties/changes/<int:change_id>/", duties_changes.decide, name="duty_change_decide"),
    path("duties/notices/", duties_notices.listing, name="duty_notices"),
    path("duties/notices/new/", duties_notices.new, name="duty_notice_new"),
    path("duties/notices/<int:notice_id>/", duties_notices.notice, name="duty_notice"),
    path("duties/questions/", duties_questions.listing, name="duty_questions"),
    path("duties/questions/<uuid:question_id>/", duties_questions.question, name="duty_question"),
    path(f"{DUTY}/", duties_duty.duty, name="duty"),
    path(f"{DUTY}/change/<slug:kind>/", duties_changes.ask, name="duty_ask_change"),
    path(f"{DUTY}/steps/<uuid:step_id>/", duties_steps.step, name="duty_step"),
    path(f"{DUTY}/<uuid:assignment_id>/steps/", duties_steps.steps, name="duty_steps"),
    path(f"{DUTY}/<uuid:assignment_id>/evidence/", duties_acts.evidence, name="duty_evidence"),
    path(f"{DUTY}/<uuid:assignment_id>/act/<slug:code>/", duties_acts.act, name="duty_act"),
]
