"""Addresses of the dashboard, subjects, duplicates, the catalogue, data quality and the audit."""

from django.urls import URLPattern, path

from goodfaith.faces.desk import (
    accounts,
    accounts_acts,
    catalogue,
    catalogue_uses,
    dashboard,
    duplicates,
    quality,
    subjects,
)
from goodfaith.faces.desk.audit_urls import urlpatterns as audit
from goodfaith.faces.desk.urls_checks import urlpatterns as checks

urlpatterns: list[URLPattern] = [
    path("", dashboard.home, name="home"),
    path("accounts/", accounts.listing, name="accounts"),
    path("accounts/new/", accounts.new, name="account_new"),
    path("accounts/log-ins/", accounts.log_ins, name="log_ins"),
    path("accounts/clients/", accounts.clients, name="machine_clients"),
    path("accounts/<int:user_id>/", accounts.account, name="account"),
    path("accounts/<int:user_id>/role/", accounts_acts.role, name="account_role"),
    path("accounts/<int:user_id>/<slug:name>/", accounts_acts.act, name="account_act"),
    path("subjects/", subjects.listing, name="subjects"),
    path("subjects/person/", subjects.person, name="person"),
    path("subjects/<uuid:subject_id>/", subjects.organisation, name="subject"),
    path("duplicates/", duplicates.listing, name="duplicates"),
    path("duplicates/<uuid:suspicion_id>/", duplicates.case, name="duplicate"),
    path("duplicates/<uuid:suspicion_id>/withdraw/", duplicates.withdraw, name="duplicate_withdraw"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/purposes/", catalogue_uses.purposes, name="catalogue_purposes"),
    path("catalogue/matters/", catalogue_uses.matters, name="catalogue_matters"),
    path("catalogue/measures/", catalogue_uses.measures, name="catalogue_measures"),
    path("catalogue/<str:code>/", catalogue.item, name="item"),
    path("catalogue/<str:code>/template/<str:edition>/", catalogue.template, name="item_template"),
    path("quality/", quality.page, name="quality"),
    path("quality/export/", quality.export, name="quality_export"),
    *audit,
    *checks,
]
