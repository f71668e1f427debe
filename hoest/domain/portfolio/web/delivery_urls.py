"""Addresses of delivering: roll-outs, stages, dependencies, what crosses, shared solutions."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.delivery import (
    crossing,
    dependencies,
    journeys,
    solutions,
    stages,
)
from hoest.domain.portfolio.web.delivery.crossing import Crossings
from hoest.domain.portfolio.web.delivery.dependency_list import Dependencies
from hoest.domain.portfolio.web.delivery.journeys import Journeys
from hoest.domain.portfolio.web.delivery.rollout_list import Rollouts

app_name = "delivery"
urlpatterns = [
    path("udrulninger/", Rollouts.as_view(), name="rollouts"),
    path("udrulninger/<int:rollout_id>/forsinket/", stages.explain_delay, name="explain_delay"),
    path("udrulninger/<int:initiative_id>/etape/ny/", stages.add, name="add_stage"),
    path("udrulninger/etape/<int:stage_id>/ret/", stages.change, name="change_stage"),
    path("udrulninger/etape/<int:stage_id>/fjern/", stages.remove, name="remove_stage"),
    path("udrulninger/etape/<int:stage_id>/aabn/", stages.open_one, name="open_stage"),
    path("udrulninger/etape/<int:stage_id>/laering/", stages.learn, name="learn_from_stage"),
    path("afhaengigheder/", Dependencies.as_view(), name="dependencies"),
    path("afhaengigheder/kort/", dependencies.outside, name="outside"),
    path(
        "afhaengigheder/initiativ/<int:initiative_id>/",
        dependencies.of_initiative,
        name="of_initiative",
    ),
    path(
        "afhaengigheder/initiativ/<int:initiative_id>/ny/",
        dependencies.add,
        name="add_dependency",
    ),
    path("afhaengigheder/<int:dependency_id>/", dependencies.dependency, name="dependency"),
    path("afhaengigheder/<int:dependency_id>/ret/", dependencies.change, name="change_dependency"),
    path(
        "afhaengigheder/<int:dependency_id>/loest/",
        dependencies.resolve,
        name="resolve_dependency",
    ),
    path("afhaengigheder/<int:dependency_id>/paavirk/", dependencies.influence, name="influence"),
    path(
        "afhaengigheder/paavirkning/<int:influence_id>/skridt/",
        dependencies.step,
        name="influence_step",
    ),
    path("paa-tvaers/", Crossings.as_view(), name="crossings"),
    path("paa-tvaers/<int:initiative_id>/ejer/", crossing.shared_owner, name="shared_owner"),
    path("borgerforloeb/", Journeys.as_view(), name="journeys"),
    path("borgerforloeb/nyt/", journeys.create, name="create_journey"),
    path("borgerforloeb/<int:journey_id>/", journeys.journey, name="journey"),
    path("borgerforloeb/<int:journey_id>/ret/", journeys.change, name="change_journey"),
    path("borgerforloeb/<int:journey_id>/brug/", journeys.use, name="use_journey"),
    path("borgerforloeb/<int:journey_id>/skridt/", journeys.add_step, name="add_step"),
    path("borgerforloeb/skridt/<int:step_id>/", journeys.change_step, name="change_step"),
    path("borgerforloeb/skridt/<int:step_id>/fjern/", journeys.remove_step, name="remove_step"),
    path("faelles-loesninger/", solutions.solutions, name="solutions"),
    path("faelles-loesninger/<slug:code>/", solutions.change, name="solution"),
]
