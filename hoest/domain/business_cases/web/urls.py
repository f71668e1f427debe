"""Addresses of business cases."""

from __future__ import annotations

from django.urls import path

from hoest.domain.business_cases.web import comparing, editing, handing_over, indexing, views
from hoest.domain.business_cases.web.documents import views as documents
from hoest.domain.business_cases.web.guide import alternatives, assuming, deriving, horizon
from hoest.domain.business_cases.web.guide import views as guide
from hoest.domain.business_cases.web.sum import page, writing

app_name = "business_cases"
urlpatterns = [
    path("prisindeks/", indexing.index, name="index"),
    path("prisindeks/skriv/", indexing.write_year, name="new_index_year"),
    path("prisindeks/<int:year>/", indexing.write_year, name="index_year"),
    path("prisindeks/<int:year>/fjern/", indexing.remove_year, name="remove_index_year"),
    path("<int:initiative_id>/", views.case, name="case"),
    path("<int:initiative_id>/pdf/", documents.as_pdf, name="pdf"),
    path("<int:initiative_id>/word/", documents.as_docx, name="docx"),
    path("<int:initiative_id>/excel/", documents.as_xlsx, name="xlsx"),
    path("<int:initiative_id>/udkast/", editing.start, name="start"),
    path("udkast/<int:version_id>/", editing.draft, name="draft"),
    path("udkast/<int:version_id>/trin/", guide.overview, name="guide"),
    path("udkast/<int:version_id>/trin/<slug:slug>/", guide.step, name="step"),
    path("udkast/<int:version_id>/trin/<slug:slug>/kladde/", guide.keep, name="keep_step"),
    path("udkast/<int:version_id>/trin/<slug:slug>/smid-vaek/", guide.drop, name="drop_step"),
    path("udkast/<int:version_id>/trin/<slug:slug>/senere/", guide.put_off, name="put_off"),
    path("udkast/<int:version_id>/nulalternativ/", alternatives.nothing, name="do_nothing"),
    path("udkast/<int:version_id>/mulighed/", alternatives.edit, name="new_alternative"),
    path(
        "udkast/<int:version_id>/mulighed/<int:alternative_id>/",
        alternatives.edit,
        name="alternative",
    ),
    path(
        "udkast/<int:version_id>/mulighed/<int:alternative_id>/fjern/",
        alternatives.remove,
        name="remove_alternative",
    ),
    path("udkast/<int:version_id>/forudsaetning/", assuming.edit, name="new_assumption"),
    path("udkast/<int:version_id>/mellemregning/", assuming.new_product, name="new_product"),
    path(
        "udkast/<int:version_id>/forudsaetning/<int:assumption_id>/",
        assuming.edit,
        name="assumption",
    ),
    path(
        "udkast/<int:version_id>/forudsaetning/<int:assumption_id>/fjern/",
        assuming.remove,
        name="remove_assumption",
    ),
    path("udkast/<int:version_id>/udregning/", deriving.edit, name="new_derived_line"),
    path("udkast/<int:version_id>/udregning/<int:line_id>/", deriving.edit, name="derived_line"),
    path("udkast/<int:version_id>/horisont/", horizon.edit, name="horizon"),
    path("udkast/<int:version_id>/post/", editing.line, name="new_line"),
    path("udkast/<int:version_id>/post/<int:line_id>/", editing.line, name="line"),
    path(
        "udkast/<int:version_id>/post/<int:line_id>/fjern/",
        editing.remove_line,
        name="remove_line",
    ),
    path("udkast/<int:version_id>/prisniveau/", editing.price_level, name="price_level"),
    path("udkast/<int:version_id>/indsend/", handing_over.submit, name="submit"),
    path("udkast/<int:version_id>/tag-tilbage/", handing_over.take_back, name="take_back"),
    path("udkast/<int:version_id>/send-retur/", handing_over.send_back, name="send_back"),
    path("<int:initiative_id>/sum/", page.page, name="sum"),
    path("udkast/<int:version_id>/usikkerhed/", writing.ranges, name="ranges"),
    path("udkast/<int:version_id>/risici/", writing.risks, name="risks"),
    path("udkast/<int:version_id>/risici/ny/", writing.risk, name="new_risk"),
    path("udkast/<int:version_id>/risici/<int:risk_id>/", writing.risk, name="risk"),
    path(
        "udkast/<int:version_id>/risici/<int:risk_id>/fjern/",
        writing.remove_risk,
        name="remove_risk",
    ),
    path("udkast/<int:version_id>/grundlag/<slug:aspect>/", writing.ground, name="ground"),
    path("<int:initiative_id>/sammenlign/", comparing.compare, name="compare"),
    path("udkast/<int:version_id>/godkend/", editing.approve, name="approve"),
    path("udkast/<int:version_id>/smid-vaek/", editing.discard, name="discard"),
]
