"""Addresses of series."""

from __future__ import annotations

from django.urls import path

from hoest.domain.evidence.web.series import acts, many, pages, sharing, statbank, tables
from hoest.domain.evidence.web.series.lists import SeriesList

app_name = "series"
urlpatterns = [
    path("", SeriesList.as_view(), name="list"),
    path("ny/", pages.new, name="new"),
    path("fra-fil/", many.many, name="many"),
    path("fra-fil/skabelon/", many.template, name="many_template"),
    path("fra-fil/<int:file_id>/", many.file, name="file"),
    path("fra-fil/<int:file_id>/steder/", many.explain, name="file_places"),
    path("fra-fil/<int:file_id>/gem/", many.confirm, name="file_save"),
    path("fra-fil/<int:file_id>/kasser/", many.discard, name="file_discard"),
    path("fra-andre/", sharing.SharedList.as_view(), name="others"),
    path("fra-andre/laes/", sharing.shared, name="shared"),
    path("resultat/<int:study_id>/del/", sharing.share_effect, name="share_effect"),
    path("<int:series_id>/", pages.series, name="series"),
    path("<int:series_id>/ret/", pages.change, name="change"),
    path("<int:series_id>/indsaet/", tables.put, name="put"),
    path("<int:series_id>/maalinger/", tables.take, name="take"),
    path("<int:series_id>/del/", sharing.share, name="share"),
    path("<int:series_id>/statbank/", statbank.statbank, name="statbank"),
    path("<int:series_id>/opgoerelse/", acts.definition, name="definition"),
    path("<int:series_id>/brud/", acts.mark, name="mark"),
    path("<int:series_id>/brud/<int:break_id>/", acts.handle, name="handle"),
    path("<int:series_id>/ide/", acts.idea, name="idea"),
]
