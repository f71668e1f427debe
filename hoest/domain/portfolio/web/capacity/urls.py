"""Addresses of capacity, change load, professional groups and the way from zero."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.capacity import (
    cooperation,
    first_year,
    hours,
    ledger,
    lists,
    load,
    professions,
)

app_name = "capacity"
urlpatterns = [
    path("kapacitet/", ledger.page, name="ledger"),
    path("kapacitet/behov/", lists.Demands.as_view(), name="demands"),
    path("kapacitet/timer/", lists.Supplies.as_view(), name="supplies"),
    path("kapacitet/timer/skriv/", hours.offer, name="offer"),
    path("kapacitet/samarbejde/", lists.Cooperations.as_view(), name="cooperations"),
    path("kapacitet/samarbejde/nyt/", cooperation.agree, name="agree"),
    path("kapacitet/samarbejde/<int:cooperation_id>/", cooperation.change, name="cooperation"),
    path("kapacitet/samarbejde/<int:cooperation_id>/slut/", cooperation.end, name="end"),
    path("kapacitet/graenser/", hours.limits, name="limits"),
    path("kapacitet/graenser/varsel/", hours.warning, name="warning"),
    path("kapacitet/graenser/<int:unit_id>/", hours.limit, name="limit"),
    path("aendringer/", load.page, name="load"),
    path("fagligheder/", professions.profiles, name="profiles"),
    path("fagligheder/planer/", lists.Plans.as_view(), name="all_plans"),
    path("fagligheder/<slug:group>/", professions.profile, name="profile"),
    path("foerste-aar/", first_year.page, name="first_year"),
    path("foerste-aar/plan/", first_year.start, name="start_first_year"),
    path("foerste-aar/<int:milestone_id>/", first_year.milestone, name="milestone"),
    path("foerste-aar/<int:milestone_id>/naaet/", first_year.reach, name="reach"),
    path("foerste-aar/<int:milestone_id>/igen/", first_year.reopen, name="reopen"),
    path("<int:initiative_id>/timer/", hours.demand, name="demand"),
    path("<int:initiative_id>/fagligheder/", professions.plans, name="plans"),
    path("<int:initiative_id>/fagligheder/<slug:group>/", professions.plan, name="plan"),
    path(
        "<int:initiative_id>/fagligheder/<slug:group>/fjern/",
        professions.drop_plan,
        name="drop_plan",
    ),
]
