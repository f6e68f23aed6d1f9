"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from goodfaith.faces.public import about, double_publicity, views

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
    path("about/contest/", about.contest, name="contest"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("robots.txt", about.robots, name="robots"),
]
