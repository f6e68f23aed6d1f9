"""Addresses of My."""

from django.urls import path

from goodfaith.faces.my import complaints, consents, hold, looks, mail, views

app_name = "my"
urlpatterns = [
    path("", views.home, name="home"),
    path("records/<uuid:record_id>/", views.record, name="record"),
    path("copy/", views.copy, name="copy"),
    path("looks/", looks.looks, name="looks"),
    path("looks/export.<str:kind>", looks.export, name="looks_export"),
    path("looks/<int:entry_id>/", looks.look, name="look"),
    path("looks/<int:entry_id>/proof.json", looks.proof, name="look_proof"),
    path("looks/<int:entry_id>/complaint/", complaints.complain, name="complain"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<uuid:complaint_id>/withdraw/", complaints.withdraw, name="complaint_withdraw"),
    path("consents/", consents.consents, name="consents"),
    path("consents/give/", consents.give, name="give"),
    path("consents/give/<str:purpose>/", consents.give_for, name="give_for"),
    path("consents/requests/<uuid:request_id>/", consents.request_for, name="request"),
    path("consents/<uuid:consent_id>/", consents.consent, name="consent"),
    path("consents/<uuid:consent_id>/withdraw/", consents.withdraw, name="withdraw"),
    path("consents/<uuid:consent_id>/receipt/", consents.receipt, name="receipt"),
    path("hold/", hold.hold, name="hold"),
    path("messages/", mail.messages, name="messages"),
    path("messages/read/", mail.read, name="read"),
]
