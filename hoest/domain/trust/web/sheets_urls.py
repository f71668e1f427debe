"""Addresses of reassurance sheets."""

from __future__ import annotations

from django.urls import path

from hoest.domain.trust.web.sheets import acts, documents, views
from hoest.domain.trust.web.sheets.lists import Sheets

app_name = "sheets"
urlpatterns = [
    path("tryghed/", Sheets.as_view(), name="sheets"),
    path("tryghed/aaben-side/", acts.open_page, name="open_page"),
    path("tryghed/aaben-side/luk/", acts.close_page, name="close_page"),
    path("<int:initiative_id>/tryghedsblad/", views.sheet, name="sheet"),
    path("<int:initiative_id>/tryghedsblad/oplysninger/", acts.tell, name="tell"),
    path("<int:initiative_id>/tryghedsblad/laeg-frem/", acts.lay_forward, name="lay_forward"),
    path("<int:initiative_id>/tryghedsblad/svar/", acts.answer, name="answer"),
    path("<int:initiative_id>/tryghedsblad/traek-tilbage/", acts.withdraw, name="withdraw"),
    path("<int:initiative_id>/tryghedsblad/hent/pdf/", documents.as_pdf, name="pdf"),
]
