"""Registers what is learnt from and offered: similar things, candidates, lessons, purchases."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.web.lessons import asking
from hoest.domain.portfolio.web.purchases import pages as purchases
from hoest.domain.portfolio.web.similar import offers, panels, search
from hoest.foundation import rooms

ROOMS = (
    ("candidates:candidates", _("Automatisering"), "start", 40),
    ("lessons:lessons", _("Erfaringer"), "start", 50),
    ("similar:similar", _("Noget, der ligner"), "start", 55),
    ("purchases:purchases", _("Små køb"), "start", 60),
    ("marks:marks", _("Hvem deler løsningerne?"), "ground", 40),
)
ABOUT = {
    "candidates:candidates": _("Opgaver, der måske kan gøre sig selv, og timerne i dem."),
    "lessons:lessons": _("Det, I lovede sidst, det, der kom, og hvorfor."),
    "similar:similar": _("Se, om nogen allerede har gjort noget som det, du tænker på."),
    "purchases:purchases": _("Hvad løser det? Små digitale køb, og hvem der siger ja."),
    "marks:marks": _("Hvilke løsninger vi har alene, og hvor meget der sker af sig selv."),
}


def register() -> None:
    """Tell the foundation of everything in this corner of the portfolio."""
    offers.register()
    panels.register()
    search.register()
    asking.register()
    purchases.register()
    for url_name, label, group, order in ROOMS:
        rooms.register(
            "portfolio",
            url_name,
            label,
            ABOUT[url_name],
            group=group,
            order=order,
            permission=VIEW_INITIATIVES,
        )
