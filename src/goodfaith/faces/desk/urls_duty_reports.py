"""Addresses of assessment rounds, the campaign calendar and reports in 任务."""

from django.urls import URLPattern, path

from goodfaith.faces.desk import duty_campaigns, duty_reports, duty_rounds, duty_rounds_entry

urlpatterns: list[URLPattern] = [
    path("duties/rounds/", duty_rounds.rounds, name="duty_rounds"),
    path("duties/rounds/new/<str:scheme>/", duty_rounds.new, name="duty_round_new"),
    path("duties/rounds/<int:round_id>/", duty_rounds.round_page, name="duty_round"),
    path("duties/rounds/<int:round_id>/act/<slug:code>/", duty_rounds.act, name="duty_round_act"),
    path("duties/rounds/<int:round_id>/<int:entry_id>/", duty_rounds_entry.entry, name="duty_entry"),
    path("duties/rounds/<int:round_id>/<int:entry_id>/finish/", duty_rounds_entry.finish, name="duty_entry_finish"),
    path("duties/campaigns/", duty_campaigns.calendar, name="duty_campaigns"),
    path("duties/campaigns/new/", duty_campaigns.new, name="duty_campaign_new"),
    path("duties/campaigns/<uuid:campaign_id>/", duty_campaigns.campaign, name="duty_campaign"),
    path("duties/campaigns/<uuid:campaign_id>/<uuid:material_id>/", duty_campaigns.material, name="duty_material"),
    path(
        "duties/campaigns/<uuid:campaign_id>/<uuid:material_id>/withdraw/", duty_campaigns.withdraw,
        name="duty_material_withdraw",
    ),
    path("duties/reports/", duty_reports.reports, name="duty_reports"),
    path("duties/reports/<str:period>.<str:form>", duty_reports.file, name="duty_report_file"),
]  # fmt: skip
