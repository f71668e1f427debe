"""Addresses of the security report."""

from __future__ import annotations

from django.urls import path

from hoest.domain.trust.web.security import registers, views
from hoest.domain.trust.web.security.registers import Risks

app_name = "security"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("ny/", views.write, name="write"),
    path("risici/", Risks.as_view(), name="risks"),
    path("risici/ny/", registers.write_risk, name="write_risk"),
    path("risici/<int:risk_id>/", registers.change_risk, name="change_risk"),
    path("risici/<int:risk_id>/luk/", registers.close_risk, name="close_risk"),
    path("haendelser/", registers.incidents, name="incidents"),
    path("haendelser/ny/", registers.count_incidents, name="count_incidents"),
    path("ledelsen/", registers.management, name="management"),
    path("ledelsen/ny/", registers.note_step, name="note_step"),
    path("<int:number>/", views.report, name="report"),
    path("<int:number>/ret/", views.change, name="change"),
    path("<int:number>/send/", views.send, name="send"),
    path("<int:number>/godkend/", views.approve, name="approve"),
    path("<int:number>/hent/<slug:form>/", views.take, name="take"),
]
