"""Addresses of benefits."""

from __future__ import annotations

from django.urls import path

from hoest.domain.benefits.web import acts, indicators, series, sources, views
from hoest.domain.benefits.web.benefit_map.urls import urlpatterns as map_patterns
from hoest.domain.benefits.web.lists import Benefits, Disbenefits
from hoest.domain.benefits.web.profile import pools
from hoest.domain.benefits.web.profile import views as profile
from hoest.domain.benefits.web.takeout import urls as takeout

app_name = "benefits"
urlpatterns = [
    path("", Benefits.as_view(), name="benefits"),
    path("ulemper/", Disbenefits.as_view(), name="disbenefits"),
    path("ny/", views.create, name="create"),
    *map_patterns,
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
    path("<int:benefit_id>/indikator/ny/", indicators.add, name="add_indicator"),
    path("indikator/<int:indicator_id>/maaling/", indicators.measure, name="measure_indicator"),
    path("<int:benefit_id>/kilder/", sources.sources, name="sources"),
    path("<int:benefit_id>/kilder/ny/", sources.add, name="add_source"),
    path("kilde/<int:source_id>/", sources.change, name="change_source"),
    path("kilde/<int:source_id>/hent/", sources.run, name="run_source"),
    path("<int:benefit_id>/ejer/", acts.owner, name="owner"),
    path("<int:benefit_id>/ret/", profile.change, name="change"),
    path("<int:benefit_id>/profil/", profile.profile, name="profile"),
    path("<int:benefit_id>/profil/kladde/", profile.keep_portion, name="keep_portion"),
    path("<int:benefit_id>/profil/spoerg/", profile.ask_portion, name="ask_portion"),
    path(
        "<int:benefit_id>/profil/spoerg/tilbage/",
        profile.take_back_portion,
        name="take_back_portion",
    ),
    path("<int:benefit_id>/pulje/", pools.claim, name="claim"),
    path("puljer/", pools.pools, name="pools"),
    path("puljer/ny/", pools.new_pool, name="new_pool"),
    path("puljer/<int:pool_id>/", pools.pool, name="pool"),
    path("puljer/<int:pool_id>/ret/", pools.change_pool, name="change_pool"),
    path("andel/<int:claim_id>/fri/", pools.release_claim, name="release_claim"),
    path("<int:benefit_id>/bekraeft/", acts.confirm, name="confirm"),
    path("<int:benefit_id>/bortfald/", acts.lapse, name="lapse"),
    *takeout.urlpatterns,
]
