"""Addresses of 权益: cases, the counter, letters, recalls, figures. No name or number ever stands in one of them."""

from django.urls import URLPattern, path

from goodfaith.faces.desk import (
    rights,
    rights_acts,
    rights_case,
    rights_counter,
    rights_figures,
    rights_guide,
    rights_letters,
    rights_papers,
    rights_recalls,
    rights_statement,
    rights_subject,
)

urlpatterns: list[URLPattern] = [
    path("rights/", rights.listing, name="rights"),
    path("rights/export/", rights.export, name="rights_export"),
    path("rights/counter/", rights_counter.who, name="rights_counter"),
    path("rights/counter/file/", rights_counter.file, name="rights_file"),
    path("rights/counter/represent/", rights_counter.represent, name="rights_represent"),
    path("rights/counter/<uuid:case_id>/<str:number>/", rights_counter.filed, name="rights_filed"),
    path("rights/repair-guide/", rights_guide.guide, name="repair_guide"),
    path("rights/figures/", rights_figures.page, name="rights_figures"),
    path("rights/figures/export/", rights_figures.export, name="rights_figures_export"),
    path("rights/papers/<uuid:paper_id>/", rights_papers.paper, name="rights_paper"),
    path("rights/<uuid:case_id>/", rights_case.case, name="rights_case"),
    path("rights/<uuid:case_id>/letter.pdf", rights_letters.letter, name="rights_letter"),
    path("rights/<uuid:case_id>/papers/", rights_papers.add, name="rights_paper_add"),
    path("rights/<uuid:case_id>/subject/", rights_subject.subject, name="rights_subject"),
    path("rights/<uuid:case_id>/statements/<uuid:statement_id>/", rights_statement.hide, name="rights_statement"),
    path("rights/<uuid:case_id>/act/<slug:code>/", rights_acts.act, name="rights_act"),
    path("rights/<uuid:case_id>/act/<slug:code>/draft.pdf", rights_letters.draft, name="rights_draft"),
    path("recalls/", rights_recalls.listing, name="recalls"),
    path("recalls/export/", rights_recalls.export, name="recalls_export"),
    path("recalls/<uuid:notice_id>/", rights_recalls.notice, name="recall"),
    path("recalls/<uuid:notice_id>/notice.jws", rights_recalls.signed, name="recall_signed"),
    path("recalls/<uuid:notice_id>/notice.pdf", rights_recalls.printed, name="recall_letter"),
]
