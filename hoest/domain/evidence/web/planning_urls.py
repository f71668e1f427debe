"""Addresses of planning before go-live, and of what the neighbours found."""

from __future__ import annotations

from django.urls import path

from hoest.domain.evidence.web.planning import neighbours, plan

app_name = "planning"
urlpatterns = [
    path("<int:benefit_id>/effekt/plan/", plan.plan, name="plan"),
    path(
        "<int:benefit_id>/effekt/plan/<int:order_id>/udrulning/", plan.take_over, name="take_over"
    ),
    path("<int:benefit_id>/effekt/naboer/", neighbours.neighbours, name="neighbours"),
]
