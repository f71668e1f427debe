"""Addresses of Min uge."""

from __future__ import annotations

from django.urls import path

from hoest.domain.reporting.web import week

app_name = "week"
urlpatterns = [
    path("", week.mine, name="mine"),
    path("min-uge/alt/", week.everything, name="everything"),
    path("min-uge/<slug:need>/<int:subject_id>/senere/", week.later, name="later"),
    path("min-uge/<slug:need>/<int:subject_id>/nu/", week.now, name="now"),
    path("min-uge/<slug:need>/<int:subject_id>/videre/", week.pass_on, name="pass_on"),
    path("min-uge/sendt/<int:passed_id>/tag-tilbage/", week.take_back, name="take_back"),
    path("min-uge/sendt/<int:passed_id>/svar/", week.send_back, name="send_back"),
]
