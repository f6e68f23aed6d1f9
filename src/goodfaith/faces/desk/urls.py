"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from goodfaith.faces.desk import deliveries, delivery_steps, reporting
from goodfaith.faces.desk.urls_duties import urlpatterns as duties
from goodfaith.faces.desk.urls_duty_reports import urlpatterns as duty_reports
from goodfaith.faces.desk.urls_rights import urlpatterns as rights
from goodfaith.faces.desk.urls_work import urlpatterns as work

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("intake/", reporting.choose, name="intake"),
    path("intake/<str:item>/", reporting.report, name="intake_item"),
    path("intake/<str:item>/template/", reporting.blank, name="intake_template"),
    path("deliveries/", deliveries.listed, name="deliveries"),
    path("deliveries/export/", deliveries.export, name="deliveries_export"),
    path("deliveries/<uuid:delivery_id>/", deliveries.delivery, name="delivery"),
    path("deliveries/<uuid:delivery_id>/progress/", deliveries.progress, name="delivery_progress"),
    path("deliveries/<uuid:delivery_id>/refused/", deliveries.refused, name="delivery_refused"),
    path("deliveries/<uuid:delivery_id>/columns/", delivery_steps.confirm_mapping, name="delivery_columns"),
    path("deliveries/<uuid:delivery_id>/check/", delivery_steps.check_again, name="delivery_check"),
    path("deliveries/<uuid:delivery_id>/commit/", delivery_steps.commit, name="delivery_commit"),
    path("deliveries/<uuid:delivery_id>/abandon/", delivery_steps.abandon, name="delivery_abandon"),
    *duty_reports,
    *duties,
    *rights,
    *work,
]
