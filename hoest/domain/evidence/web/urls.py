"""Addresses of effects: the page of a benefit, the list of all, and what is done on them."""

from __future__ import annotations

from django.urls import path

from hoest.domain.evidence.web.effect import acts, download, pages, runs
from hoest.domain.evidence.web.effect.lists import Effects
from hoest.domain.evidence.web.planning import others

app_name = "evidence"
urlpatterns = [
    path("gevinster/<int:benefit_id>/effekt/", pages.effect, name="effect"),
    path("gevinster/<int:benefit_id>/effekt/ny/", acts.begin, name="begin"),
    path("effekter/", Effects.as_view(), name="effects"),
    path("effekter/fra-andre/", others.SharedEffects.as_view(), name="others"),
    path("effekter/fra-andre/laes/", others.solution, name="solution"),
    path("effekter/koersel/", runs.runs, name="runs"),
    path("effekter/koersel/<int:run_id>/", runs.run, name="run"),
    path("effekter/koersel/<int:run_id>/stop/", runs.cancel, name="cancel_run"),
    path("effekter/<int:study_id>/regn/", acts.calculate, name="calculate"),
    path("effekter/<int:study_id>/ret/", acts.change, name="change"),
    path("effekter/<int:study_id>/vigtigst/", acts.make_primary, name="make_primary"),
    path("effekter/<int:study_id>/sted/<int:place_id>/", acts.place, name="place"),
    path("effekter/<int:study_id>/haendelse/", acts.happening, name="happening"),
    path(
        "effekter/<int:study_id>/haendelse/<int:happening_id>/fjern/",
        acts.withdraw,
        name="withdraw_happening",
    ),
    path("effekter/<int:study_id>/tal.csv", download.data, name="data"),
    path("effekter/<int:study_id>/regnestykke.py", download.script, name="script"),
    path("effekter/svar/<int:estimate_id>/tal.csv", download.old_data, name="old_data"),
    path("effekter/svar/<int:estimate_id>/regnestykke.py", download.old_script, name="old_script"),
]
