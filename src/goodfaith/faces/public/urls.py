"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from goodfaith.faces.public import about, double_publicity, ledger, ledger_log, rights, uses, views, withdrawals
from goodfaith.faces.public.urls_duties import urlpatterns as duties

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<uuid:subject_id>/", views.organisation, name="organisation"),
    path("records/<uuid:subject_id>/<uuid:record_id>/", views.record, name="record"),
    path("double-publicity/", double_publicity.listing, name="double_publicity"),
    path("double-publicity/export.csv", double_publicity.export, name="double_publicity_export"),
    path("about/coverage/", about.coverage, name="coverage"),
    path("about/boundaries/", about.boundaries, name="boundaries"),
    path("about/catalogue/", about.catalogue, name="catalogue"),
    path("about/catalogue/<str:code>/", about.item, name="item"),
    path("about/purposes/", uses.purposes, name="purposes"),
    path("about/measures/", uses.measures, name="measures"),
    path("about/contest/", about.contest, name="contest"),
    path("about/rights/", rights.page, name="rights"),
    path("about/rights/figures.<str:form>", rights.file, name="rights_file"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("withdrawals/", withdrawals.page, name="withdrawals"),
    path("withdrawals/feed.json", withdrawals.feed, name="withdrawals_feed"),
    path("withdrawals/keys.json", withdrawals.keys, name="withdrawals_keys"),
    path("withdrawals/<str:name>.schema.json", withdrawals.schema, name="withdrawals_schema"),
    path("ledger/", ledger.page, name="ledger"),
    path("ledger/checkpoint", ledger_log.checkpoint, name="ledger_checkpoint"),
    path("ledger/keys", ledger_log.keys, name="ledger_keys"),
    path("ledger/verifier.py", ledger_log.program, name="ledger_verifier"),
    path("ledger/proof/inclusion", ledger_log.inclusion, name="ledger_inclusion"),
    path("ledger/proof/consistency", ledger_log.consistency, name="ledger_consistency"),
    path("ledger/tile/entries/<path:path>", ledger_log.bundle, name="ledger_bundle"),
    path("ledger/tile/<int:level>/<path:path>", ledger_log.tile, name="ledger_tile"),
    *duties,
    path("robots.txt", about.robots, name="robots"),
]
