"""All addresses of Høst, in Danish."""

from __future__ import annotations

from django.urls import include, path

from hoest.ui import keyboard

handler400 = "hoest.config.errors.bad_request"
handler403 = "hoest.config.errors.forbidden"
handler404 = "hoest.config.errors.not_found"
handler500 = "hoest.config.errors.server_error"

urlpatterns = [
    path("", include("hoest.domain.reporting.web.week_urls")),
    path("hoestregnskab/", include("hoest.domain.reporting.web.urls")),
    path("portefoelje/", include("hoest.domain.portfolio.web.urls")),
    path("portefoelje/", include("hoest.domain.portfolio.web.capacity.urls")),
    path("portefoelje/automatisering/", include("hoest.domain.portfolio.web.candidates.urls")),
    path("portefoelje/erfaringer/", include("hoest.domain.portfolio.web.lessons.urls")),
    path("portefoelje/smaa-koeb/", include("hoest.domain.portfolio.web.purchases.urls")),
    path("portefoelje/maerker/", include("hoest.domain.portfolio.web.marks.urls")),
    path("portefoelje/", include("hoest.domain.portfolio.web.gates.urls")),
    path("portefoelje/ligner/", include("hoest.domain.portfolio.web.similar.urls")),
    path("portefoelje/", include("hoest.domain.portfolio.web.delivery_urls")),
    path("portefoelje/service-og-penge/", include("hoest.domain.reporting.web.service_money_urls")),
    path("ideer/", include("hoest.domain.portfolio.web.ideas.urls")),
    path("behov/", include("hoest.domain.portfolio.web.needs.urls")),
    path("forsoeg/", include("hoest.domain.portfolio.web.experiments.urls")),
    path("portefoelje/", include("hoest.domain.trust.web.sheets_urls")),
    path("portefoelje/", include("hoest.domain.trust.web.ethics_urls")),
    path("portefoelje/sikkerhedsrapport/", include("hoest.domain.trust.web.security_urls")),
    path("aabent/", include("hoest.domain.trust.web.public_urls")),
    path("gevinster/", include("hoest.domain.benefits.web.urls")),
    path("", include("hoest.domain.evidence.web.urls")),
    path("gevinster/", include("hoest.domain.evidence.web.planning_urls")),
    path("business-cases/", include("hoest.domain.business_cases.web.urls")),
    path("puls/", include("hoest.domain.evidence.web.pulse_urls")),
    path("serier/", include("hoest.domain.evidence.web.series_urls")),
    path("systemer/", include("hoest.domain.trust.web.systems_urls")),
    path("leverandoerer/", include("hoest.domain.trust.web.suppliers_urls")),
    path("datasaet/", include("hoest.domain.trust.web.data_sets_urls")),
    path("genbrug/", include("hoest.domain.trust.web.reuse_urls")),
    path("kommunen/", include("hoest.domain.organisations.web.urls")),
    path("regneark/", include("hoest.domain.exchange.web.urls")),
    path("konto/", include("hoest.foundation.access.urls")),
    path("konto/", include("hoest.foundation.access.urls_sign_in")),
    path("hjaelp/", include("hoest.foundation.help.urls")),
    path("hjaelp/foerste-skridt/", include("hoest.foundation.first_steps.urls")),
    path("beskeder/", include("hoest.foundation.messages.urls")),
    path("lister/", include("hoest.foundation.lists.urls")),
    path("soeg/", include("hoest.foundation.search.urls")),
    path("genveje/", keyboard.page, name="shortcuts"),
    path("galleri/", include("hoest.ui.urls")),
    path("", include("hoest.foundation.offline.urls")),
]
