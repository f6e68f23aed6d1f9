"""Addresses of the dashboard, subjects, duplicates, the catalogue, data quality and the audit."""

from django.urls import URLPattern, path

from goodfaith.faces.desk import audit, catalogue, dashboard, duplicates, quality, subjects

urlpatterns: list[URLPattern] = [
    path("", dashboard.home, name="home"),
    path("subjects/", subjects.listing, name="subjects"),
    path("subjects/person/", subjects.person, name="person"),
    path("subjects/<uuid:subject_id>/", subjects.organisation, name="subject"),
    path("duplicates/", duplicates.listing, name="duplicates"),
    path("duplicates/<uuid:suspicion_id>/", duplicates.case, name="duplicate"),
    path("duplicates/<uuid:suspicion_id>/withdraw/", duplicates.withdraw, name="duplicate_withdraw"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<str:code>/", catalogue.item, name="item"),
    path("catalogue/<str:code>/template/<str:edition>/", catalogue.template, name="item_template"),
    path("quality/", quality.page, name="quality"),
    path("quality/export/", quality.export, name="quality_export"),
    path("audit/", audit.ledger, name="audit"),
]
