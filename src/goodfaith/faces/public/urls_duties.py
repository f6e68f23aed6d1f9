"""Addresses of the duties of official documents, of assessments and campaigns."""

from django.urls import URLPattern, path

from goodfaith.faces.public import duties, duties_campaigns, duties_evidence, duties_rounds

urlpatterns: list[URLPattern] = [
    path("duties/", duties.documents, name="duties"),
    path("duties/<int:document_id>/", duties.document, name="duty_document"),
    path("duties/<int:document_id>/export.<str:form>", duties.export, name="duty_export"),
    path("duties/files/<uuid:evidence_id>/", duties_evidence.file, name="duty_file"),
    path("assessments/", duties_rounds.rounds, name="assessments"),
    path("assessments/<int:round_id>/", duties_rounds.assessment, name="assessment"),
    path("assessments/<int:round_id>/export.<str:form>", duties_rounds.export, name="assessment_export"),
    path("campaigns/", duties_campaigns.campaigns, name="campaigns"),
    path("campaigns/feed.json", duties_campaigns.feed, name="campaigns_feed"),
    path("campaigns/materials/<uuid:material_id>/", duties_campaigns.material, name="campaign_material"),
]
