"""Addresses of checks, bulk checks, inquiries of files and consents. No number ever stands in one of them."""

from django.urls import URLPattern, path

from goodfaith.faces.desk import batches, checks, consents, inquiries

urlpatterns: list[URLPattern] = [
    path("checks/", checks.check, name="checks"),
    path("checks/bulk/", batches.listing, name="batches"),
    path("checks/bulk/new/", batches.new, name="batch_new"),
    path("checks/bulk/template/", batches.blank, name="batch_template"),
    path("checks/bulk/<uuid:batch_id>/", batches.batch, name="batch"),
    path("checks/bulk/<uuid:batch_id>/progress/", batches.progress, name="batch_progress"),
    path("checks/bulk/<uuid:batch_id>/start/", batches.start, name="batch_start"),
    path("checks/bulk/<uuid:batch_id>/cancel/", batches.cancel, name="batch_cancel"),
    path("checks/bulk/<uuid:batch_id>/download/", batches.download, name="batch_download"),
    path("checks/bulk/<uuid:batch_id>/attachment/", batches.attachment, name="batch_attachment"),
    path("checks/files/", inquiries.choose, name="inquiries"),
    path("checks/files/<str:purpose>/", inquiries.inquire, name="inquiry"),
    path("checks/consents/", consents.listing, name="consents"),
    path("checks/consents/ask/<str:purpose>/", consents.ask, name="consent_request"),
]
