"""Addresses of taking home, under those of benefits."""

from __future__ import annotations

from django.urls import path

from hoest.domain.benefits.web.takeout import acts, agreement, export, follow_up, pages, writing

HOME = "hjemtagning/"
AGREEMENT = f"{HOME}aftale/<int:agreement_id>/"
QUARTER = f"{HOME}opfoelgning/<int:year>/<int:quarter>/"
UNIT = f"{HOME}enhed/<int:unit_id>/"

urlpatterns = [
    path(HOME, pages.overview, name="takeout"),
    path(f"{HOME}raekker/", pages.rows, name="takeout_rows"),
    path(f"{HOME}lag/", pages.layers, name="takeout_layers"),
    path(f"{HOME}budget/", export.budget, name="takeout_budget"),
    path(f"{HOME}opfoelgning/", follow_up.follow_ups, name="follow_ups"),
    path(QUARTER, follow_up.follow_up, name="follow_up"),
    path(f"{QUARTER}offentliggoer/", follow_up.publish, name="publish_follow_up"),
    path(UNIT, pages.unit, name="takeout_unit"),
    path(f"{UNIT}erfaring/", acts.experience, name="log_experience"),
    path(
        f"{HOME}erfaring/<int:experience_id>/tilbage/",
        acts.withdraw_experience,
        name="withdraw_experience",
    ),
    path(
        f"{HOME}inddragelse/<int:involvement_id>/tilbage/",
        acts.withdraw_involvement,
        name="withdraw_involvement",
    ),
    path(AGREEMENT, agreement.agreement, name="agreement"),
    path(f"{AGREEMENT}ret/", writing.change, name="change_agreement"),
    path(f"{AGREEMENT}status/", acts.status, name="move_agreement"),
    path(f"{AGREEMENT}lag/", acts.layer, name="add_layer"),
    path(f"{AGREEMENT}tilbage/", acts.withdraw, name="withdraw_agreement"),
    path("<int:benefit_id>/indhoestning/", writing.harvest, name="harvest"),
    path("<int:benefit_id>/inddragelse/", acts.involve, name="involve_staff"),
]
