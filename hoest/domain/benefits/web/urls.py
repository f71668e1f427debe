"""Addresses of benefits."""

from __future__ import annotations

from django.urls import path

from hoest.domain.benefits.web import acts, series, views
from hoest.domain.benefits.web.lists import Benefits

app_name = "benefits"
urlpatterns = [
    path("", Benefits.as_view(), name="benefits"),
    path("ny/", views.create, name="create"),
    path("maaling/<int:measurement_id>/fortryd/", acts.undo_measurement, name="undo_measurement"),
    path(
        "maaling/<int:measurement_id>/tilbage/",
        acts.withdraw_measurement,
        name="withdraw_measurement",
    ),
    path("beslutning/<int:decision_id>/tilbage/", acts.withdraw_harvest, name="withdraw_harvest"),
    path("<int:benefit_id>/", views.benefit, name="benefit"),
    path("<int:benefit_id>/maaling/", acts.measure, name="measure"),
    path("<int:benefit_id>/maalinger/indsaet/", series.paste, name="series"),
    path("<int:benefit_id>/ejer/", acts.owner, name="owner"),
    path("<int:benefit_id>/ret/", views.change, name="change"),
    path("<int:benefit_id>/indhoestning/", acts.harvest, name="harvest"),
    path("<int:benefit_id>/bekraeft/", acts.confirm, name="confirm"),
    path("<int:benefit_id>/bortfald/", acts.lapse, name="lapse"),
]
