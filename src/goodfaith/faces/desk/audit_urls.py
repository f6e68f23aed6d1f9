"""Addresses of the audit. No number ever stands in one of them."""

from django.urls import URLPattern, path

from goodfaith.faces.desk import audit, audit_complaints, audit_misuse, audit_overview, audit_samples, audit_unusual

urlpatterns: list[URLPattern] = [
    path("audit/", audit_overview.overview, name="audit"),
    path("audit/ledger/", audit.ledger, name="audit_ledger"),
    path("audit/ledger/export/", audit.export, name="audit_export"),
    path("audit/ledger/subject/", audit.subject, name="audit_subject"),
    path("audit/unusual/", audit_unusual.listing, name="audit_unusual"),
    path("audit/unusual/draw/", audit_unusual.draw, name="audit_draw"),
    path("audit/samples/", audit_samples.listing, name="audit_samples"),
    path("audit/samples/<uuid:draw_id>/", audit_samples.sample, name="audit_sample"),
    path("audit/samples/<uuid:draw_id>/close/", audit_samples.close, name="audit_close"),
    path("audit/reviews/<uuid:review_id>/", audit_samples.decide, name="audit_decide"),
    path("audit/reviews/<uuid:review_id>/undo/", audit_samples.undo, name="audit_undo"),
    path("audit/complaints/", audit_complaints.listing, name="audit_complaints"),
    path("audit/complaints/<uuid:complaint_id>/", audit_complaints.complaint, name="audit_complaint"),
    path("audit/misuse/", audit_misuse.listing, name="audit_misuse"),
    path("audit/misuse/<uuid:case_id>/", audit_misuse.case, name="audit_misuse_case"),
    path("audit/misuse/from-review/<uuid:source_id>/", audit_misuse.begin, {"source": "review"}, "audit_misuse_review"),
    path("audit/misuse/from-complaint/<uuid:source_id>/", audit_misuse.begin, {"source": "complaint"},
         "audit_misuse_complaint"),
]  # fmt: skip
